"""A schedule that has changed announces itself: one draft for all changes of a few minutes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.broadcasts.answers import outdated
from bot.broadcasts.audience import Audience
from bot.broadcasts.changes import Change, Timetable, changes, concerned, told
from bot.broadcasts.content import Content, Text
from bot.broadcasts.kept import from_json, to_json
from bot.knowledge.model import Knowledge
from bot.outbox.answers import answers_since
from bot.store import broadcasts, known_schedules
from bot.store.broadcasts import BroadcastRow, BroadcastState, NewBroadcast, Purpose
from bot.store.known_schedules import KnownSchedule

HOLD = timedelta(minutes=3)
"""So long the schedule must stand still before its changes become a draft: several edits are one."""
ANSWERS = timedelta(days=1)
"""So far back answers are looked at for an old time."""


def note_revision(connection: Connection, knowledge: Knowledge, now: datetime) -> KnownSchedule:
    """Notes since when a revision is live; the first one ever is what participants know.

    `now` is the host's.
    """
    known = known_schedules.read(connection)
    if known is None:
        known = KnownSchedule(to_json(Timetable.of(knowledge)), knowledge.revision, now)
    elif known.seen != knowledge.revision:
        known = KnownSchedule(known.told, knowledge.revision, now)
    else:
        return known
    known_schedules.write(connection, known)
    return known


def draft_news(
    connection: Connection, knowledge: Knowledge, *, moment: datetime, now: datetime
) -> BroadcastRow | None:
    """A draft of what has changed since participants were told last; None when nothing to come has.

    A draft that nobody has sent yet goes on with the later changes, and goes away when they are taken back.
    `moment` is the participants' present, `now` the host's.
    """
    known, new = note_revision(connection, knowledge, now), Timetable.of(knowledge)
    if known.told == to_json(new):
        return None
    earlier = _unsent(connection)
    kept = earlier.changes["before"] if earlier and earlier.changes else known.told
    old = from_json(Timetable, kept)
    found = upcoming(changes(old, new), moment, ZoneInfo(knowledge.programme.time_zone))
    known_schedules.write(connection, KnownSchedule(to_json(new), knowledge.revision, known.seen_at))
    if earlier and (not found or kept == to_json(new)):
        broadcasts.discard(connection, earlier.id, earlier.nonce)
        return None
    if not found:
        return None
    languages = knowledge.programme.languages
    values = _announcement(found, old, new, languages)
    wrong = outdated(answers_since(connection, now - ANSWERS), found, old, languages)
    values["changes"] = {
        "before": kept,
        "after": to_json(new),
        "answers": [asdict(each) for each in wrong],
        "correct_answers": True,
    }
    if earlier:
        return broadcasts.revise(connection, earlier.id, earlier.nonce, **values)
    return broadcasts.add(connection, NewBroadcast(Purpose.ANNOUNCE, None, **values), moment)


def upcoming(found: Sequence[Change], moment: datetime, zone: ZoneInfo) -> tuple[Change, ...]:
    """The changes of what is not over yet, before or after."""
    here = moment.astimezone(zone).replace(tzinfo=None)
    return tuple(
        change
        for change in found
        if any(datetime.combine(session.date, session.end) > here for session in change.sessions)
    )


def useful_for(row: BroadcastRow, moment: datetime, zone: ZoneInfo) -> timedelta | None:
    """How long it is of use to tell these changes: until the last of their sessions is over.

    None for an announcement that is about no change. `moment` is the participants' present.
    """
    if not row.changes:
        return None
    found = changes(from_json(Timetable, row.changes["before"]), from_json(Timetable, row.changes["after"]))
    ends = [datetime.combine(item.date, item.end, zone) for change in found for item in change.sessions]
    return max(ends, default=moment) - moment


def _unsent(connection: Connection) -> BroadcastRow | None:
    drafts = broadcasts.in_states(connection, (BroadcastState.DRAFT,))
    return next((row for row in drafts if row.changes and row.made_by is None), None)


def _announcement(
    found: Sequence[Change], old: Timetable, new: Timetable, languages: Sequence[str]
) -> dict[str, Any]:
    """What is said in each language, and to whom."""
    texts = {language: Text(told(found, old, new, language)) for language in languages}
    groups = concerned(found)
    return {
        "content": to_json(Content(new.default_language, texts)),
        "audience": to_json(Audience(groups=groups, or_in_no_group=bool(groups))),
    }
