"""What an organizer sends becomes the content of an announcement: words and their styles, files, a place."""

import re
from collections.abc import Sequence
from dataclasses import replace

from telegram import Message, MessageEntity

from bot.broadcasts.content import Content, Link, Media, MediaKind, Place, Text
from bot.chat.formatted import FormattedText
from bot.chat.links import is_linkable

LONGEST_LABEL = 64  # characters of a button; longer ones are cut off on phones
_LINK = re.compile(r"(?P<label>.+?)\s*(?:[-–—:|=]\s*)?(?P<target>https?://\S+|tg://\S+|/[a-z0-9-]+)\s*")


def content_of(message: Message, language: str) -> Content | None:
    """The content of a message, its words taken to be in `language`; None for what cannot be announced.

    Text, pictures, files and places can, forwarded or not; stickers, recordings and videos cannot.
    """
    text = text_of(message)
    media = _media(message)
    place = _place(message)
    if not (text.text or media or place):
        return None
    return Content(
        language,
        {language: text} if text.text else {},
        media,
        place,
        album=message.media_group_id or "",
        message_id=message.message_id,
    )


def text_of(message: Message, skip: int = 0) -> Text:
    """The words of a message without its first `skip` characters."""
    words = message.text or message.caption or ""
    entities = message.entities if message.text else message.caption_entities
    shown = FormattedText(words, tuple(entity.to_dict() for entity in entities if _is_kept(entity)))
    rest = words[skip:]
    start = skip + len(rest) - len(rest.lstrip())
    cut = shown.slice(start, start + len(rest.strip()))
    return Text(cut.text, tuple(dict(entity) for entity in cut.entities))


def with_picture(content: Content, more: Content) -> Content:
    """One more picture of an album; its words, if any, follow those before."""
    texts = dict(content.texts)
    for language, text in more.texts.items():
        texts[language] = _joined(texts[language], text) if language in texts else text
    return replace(content, media=(*content.media, *more.media), texts=texts)


def links_in(text: str, known: Sequence[str]) -> tuple[Link, ...] | None:
    """Buttons, one a line: a label and an address, or `/` and one of the `known` ids.

    None when a line is something else.
    """
    links = []
    for line in filter(str.strip, text.splitlines()):
        found = _LINK.fullmatch(line.strip())
        if found is None or len(found["label"]) > LONGEST_LABEL:
            return None
        target = found["target"].removeprefix("/") if found["target"].startswith("/") else found["target"]
        link = Link(found["label"], target)
        if not (is_linkable(target) if link.opens_web else target in known):
            return None
        links.append(link)
    return tuple(links)


def _joined(first: Text, second: Text) -> Text:
    """Two texts with a blank line between them."""
    before = Text(f"{first.text}\n\n")
    moved = tuple({**entity, "offset": entity["offset"] + before.units} for entity in second.entities)
    return Text(before.text + second.text, (*first.entities, *moved))


def _is_kept(entity: MessageEntity) -> bool:
    """Telegram finds links, mentions and commands by itself; a bot may not send custom emoji."""
    found_again = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
    return entity.type not in found_again | {"custom_emoji"}


def _media(message: Message) -> tuple[Media, ...]:
    if message.photo:
        return (Media(MediaKind.PHOTO, message.photo[-1].file_id),)  # the largest size is the last
    if message.document and not message.animation:
        return (Media(MediaKind.DOCUMENT, message.document.file_id),)
    return ()


def _place(message: Message) -> Place | None:
    if venue := message.venue:
        return Place(venue.location.latitude, venue.location.longitude, venue.title, venue.address)
    if location := message.location:
        return Place(location.latitude, location.longitude)
    return None
