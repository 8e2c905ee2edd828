"""What an announcement says: words in some languages, pictures or files, a place, buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.locales import Words

TEXT_UNITS = 4096
"""The longest text of a message in UTF-16 units, its formatting taken off (Bot API, sendMessage)."""
CAPTION_UNITS = 1024
"""The same for what stands under a picture or a file (Bot API, sendPhoto)."""
ALBUM = 10
"""The most pictures or files of one album; two are the fewest (Bot API, sendMediaGroup)."""
MOST_LINKS = 10

Json = Mapping[str, Any]


class MediaKind(StrEnum):
    """What sort of file."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a file that Telegram keeps."""

    kind: MediaKind
    file_id: str


@dataclass(frozen=True, slots=True)
class Place:
    """A pin on the map, in degrees; with a title and an address it is a venue."""

    latitude: float
    longitude: float
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address, or one of the bot's own answers by its id."""

    label: str
    target: str  # https://…, or the id of an entry, a site or a session

    @property
    def opens_web(self) -> bool:
        """Whether it leads out of the chat."""
        return self.target.startswith(("https://", "http://", "tg://"))


@dataclass(frozen=True, slots=True)
class Text:
    """Words with Telegram's message entities."""

    text: str
    entities: tuple[Json, ...] = ()

    @property
    def units(self) -> int:
        """The length as Telegram counts it."""
        return len(self.text.encode("utf-16-le")) // 2


NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Content:
    """All of it. The words in `language` are for everybody whose own language is not there."""

    language: str
    texts: Mapping[str, Text] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    place: Place | None = None
    links: tuple[Link, ...] = ()
    album: str = ""  # Telegram's id of the album that its pictures come in
    message_id: int = 0  # the organizer's own message that it was taken from

    def text_for(self, language: str | None) -> Text:
        """The words for somebody who reads `language`."""
        return self.texts.get(language or "") or self.texts.get(self.language) or NOTHING

    @property
    def empty(self) -> bool:
        """Whether there is nothing to send."""
        return not (self.texts or self.media or self.place)

    @property
    def messages(self) -> int:
        """How many messages one recipient gets, for an estimate: an album counts one for each picture."""
        longest = max((text.units for text in self.texts.values()), default=0)
        apart = longest > CAPTION_UNITS or (len(self.media) > 1 and bool(self.links)) or not self.media
        return len(self.media) + (apart and longest > 0) + (self.place is not None)


def problems(content: Content, words: Words, *, buttons: bool, caption: bool = False) -> list[str]:
    """Why Telegram would refuse it, in plain words; none when it can be sent.

    `buttons`: it will have some, its own links or 'Understood'. `caption`: all words stand under a picture.
    """
    found = []
    limit = CAPTION_UNITS if caption else TEXT_UNITS
    if content.empty:
        found.append(words("There is nothing to send yet."))
    for language, text in content.texts.items():
        if text.units > limit:
            found.append(
                words(
                    "The text in {language} is too long: {units} characters, and Telegram takes {limit}. "
                    "Shorten it by {excess}.",
                    language=words.name_of(language),
                    units=text.units,
                    limit=limit,
                    excess=text.units - limit,
                )
            )
    if len(content.media) > ALBUM:
        found.append(
            words(
                "An album holds at most {limit} pictures or files; these are {number}.",
                limit=ALBUM,
                number=len(content.media),
            )
        )
    if len({media.kind for media in content.media}) > 1:
        found.append(words("An album holds either pictures or files, not both."))
    if buttons and len(content.media) > 1 and not content.texts and content.place is None:
        found.append(words("Telegram shows no buttons under an album. Add a text, and they stand under it."))
    if content.texts and content.language not in content.texts:
        found.append(words("The text in {language} is missing.", language=words.name_of(content.language)))
    return found
