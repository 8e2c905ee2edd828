"""What is said about reminders: the card that shows and changes them, and each reminder itself."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.assistant import days, plan, sessions
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reminders, Reply
from bot.assistant.smalltalk import SMALLTALK
from bot.assistant.subject import SCHEDULE
from bot.knowledge.model import Session, starts_at

BEFORE = (15, 30, 60)
"""Minutes to choose from."""
EVENING, MORNING = time(20), time(7)
"""When the next day's plan comes, and the day's."""
QUIET = (time(22), time(7))
"""From when and until when reminders make no sound, for those who want that."""

_USUAL = 30  # minutes, for who only says 'remind me'
_CHANGES: dict[str, dict[str, object]] = {
    **{str(minutes): {"before": minutes} for minutes in BEFORE},
    "no-before": {"before": None},
    "evening": {"evening": True},
    "no-evening": {"evening": False},
    "morning": {"morning": True},
    "no-morning": {"morning": False},
    "quiet": {"quiet": True},
    "no-quiet": {"quiet": False},
    "stop": {"before": None, "evening": False, "morning": False},
}


def chosen(reminders: Reminders, choice: str, moment: datetime) -> Reminders | None:
    """The reminders after a button `remind:<choice>` was pressed at `moment`; None for an unknown choice."""
    changes = {"before": reminders.before or _USUAL} if choice == "me" else _CHANGES.get(choice)
    if changes is None:
        return None
    return replace(reminders, since=moment, **changes)


def card(reminders: Reminders, reader: Reader) -> Reply:
    """Which reminders somebody gets, with buttons that change them."""
    words = reader.words
    lines = [words("**Your reminders**"), *_wanted(reminders, reader)]
    durations = [
        _choice(words.duration(minutes), str(minutes), "no-before", on=reminders.before == minutes)
        for minutes in BEFORE
    ]
    rows = [
        tuple(durations),
        (_choice(words("The evening before"), "evening", "no-evening", on=reminders.evening),),
        (_choice(words("The plan in the morning"), "morning", "no-morning", on=reminders.morning),),
    ]
    if reminders.on:
        rows.append((_choice(words("Quiet at night"), "quiet", "no-quiet", on=reminders.quiet),))
        rows.append((Button(words("🔕 Stop all reminders"), "remind:stop"),))
    return Reply(Kind.ANSWER, SMALLTALK, "\n\n".join(lines), buttons=tuple(rows))


def offered(reply: Reply, reminders: Reminders, reader: Reader) -> Reply:
    """The reply with a button 'Remind me', when it is about what is ahead and none is wanted yet."""
    if reminders.on or reply.kind is not Kind.ANSWER or not _is_ahead(reply.id, reader):
        return reply
    button = Button(reader.words("🔔 Remind me"), "remind:me")
    return replace(reply, buttons=(*reply.buttons, (button,)))


def session_reminder(session: Session, reader: Reader) -> Reply:
    """Sent some time before a session."""
    heading = reader.words("🔔 **Coming up:**")
    text = f"{heading}\n\n{sessions.session_card(session, reader)}"
    rows = ((Button(reader.words("More about it"), f"show:{session.id}"),), (_change(reader),))
    return Reply(Kind.ANSWER, session.id, text, buttons=rows)


def day_reminder(day: date, reader: Reader) -> Reply:
    """A day's plan, sent in its morning or on the evening before."""
    words = reader.words
    today = day == reader.moment.date()
    heading = (
        words("🔔 **Good morning! This is today's plan:**") if today else words("🔔 **Tomorrow's plan:**")
    )
    reply = days.day_reply(day, reader)
    return replace(reply, text=f"{heading}\n\n{reply.text}", buttons=(*reply.buttons, (_change(reader),)))


def _wanted(reminders: Reminders, reader: Reader) -> list[str]:
    """A sentence for each reminder."""
    words = reader.words
    if not reminders.on:
        return [words("You get none yet. Press how long before each session, or which plan, you would like.")]
    lines = []
    if reminders.before is not None:
        duration = words.duration(reminders.before)
        lines.append(words("🔔 {duration} before each session, or before its bus leaves.", duration=duration))
    if reminders.evening:
        lines.append(words("🌙 At {time} in the evening: tomorrow's plan.", time=words.time(EVENING)))
    if reminders.morning:
        lines.append(words("☀️ At {time} in the morning: the day's plan.", time=words.time(MORNING)))
    if reminders.quiet:
        start, end = map(words.time, QUIET)
        lines.append(words("From {start} to {end} they come without a sound.", start=start, end=end))
    return lines


def _choice(label: str, choice: str, undo: str, *, on: bool) -> Button:
    """A button that says what it sets, so that an old one does what it shows."""
    return Button(f"{'✅' if on else '▫️'} {label}", f"remind:{undo if on else choice}")


def _change(reader: Reader) -> Button:
    return Button(reader.words("Change reminders"), "reminders")


def _is_ahead(topic: str | None, reader: Reader) -> bool:
    """Whether a reply about the schedule, or about a session, is about something still to come."""
    zone = ZoneInfo(reader.knowledge.programme.time_zone)
    if topic == SCHEDULE:
        return bool(plan.following(reader.sessions, reader.moment, zone))
    session = reader.knowledge.sessions.get(topic or "")
    return session is not None and starts_at(session, zone) > reader.moment
