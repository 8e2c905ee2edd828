"""A Reply becomes calls of the Bot API, in the order in which they are sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.assistant.reply import Button, Made, MadeKind, Picture, Place, Reply
from bot.chat.formatted import FormattedText
from bot.chat.keyboard import keyboard
from bot.chat.making import MADE, to_json
from bot.chat.markdown import to_formatted
from bot.chat.split import CAPTION_UNITS, MESSAGE_UNITS, split
from bot.outbox.call import Call

Params = dict[str, Any]

ALBUM = 10
"""The most photos of one album (Bot API, sendMediaGroup)."""


def render(reply: Reply, chat_id: int, thread: Mapping[str, Any] | None = None) -> list[Call]:
    """The calls that show `reply` in a chat: photos, then text with the buttons, then the place.

    One photo carries the text and its own caption when both fit, and so does a made file. `thread` goes into
    the params of each call, such as the topic of a forum.
    """
    text = to_formatted(reply.text)
    buttons = keyboard(reply.buttons)
    captioned = to_formatted(_with_caption(reply)) if len(reply.pictures) == 1 else None
    if captioned and captioned.units <= CAPTION_UNITS:
        calls = [_photo(chat_id, reply.pictures[0], captioned, buttons)]
    elif reply.made:
        calls = _made(chat_id, reply.made, text, buttons)
    else:
        calls = [*_photos(chat_id, reply.pictures), *_messages(chat_id, text, buttons)]
    if reply.place:
        calls.append(_pin(chat_id, reply.place))
    return [Call(call.chat_id, call.method, {**call.params, **(thread or {})}, call.photos) for call in calls]


def _with_caption(reply: Reply) -> str:
    """The text, and below it what its one picture shows."""
    return "\n\n".join(filter(None, [reply.text, reply.pictures[0].caption]))


def message(chat_id: int, text: str, buttons: Sequence[Sequence[Button]] = ()) -> Call:
    """One message of plain text, such as the bot's own words."""
    return Call(chat_id, "sendMessage", {"text": text, **keyboard(buttons)})


def messages(chat_id: int, text: str, buttons: Sequence[Sequence[Button]] = ()) -> list[Call]:
    """As `message`, in several when it is longer than Telegram takes; the last has the buttons."""
    formatted = FormattedText(text)
    if formatted.units <= MESSAGE_UNITS:
        return [message(chat_id, text, buttons)]
    return _messages(chat_id, formatted, keyboard(buttons))


def _messages(chat_id: int, text: FormattedText, buttons: Params) -> list[Call]:
    parts = [part for part in split(text) if part.visible]
    calls = [Call(chat_id, "sendMessage", {**_text(part), **_NO_PREVIEW}) for part in parts]
    if calls:
        calls[-1] = Call(chat_id, "sendMessage", {**calls[-1].params, **buttons})
    return calls


_NO_PREVIEW: Params = {"link_preview_options": {"is_disabled": True}}


def _photos(chat_id: int, pictures: Sequence[Picture]) -> list[Call]:
    """One photo, or albums of about the same size."""
    albums = -(-len(pictures) // ALBUM)
    groups = [
        pictures[at * len(pictures) // albums : (at + 1) * len(pictures) // albums] for at in range(albums)
    ]
    return [
        _photo(chat_id, group[0], _own_caption(group[0]), {}) if len(group) == 1 else _album(chat_id, group)
        for group in groups
    ]


def _photo(chat_id: int, picture: Picture, caption: FormattedText, buttons: Params) -> Call:
    return Call(chat_id, "sendPhoto", {**_caption(caption), **buttons}, (picture.file.name,))


def _made(chat_id: int, made: Made, text: FormattedText, buttons: Params) -> list[Call]:
    """What is to be made, under the text when it is too long for a caption."""
    fits = text.units <= CAPTION_UNITS
    caption = _caption(text) if fits else {}
    method = "sendPhoto" if made.kind is MadeKind.TIMETABLE else "sendDocument"
    call = Call(chat_id, method, {**caption, **buttons, MADE: to_json(made)})
    return [call] if fits else [*_messages(chat_id, text, {}), call]


def _album(chat_id: int, pictures: Sequence[Picture]) -> Call:
    media = [{"type": "photo", **_caption(_own_caption(picture))} for picture in pictures]
    return Call(chat_id, "sendMediaGroup", {"media": media}, tuple(picture.file.name for picture in pictures))


def _own_caption(picture: Picture) -> FormattedText:
    return split(to_formatted(picture.caption), CAPTION_UNITS)[0]


def _pin(chat_id: int, place: Place) -> Call:
    position = {"latitude": place.latitude, "longitude": place.longitude}
    if place.title.strip() and place.address.strip():
        return Call(chat_id, "sendVenue", {**position, "title": place.title, "address": place.address})
    return Call(chat_id, "sendLocation", position)


def _text(text: FormattedText) -> Params:
    entities = {"entities": list(text.entities)} if text.entities else {}
    return {"text": text.text, **entities}


def _caption(text: FormattedText) -> Params:
    if not text.visible:
        return {}
    entities = {"caption_entities": list(text.entities)} if text.entities else {}
    return {"caption": text.text, **entities}
