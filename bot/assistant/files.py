"""Timetable pictures and calendar files: their buttons, and the replies that name what is to be made."""

from datetime import date

from bot.assistant import plan
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Made, MadeKind, Reply
from bot.assistant.subject import SCHEDULE
from bot.knowledge.model import Session

_ALL = "all"


def file_buttons(day: date | None, reader: Reader) -> tuple[Button, Button]:
    """Buttons for the picture and the calendar file of a day, or of everything when there is none."""
    words, what = reader.words, day.isoformat() if day else _ALL
    return (
        Button(words("🖼 Picture"), f"picture:{what}"),
        Button(words("📆 Calendar file"), f"calendar:{what}"),
    )


def session_file_button(session: Session, reader: Reader) -> Button:
    """A button for the calendar file of one session."""
    return Button(reader.words("📆 Calendar file"), f"calendar:{session.id}")


def picture_reply(what: str, reader: Reader) -> Reply | None:
    """The timetable of an ISO day or of `all`; None for another text, or for a day with nothing planned."""
    made = _of_days(MadeKind.TIMETABLE, what, reader)
    return _reply(SCHEDULE, _heading(made, reader), made) if made else None


def calendar_reply(what: str, reader: Reader) -> Reply | None:
    """The calendar file of an ISO day, of `all` or of a session by its id; None as for pictures."""
    how = reader.words("Open this file to add it to the calendar of your phone.")
    if made := _of_days(MadeKind.CALENDAR, what, reader):
        return _reply(SCHEDULE, f"{_heading(made, reader)}\n\n{how}", made)
    if session := reader.knowledge.sessions.get(what):
        made = _made(MadeKind.CALENDAR, reader, session=session.id)
        return _reply(session.id, f"**{reader.text(session.title)}**\n\n{how}", made)
    return None


def _of_days(kind: MadeKind, what: str, reader: Reader) -> Made | None:
    if what == _ALL:
        return _made(kind, reader)
    try:
        day = date.fromisoformat(what)
    except ValueError:
        return None
    planned = plan.sessions_on(reader.sessions, day)
    return _made(kind, reader, day=day) if planned else None


def _made(kind: MadeKind, reader: Reader, *, day: date | None = None, session: str | None = None) -> Made:
    return Made(kind, reader.words.language, reader.knowledge.revision, day, session, reader.groups)


def _heading(made: Made, reader: Reader) -> str:
    about = reader.words.day(made.day) if made.day else reader.text(reader.knowledge.programme.name)
    return f"**{about}**"


def _reply(topic: str, text: str, made: Made) -> Reply:
    return Reply(Kind.ANSWER, topic, text, made=made)
