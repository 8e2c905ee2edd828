"""What staff did is told in sentences."""

import pytest
from sqlalchemy import Connection

from bot.chat.staff.deeds import LONGEST_SUBJECT, sentence
from bot.knowledge.model import Knowledge
from bot.locales import words_in
from bot.store import broadcasts, chats
from bot.store.audit import Deed
from bot.store.broadcasts import NewBroadcast, Purpose
from bot.store.chats import Seen
from bot.store.database import Database
from tests.chat.conftest import MORNING

ANA = 7
NAME = "\u2068Ana\u2069"


async def told(
    database: Database, knowledge: Knowledge, action: str, subject: str, language: str = "en"
) -> str:
    """Of something that Ana did."""

    def read(connection: Connection) -> str:
        chats.note_seen(connection, Seen(ANA, chats.PRIVATE, "Ana"), MORNING)
        return sentence(connection, Deed(MORNING, ANA, action, subject), knowledge, words_in(language))

    return await database.write(read)


@pytest.mark.parametrize(
    ("action", "subject", "expected"),
    [
        ("role.join", "organizer 7", f"{NAME} became an organizer, invited by {NAME}"),
        ("role.join", "admin 7", f"{NAME} became an admin, invited by {NAME}"),
        ("role.join", "admin", f"{NAME} became the first admin"),
        ("role.take", "organizer 7", f"{NAME} took the role of organizer from {NAME}"),
        ("role.take", "admin 7", f"{NAME} took the role of admin from {NAME}"),
        ("link.make", "organizer", f"{NAME} made a link for an organizer"),
        ("admission.decide", "admitted 7", f"{NAME} let {NAME} in"),
        ("admission.decide", "refused 7", f"{NAME} did not let {NAME} in"),
        ("link.make", "admin", f"{NAME} made a link for an admin"),
        ("links.end", "3", f"{NAME} ended all links for staff"),
        ("desk.choose", "-1000", f"{NAME} chose a group that gets the questions of participants"),
        ("desk.choose", "", f"{NAME} had each organizer get the questions of participants again"),
        ("country.set", "KH 7", f"{NAME} noted that {NAME} comes from Cambodia"),
        ("country.set", "none 7", f"{NAME} noted that it is not known where {NAME} comes from"),
        ("group.join", "A", f"{NAME} opened a link and joined group A"),
        ("group.join", "", f"{NAME} opened a link to join"),
        ("group.put", "A 7", f"{NAME} put {NAME} into group A"),
        ("group.out", "A 7", f"{NAME} took {NAME} out of group A"),
        ("group.link", "A one", f"{NAME} made a link into group A"),
        ("group.link", "", f"{NAME} made a link to join, without a group"),
        ("group.links.end", "A 2", f"{NAME} ended all links into group A"),
        ("group.links.end", " 2", f"{NAME} ended all links to join without a group"),
        ("knowledge.publish", "7", f"{NAME} published revision 7"),
        ("session.move", "opening", f"{NAME} moved the session “Opening”"),
        ("session.place", "opening", f"{NAME} changed the place of the session “Opening”"),
        ("session.cancel", "gone", f"{NAME} cancelled the session “gone”"),
        ("broadcast.send", "9", f"{NAME} sent announcement 9"),
        ("broadcast.schedule", "9", f"{NAME} set a time for announcement 9"),
        ("broadcast.unschedule", "9", f"{NAME} took the time from announcement 9"),
        ("broadcast.pause", "9", f"{NAME} paused the sending of announcement 9"),
        ("broadcast.resume", "9", f"{NAME} resumed the sending of announcement 9"),
        ("broadcast.cancel", "9", f"{NAME} stopped the sending of announcement 9"),
        ("broadcast.again", "9", f"{NAME} repeated announcement 9 where it was in doubt"),
        ("broadcast.nudge", "9", f"{NAME} reminded those who had not confirmed announcement 9"),
    ],
)
async def test_each_deed_has_a_sentence(
    database: Database, knowledge: Knowledge, action: str, subject: str, expected: str
) -> None:
    assert await told(database, knowledge, action, subject) == expected


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        (Purpose.CORRECT, f"{NAME} corrected announcement 1"),
        (Purpose.RECALL, f"{NAME} took back announcement 1"),
    ],
)
async def test_a_correction_is_told_by_what_it_corrects(
    database: Database, knowledge: Knowledge, purpose: Purpose, expected: str
) -> None:
    def corrected(connection: Connection) -> int:
        first = broadcasts.add(connection, NewBroadcast(Purpose.ANNOUNCE, ANA), MORNING)
        return broadcasts.add(connection, NewBroadcast(purpose, ANA, about=first.id), MORNING).id

    number = await database.write(corrected)
    assert await told(database, knowledge, "broadcast.send", str(number)) == expected


async def test_the_bot_itself_and_titles_are_named_in_the_language_of_who_reads(
    database: Database, knowledge: Knowledge
) -> None:
    words = words_in("es")
    deed = Deed(MORNING, None, "session.move", "opening")
    text = await database.read(lambda connection: sentence(connection, deed, knowledge, words))
    assert text == words("{who} moved the session “{session}”", who="El bot", session="Apertura")
    assert "moved" not in text


async def test_what_no_sentence_fits_is_shown_as_it_was_noted(
    database: Database, knowledge: Knowledge
) -> None:
    assert (
        await told(database, knowledge, "kite.fly", "x" * 500) == f"{NAME}: kite.fly {'x' * LONGEST_SUBJECT}"
    )
