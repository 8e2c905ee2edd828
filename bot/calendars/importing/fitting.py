"""A draft becomes a session of the knowledge folder; what the source does not say stays as it was."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.calendars.importing.clock_times import time_of
from bot.calendars.importing.draft import Draft, Source
from bot.calendars.importing.headings import groups_of, kind_of
from bot.calendars.importing.places import PlaceFinder, Where
from bot.knowledge.model import Departure, Session
from bot.knowledge.model_words import errors_of
from bot.knowledge.problems import path_words, quoted
from bot.knowledge.yaml_text import INVISIBLE

_BUS = re.compile(
    r"(\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?)?)\s*(?:from\b|de\b|desde\b|@|-|–)?\s*(.*)", re.IGNORECASE
)


class Fitter:
    """Fits the drafts of one source, written in `language`, to the places of a knowledge folder.

    A new text in the folder's default language puts translations of the old one out of date; in another
    language it is a translation itself.
    """

    def __init__(self, places: PlaceFinder, source: Source, *, language: str, is_default: bool) -> None:
        self._places = places
        self._source = source
        self._language = language
        self._is_default = is_default

    def session_of(self, draft: Draft, name: str, old: Session | None) -> Session | None:
        """The session with the id `name`; None, and errors in the source, when something does not fit.

        `old` is what the schedule said so far: its buses, aliases, translations and so on are kept.
        """
        fields: dict[str, Any] = dict(old) if old else {}
        fields |= {"id": name, "date": draft.date, "start": draft.start, "end": draft.end}
        for field in ("title", "wear", "bring", "notes"):
            fields[field] = self._local(getattr(draft, field), fields.get(field))
        if old and draft.uid.startswith(f"{old.id}."):  # our own event: its notes were made of all the rest
            fields["notes"] = old.notes
        fields["kind"] = kind_of(draft.kind, "" if old else draft.title) or (old.kind if old else "other")
        if draft.groups:
            fields["groups"] = groups_of(draft.groups)
        if draft.optional is not None:
            fields["optional"] = draft.optional
        if draft.location or draft.room:
            fields |= self._where(draft, old)
        try:
            if draft.id and draft.id != name:
                raise ValueError(
                    f"the id {quoted(draft.id)} is used already, or is not an id (such as day-2)"
                )
            if draft.buses:
                fields["buses"] = self._buses(draft.buses)
            return Session.model_validate(fields)
        except ValidationError as error:
            for path, words in errors_of(error, Session):
                self._source.error(draft.place, f"{path_words(path)}: {words}")
        except ValueError as error:
            self._source.error(draft.place, str(error))
        return None

    def _local(self, text: str, old: Mapping[str, str] | None) -> Mapping[str, str] | None:
        """The text by language. The same text as before keeps its translations."""
        lines = (" ".join(INVISIBLE.sub(" ", line).split()) for line in text.strip().split("\n"))
        text = "\n".join(lines)
        if not text or (old and text in (each.strip() for each in old.values())):
            return old
        return {**({} if self._is_default else old or {}), self._language: text}

    def _where(self, draft: Draft, old: Session | None) -> dict[str, Any]:
        where = self._places.find(draft.location) if draft.location else Where(old.site if old else None, "")
        room = ", ".join(part for part in (where.room, draft.room) if part)
        if where.site is None and draft.location:
            self._source.note(
                draft.place, f"{quoted(draft.location)} is no place of sites.yaml: kept as the room"
            )
        return {"site": where.site, "room": self._local(room, old.room if old else None) if room else None}

    def _buses(self, text: str) -> tuple[Departure, ...]:
        """`13:15 Training centre; 13:30 Hotel`. Raises ValueError, in words for the organizer."""
        buses = []
        for part in filter(str.strip, re.split(r"[;\n]", text)):
            found = _BUS.fullmatch(part.strip())
            site = self._places.find(found[2]).site if found else None
            if not found or not site:
                raise ValueError(
                    f"the bus {quoted(part)} names no time and place of sites.yaml (write 13:15 Hotel)"
                )
            buses.append(Departure(site=site, at=time_of(found[1])))
        return tuple(buses)
