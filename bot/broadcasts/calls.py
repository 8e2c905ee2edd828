"""An announcement as the calls that one recipient gets, and as the edit of a delivered copy."""

from collections.abc import Sequence
from typing import Any

from bot.broadcasts.content import CAPTION_UNITS, Content, Media, Text
from bot.locales import words_in
from bot.outbox.call import Call

UNDERSTOOD = "understood"
"""The verb of the button by which a recipient confirms, before the broadcast's number."""
OPEN = "show"
"""The verb of a button that opens one of the bot's own answers."""

Params = dict[str, Any]


def calls_for(
    content: Content, chat_id: int, language: str, *, receipt: int | None = None, silent: bool = False
) -> list[Call]:
    """What goes to one chat, in this order: pictures or files, words, place.

    Words stand under the one picture or the album where they fit; buttons stand under the last message that
    can have some. `receipt` is the number of the broadcast that 'Understood' confirms.
    """
    text, keyboard = content.text_for(language), keyboard_for(content, language, receipt)
    calls = _with_words(content.media, text, keyboard)
    if content.place:
        calls.append(("sendVenue" if content.place.title else "sendLocation", _pin(content)))
        if not text.text and len(content.media) != 1:
            calls[-1][1].update(keyboard)
    sound: Params = {"disable_notification": True} if silent else {}
    return [Call(chat_id, method, {**params, **sound}) for method, params in calls]


def keyboard_for(content: Content, language: str, receipt: int | None) -> Params:
    """The buttons' parameter; empty when there are none."""
    rows = [[_button(link.label, link.target, opens_web=link.opens_web)] for link in content.links]
    if receipt is not None:
        words = words_in(language)
        label = words("✅ Understood")
        rows.append([{"text": label, "callback_data": f"{UNDERSTOOD}:{receipt}"}])
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def edit_for(text: Text, keyboard: Params, chat_id: int, method: str, message_id: int) -> Call:
    """The call that gives new words to a message that was sent with `method`."""
    if method == "sendMessage":
        return Call(chat_id, "editMessageText", {"message_id": message_id, **_words(text), **keyboard})
    return Call(chat_id, "editMessageCaption", {"message_id": message_id, **_caption(text), **keyboard})


def _with_words(media: Sequence[Media], text: Text, keyboard: Params) -> list[tuple[str, Params]]:
    if not media:
        return [("sendMessage", {**_words(text), **keyboard})] if text.text else []
    under = text.units <= CAPTION_UNITS and not (len(media) > 1 and keyboard)
    caption = _caption(text) if under else {}
    apart = [] if under or not text.text else [("sendMessage", {**_words(text), **keyboard})]
    if len(media) == 1:
        [only] = media
        buttons = {} if apart else keyboard
        method = f"send{only.kind.value.title()}"
        return [(method, {only.kind.value: only.file_id, **caption, **buttons}), *apart]
    album: list[Params] = [{"type": each.kind.value, "media": each.file_id} for each in media]
    album[0] |= caption
    return [("sendMediaGroup", {"media": album}), *apart]


def _pin(content: Content) -> Params:
    place = content.place
    if place is None:
        return {}
    position = {"latitude": place.latitude, "longitude": place.longitude}
    return {**position, "title": place.title, "address": place.address} if place.title else position


def _button(label: str, target: str, *, opens_web: bool) -> Params:
    return {"text": label, **({"url": target} if opens_web else {"callback_data": f"{OPEN}:{target}"})}


def _words(text: Text) -> Params:
    return {"text": text.text, **({"entities": list(text.entities)} if text.entities else {})}


def _caption(text: Text) -> Params:
    if not text.text:
        return {}
    entities = {"caption_entities": list(text.entities)} if text.entities else {}
    return {"caption": text.text, **entities}
