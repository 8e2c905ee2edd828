"""Keeps count of the changes of sessions, whenever somebody asks for a calendar."""

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.calendars.versions import Version, next_versions, session_from_json, session_to_json
from bot.clock import Clock
from bot.knowledge.model import Knowledge
from bot.store import event_versions
from bot.store.database import Database
from bot.store.event_versions import EventVersion


class Versions:
    """The versions in the database. What changes between two calendars that anybody gets counts once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, knowledge: Knowledge) -> Mapping[str, Version]:
        """The version of each session, by its id, also of those that `knowledge` has no more."""
        now = self._clock()
        known = await self._database.read(_read)
        if not next_versions(known, knowledge, now):
            return known

        def work(connection: Connection) -> Mapping[str, Version]:
            latest = _read(connection)  # perhaps another process was faster
            changed = next_versions(latest, knowledge, now)
            for name, version in changed.items():
                event_versions.write(connection, _row(name, version))
            return {**latest, **changed}

        return await self._database.write(work)


def _read(connection: Connection) -> dict[str, Version]:
    return {
        row.session_id: Version(
            row.sequence, row.facts, session_from_json(row.session), cancelled=row.cancelled, since=row.since
        )
        for row in event_versions.read(connection)
    }


def _row(name: str, version: Version) -> EventVersion:
    return EventVersion(
        name,
        version.sequence,
        version.facts,
        session_to_json(version.session),
        version.cancelled,
        version.since,
    )
