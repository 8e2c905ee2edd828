"""Who reads a reply, and when: picks texts, pictures and dates in the reader's language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.reply import Button, Picture, Place
from bot.knowledge.model import Knowledge, Photo, Session, Site, localized
from bot.locales import Words, words_in


@dataclass(frozen=True, slots=True)
class Reader:
    """One person's view of the knowledge at one moment."""

    knowledge: Knowledge
    words: Words
    moment: datetime  # aware, in the programme's zone
    groups: tuple[str, ...] = ()  # that the person belongs to

    @classmethod
    def of(
        cls, knowledge: Knowledge, language: str, moment: datetime, groups: Collection[str] = ()
    ) -> "Reader":
        """The view of a member of `groups` who reads `language`; `moment` is any aware datetime."""
        zone = ZoneInfo(knowledge.programme.time_zone)
        return cls(knowledge, words_in(language), moment.astimezone(zone), tuple(sorted(groups)))

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions that concern the person, in order of time."""
        return plan.for_groups(self.knowledge.sessions.values(), self.groups)

    def text(self, text: Mapping[str, str]) -> str:
        """A text of the knowledge in the reader's language, else the default one."""
        found = localized(text, self.words.language, self.knowledge.default_language).strip()
        return self.words.readable(found)

    def phrases(self, phrases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Phrasings in the reader's language, else in the default one."""
        return phrases.get(self.words.language) or phrases.get(self.knowledge.default_language, ())

    def title(self, topic: str) -> str | None:
        """What to call an entry, site or session by its id; None when there is none."""
        knowledge = self.knowledge
        if entry := knowledge.entries.get(topic):
            return self.text(entry.title)
        if site := knowledge.sites.get(topic):
            return self.text(site.name)
        if session := knowledge.sessions.get(topic):
            return self.text(session.title)
        return None

    def pictures(self, photos: tuple[Photo, ...]) -> tuple[Picture, ...]:
        """The checked pictures, with captions."""
        return tuple(
            Picture(self.knowledge.photos[photo.file], self.text(photo.caption) if photo.caption else "")
            for photo in photos
        )

    def place(self, site: Site) -> Place:
        """The site's pin on the map."""
        address = self.text(site.address) if site.address else self.text(site.place)
        return Place(self.text(site.name), address, site.latitude, site.longitude)

    def topic_button(self, topic: str) -> Button | None:
        """A button that shows an entry, site or session; None when there is none of that id."""
        title = self.title(topic)
        return Button(title, f"show:{topic}") if title else None
