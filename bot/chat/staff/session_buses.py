"""A session that moves, and the buses that leave for it: they may leave so much earlier or later, too."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.chat.staff.session_naming import Times
from bot.knowledge.editing.by_id import Contents, find, set_field
from bot.knowledge.editing.edits import set_value
from bot.knowledge.model import Session
from bot.locales import Words


def moved(files: Contents, session: Session, times: Times, buses: Sequence[time]) -> Contents:
    """The files with a session at other times, and its buses at theirs. Raises EditError."""
    for field, value in (
        ("date", times.day.isoformat()),
        ("start", f"{times.start:%H:%M}"),
        ("end", f"{times.end:%H:%M}"),
    ):
        if str(getattr(session, field))[: len(value)] != value:
            files = set_field(files, session.id, field, value)
    for number, (bus, at) in enumerate(zip(session.buses, buses, strict=True)):
        if bus.at != at:
            found = find(files, session.id)
            path = (*found.path, "buses", number, "at")
            files = {**files, found.file: set_value(files[found.file], path, f"{at:%H:%M}")}
    return files


def as_before(session: Session) -> tuple[time, ...]:
    """When the buses of a session leave."""
    return tuple(bus.at for bus in session.buses)


def along(session: Session, times: Times) -> tuple[time, ...]:
    """When its buses leave if they go with a session that moves; as before when that would be another day."""
    start, new_start = (datetime.combine(times.day, each) for each in (session.start, times.start))
    leaving = [datetime.combine(times.day, at) + (new_start - start) for at in as_before(session)]
    if any(each.date() != times.day for each in leaving):
        return as_before(session)
    return tuple(each.time() for each in leaving)


def question(title: str, session: Session, times: Times, words: Words) -> tuple[str, str, str]:
    """Asks whether the buses are to go with a session; then the labels of the answers.

    The session's old time is not said: the question would be taken for an answer that is wrong by now.
    """
    before, after = as_before(session), along(session, times)
    text = words.plural(
        "“{session}” is to be on {day} at {time}. Its bus leaves at {before}. "
        "Should it leave at {after} then?",
        "“{session}” is to be on {day} at {time}. Its buses leave at {before}. "
        "Should they leave at {after} then?",
        len(before),
        session=title,
        day=words.short_day(times.day),
        time=words.time(times.start),
        before=_listed(before, words),
        after=_listed(after, words),
    )
    go_along = words("At {times}", times=_listed(after, words))
    stay = words("At {times} as before", times=_listed(before, words))
    return text, go_along, stay


def _listed(leaving: Sequence[time], words: Words) -> str:
    """`09:00 and 09:30`."""
    return words.list(words.time(at) for at in leaving)
