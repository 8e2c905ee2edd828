"""/group: groups of participants: who belongs to them, and putting people in and out."""

from collections.abc import Sequence

from sqlalchemy import Connection
from telegram.constants import ChatType

from bot.assistant import plan
from bot.assistant.reply import Button
from bot.chat.render import message
from bot.chat.staff.feature import Feature
from bot.chat.staff.group_links import CHOOSE
from bot.chat.staff.group_people import OUT, PUT, SHOW, changed, named, named_in
from bot.chat.staff.people import name_of
from bot.chat.turn import Turn
from bot.outbox.call import Call
from bot.store import chats
from bot.store.database import Database
from bot.store.roles import Role
from bot.store.steps import Step

MOSTSHOWN = 40
"""Names on the screen of a group."""
_PEOPLE = "group.people"  # the step: whom to put in or out


def group_keeping(database: Database) -> Feature:
    """The feature, for organizers. In a group chat it is for replies to somebody's message only."""
    groups = _Groups(database)
    return Feature(
        Role.ORGANIZER,
        commands={"group": groups.command},
        presses={
            SHOW: groups.show,
            PUT: groups.put,
            OUT: groups.out,
        },
        steps={_PEOPLE: groups.people},
        private=False,
    )


class _Groups:
    """Acts of organizers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def command(self, turn: Turn) -> None:
        """All groups, or the one that is named; as a reply in a group chat: who wrote that joins it."""
        chat, group = turn.update.effective_chat, turn.argument
        known = _named_groups(turn)
        if chat is not None and chat.type != ChatType.PRIVATE:
            self._put_writer(turn, group)
        elif group in known:
            await self.show(turn)
        else:
            turn.send(await self._database.read(lambda connection: _all_groups(connection, turn, known)))

    async def show(self, turn: Turn) -> None:
        """One group and its members."""
        turn.step = None
        group = turn.argument
        turn.send(await self._database.read(lambda connection: _group(connection, turn, group)))

    async def put(self, turn: Turn) -> None:
        """Puts somebody into a group, or asks whom."""
        await self._change(turn, put=True)

    async def out(self, turn: Turn) -> None:
        """Takes somebody out of a group, or asks whom."""
        await self._change(turn, put=False)

    async def people(self, turn: Turn) -> None:
        """Takes the names of people, or a message of theirs."""
        sent, state = turn.update.message, turn.step.state if turn.step else {}
        if sent is None or "group" not in state:
            return
        names, group, put = named_in(sent), state["group"], bool(state["put"])
        if not names:
            turn.say(turn.words("Please send a name, or forward a message of that person."))
            return
        turn.decide(
            lambda connection: [
                call for name in names for call in named(connection, turn, group, name, put=put)
            ]
        )

    async def _change(self, turn: Turn, *, put: bool) -> None:
        group, _, person = turn.argument.partition(":")
        if person.isdecimal():
            turn.decide(lambda connection: changed(connection, turn, group, int(person), put=put))
            return
        turn.step = Step(_PEOPLE, {"group": group, "put": put})
        words = turn.words
        text = (
            words("Who joins group {group}?", group=group)
            if put
            else words("Who leaves group {group}?", group=group)
        )
        how = words(
            "Send names, one a line, or @usernames, or forward a message of that person. /group ends this."
        )
        turn.say(f"{text}\n\n{how}", ((_back(turn, group),),))

    def _put_writer(self, turn: Turn, group: str) -> None:
        sent = turn.update.message
        writer = sent.reply_to_message.from_user if sent and sent.reply_to_message else None
        if writer is None or writer.is_bot or group not in _named_groups(turn):
            words = turn.words
            turn.say(
                words(
                    "Reply to somebody's message with /group and a group's name, or write to me in private."
                )
            )
            return
        turn.decide(lambda connection: changed(connection, turn, group, writer.id, put=True))


def _named_groups(turn: Turn) -> tuple[str, ...]:
    return plan.groups_in(turn.assistant.knowledge.sessions.values())


def _all_groups(connection: Connection, turn: Turn, known: Sequence[str]) -> Call:
    words, sizes = turn.words, chats.group_sizes(connection)
    lines, rows = [words("Groups of participants")], []
    for group in dict.fromkeys([*known, *sizes]):
        people = words.plural("{number} person", "{number} people", sizes.get(group, 0))
        note = "" if group in known else words(" (no session names this group)")
        lines.append(f"{group}: {people}{note}")
        rows.append((Button(group, f"{SHOW}:{group}"),))
    if not known:
        lines.append(
            words(
                "No session names a group, so everybody sees everything. To have groups, write for example "
                "groups: [A] at a session in schedule.yaml."
            )
        )
    rows.append((Button(words("🔗 Link to join, without a group"), CHOOSE),))
    return message(turn.chat_id, "\n\n".join(lines), rows)


def _group(connection: Connection, turn: Turn, group: str) -> Call:
    words, ids = turn.words, chats.members(connection, group)
    sessions = [s for s in turn.assistant.knowledge.sessions.values() if group in s.groups]
    lines = [
        words("Group {group}", group=group),
        words.plural("{number} session is for it.", "{number} sessions are for it.", len(sessions)),
        *([words("Nobody is in it yet.")] if not ids else []),
        *(name_of(connection, chat_id, words) for chat_id in ids[:MOSTSHOWN]),
    ]
    if more := len(ids) - MOSTSHOWN:
        lines += [words.plural("and {number} more", "and {number} more", more)] if more > 0 else []
    rows = (
        (
            Button(words("➕ Put somebody in"), f"{PUT}:{group}"),
            Button(words("➖ Take somebody out"), f"{OUT}:{group}"),
        ),
        (Button(words("🔗 Link to join"), f"{CHOOSE}:{group}"),),
    )
    return message(turn.chat_id, "\n".join(lines), rows)


def _back(turn: Turn, group: str) -> Button:
    return Button(turn.words("Back"), f"{SHOW}:{group}")
