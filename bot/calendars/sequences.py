"""How often each session has changed: the SEQUENCE of its event, by which a phone knows what is newer."""

from collections.abc import Mapping

from bot.calendars.events import buses_for
from bot.knowledge.model import Knowledge


def next_sequences(old: Knowledge, new: Knowledge, sequences: Mapping[str, int]) -> dict[str, int]:
    """The numbers after `old` became `new`: one more for each session that changed, went, or came back.

    `sequences` are the numbers so far, by session id; those of sessions that are gone are kept.
    """
    following = dict(sequences)
    for name in {*old.sessions, *new.sessions}:
        known = name in old.sessions or name in sequences
        changed = _facts(name, old) != _facts(name, new)
        following[name] = sequences.get(name, 0) + (known and changed)
    return following


def _facts(name: str, knowledge: Knowledge) -> object:
    """All that the event of a session is made of; None when there is no such session."""
    session = knowledge.sessions.get(name)
    if session is None:
        return None
    buses = buses_for(session, knowledge)
    names = {session.site, *(bus.origin for bus in buses)}
    sites = [site for site in knowledge.sites.values() if site.id in names]
    places = [(site.name, site.address, site.latitude, site.longitude) for site in sites]
    departures = [(bus.leaves, bus.origin, bus.destination) for bus in buses]
    return session, places, departures, knowledge.programme.time_zone
