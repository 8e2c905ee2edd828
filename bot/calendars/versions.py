"""How often each session has changed: the SEQUENCE of its event, by which a phone knows what is newer."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.assistant import plan
from bot.knowledge.model import Knowledge, Session

_KEPT = {"id", "title", "kind", "date", "start", "end", "optional", "groups"}
"""What is kept of a session, so that its event can be called off when it is gone."""
_NOT_SHOWN = {"aliases", "questions", "sample"}
"""What the event of a session says nothing of."""


@dataclass(frozen=True, slots=True)
class Version:
    """One session as it was when somebody last asked for its event."""

    sequence: int  # how often it has changed, gone or come back
    facts: str  # a hash of all that its event is made of
    session: Session  # as far as it is kept
    cancelled: bool  # the schedule has it no more
    since: datetime  # aware


def next_versions(known: Mapping[str, Version], knowledge: Knowledge, moment: datetime) -> dict[str, Version]:
    """Those that differ from the versions `known` at `moment`, by the ids of their sessions."""
    changed: dict[str, Version] = {}
    for name, session in knowledge.sessions.items():
        old, facts = known.get(name), _facts(session, knowledge)
        if old is None or old.cancelled or old.facts != facts:
            kept = session_from_json(session_to_json(session))
            changed[name] = Version(
                old.sequence + 1 if old else 0, facts, kept, cancelled=False, since=moment
            )
    for name, old in known.items():
        if name not in knowledge.sessions and not old.cancelled:
            changed[name] = replace(old, sequence=old.sequence + 1, cancelled=True, since=moment)
    return changed


def session_to_json(session: Session) -> dict[str, Any]:
    """What is kept of a session."""
    kept = session.model_dump(mode="json", include=_KEPT)
    return {**kept, "start": f"{session.start:%H:%M}", "end": f"{session.end:%H:%M}"}


def session_from_json(kept: Mapping[str, Any]) -> Session:
    """The session of which `kept` was kept."""
    return Session.model_validate(dict(kept))


def _facts(session: Session, knowledge: Knowledge) -> str:
    """A hash of all that any reader's event of the session is made of: its fields, its places, its buses."""
    every = knowledge.sessions.values()
    views = [plan.for_groups(every, groups) for groups in ((), *((each,) for each in plan.groups_in(every)))]
    buses = [bus for sessions in views for bus in plan.buses_for(session, sessions, knowledge)]
    departures = sorted({(bus.leaves.isoformat(), bus.origin, bus.destination or "") for bus in buses})
    names = {session.site, *(bus.origin for bus in buses), *(bus.destination for bus in buses)}
    sites = [site for site in knowledge.sites.values() if site.id in names]
    places = [(site.id, site.name, site.address, site.latitude, site.longitude) for site in sites]
    fields = session.model_dump(mode="json", exclude=_NOT_SHOWN)
    text = repr((fields, places, departures, knowledge.programme.time_zone))
    return hashlib.sha256(text.encode()).hexdigest()
