"""Questions that participants ask people: each is open, taken by somebody, or answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from bot.store.tables import inquiries

_row = inquiries.c


class InquiryState(StrEnum):
    """Where an inquiry stands."""

    OPEN = "open"  # nobody has taken it, or it was opened again
    TAKEN = "taken"  # somebody is looking into it
    ANSWERED = "answered"  # an answer was passed on


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody asks the organizers."""

    id: int
    chat_id: int  # the private chat of who asks, which is their id
    question: str  # the latest, if they asked more
    state: InquiryState
    person_id: int | None  # who took or answered it
    answer: str | None  # the latest answer's words, as Markdown
    card: str  # source of the deliveries that show it to organizers
    asked_at: datetime
    changed_at: datetime


def make(connection: Connection, chat_id: int, question: str, now: datetime) -> int:
    """Keeps a new inquiry and returns its id."""
    values = {"chat_id": chat_id, "question": question, "state": InquiryState.OPEN, "card": ""}
    statement = insert(inquiries).values(**values, asked_at=now, changed_at=now)
    return int(connection.execute(statement.returning(_row.id)).scalar_one())


def read(connection: Connection, inquiry_id: int) -> Inquiry | None:
    """An inquiry; None when there is none, or none any more."""
    row = connection.execute(select(inquiries).where(_row.id == inquiry_id)).one_or_none()
    return _inquiry(row._mapping) if row else None


def waiting_of(connection: Connection, chat_id: int) -> Inquiry | None:
    """What somebody is waiting for an answer to."""
    statement = select(inquiries).where(_row.chat_id == chat_id, _row.state != InquiryState.ANSWERED)
    row = connection.execute(statement.order_by(_row.id.desc()).limit(1)).one_or_none()
    return _inquiry(row._mapping) if row else None


def waiting(connection: Connection, most: int) -> list[Inquiry]:
    """What waits for an answer, the longest waiting first."""
    statement = select(inquiries).where(_row.state != InquiryState.ANSWERED)
    rows = connection.execute(statement.order_by(_row.asked_at, _row.id).limit(most))
    return [_inquiry(row._mapping) for row in rows]


def ask_more(connection: Connection, inquiry_id: int, question: str, now: datetime) -> None:
    """Somebody asks more: an answered inquiry is open again, one that is taken stays with who took it."""
    connection.execute(
        update(inquiries)
        .where(_row.id == inquiry_id, _row.state == InquiryState.ANSWERED)
        .values(state=InquiryState.OPEN, person_id=None, asked_at=now)
    )
    connection.execute(
        update(inquiries).where(_row.id == inquiry_id).values(question=question, answer=None, changed_at=now)
    )


def answer(connection: Connection, inquiry_id: int, text: str, *, by: int | None, now: datetime) -> None:
    """Somebody has answered, whoever had taken it. Without `text` the words of an answer before stay."""
    values = {"state": InquiryState.ANSWERED, "person_id": by, "changed_at": now}
    words = {"answer": text} if text else {}
    connection.execute(update(inquiries).where(_row.id == inquiry_id).values({**values, **words}))


def change(
    connection: Connection,
    inquiry_id: int,
    old: InquiryState,
    new: InquiryState,
    *,
    by: int | None,
    now: datetime,
) -> bool:
    """Puts an inquiry into another state, if it is still in the `old` one. Returns whether it was."""
    statement = (
        update(inquiries)
        .where(_row.id == inquiry_id, _row.state == old)
        .values(state=new, person_id=None if new is InquiryState.OPEN else by, changed_at=now)
    )
    return connection.execute(statement).rowcount == 1


def set_card(connection: Connection, inquiry_id: int, source: str) -> None:
    """Remembers which deliveries show an inquiry to organizers."""
    connection.execute(update(inquiries).where(_row.id == inquiry_id).values(card=source))


def forget_old(connection: Connection, before: datetime) -> None:
    """Forgets what was answered before a moment."""
    done = _row.state == InquiryState.ANSWERED
    connection.execute(delete(inquiries).where(done, _row.changed_at < before))


def _inquiry(values: RowMapping) -> Inquiry:
    return Inquiry(**{**values, "state": InquiryState(values["state"])})
