"""/admins: who is staff; inviting with links that work once, and taking roles away."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection
from telegram import Bot

from bot.assistant.reply import Button
from bot.chat.render import message
from bot.chat.staff.commands import show_help, staff_list, words_for
from bot.chat.staff.feature import Feature
from bot.chat.staff.people import Member, admins, described, name_of, staff
from bot.chat.turn import Turn
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import audit, invitations, roles, steps
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role

LINK_LASTS = timedelta(days=1)
_LIST, _INVITE, _ASK, _TAKE, _END = "role-list", "role-invite", "role-ask", "role-take", "role-end"
_INVITED = {"organizer": Role.ORGANIZER, "admin": Role.ADMIN}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def role_keeping(bot: Bot, database: Database, settled: Mapping[int, Role]) -> tuple[Feature, Feature]:
    """The features: one for admins, and the help of all staff. `settled` are the settings' roles."""
    keeping = _RoleKeeping(bot, database, settled)
    return (
        Feature(
            Role.ADMIN,
            commands={"admins": keeping.show},
            presses={
                _LIST: keeping.show,
                _INVITE: keeping.invite,
                _ASK: keeping.ask,
                _TAKE: keeping.take,
                _END: keeping.end_links,
            },
        ),
        Feature(Role.ORGANIZER, commands={"help": show_help}),
    )


class _RoleKeeping:
    """Acts of admins. Each is checked again in the transaction that does it."""

    def __init__(self, bot: Bot, database: Database, settled: Mapping[int, Role]) -> None:
        self._bot = bot
        self._database = database
        self._settled = settled

    async def show(self, turn: Turn) -> None:
        """Who is staff, with a button for each thing to do about it."""
        turn.send(await self._database.read(lambda connection: self._screen(connection, turn)))

    async def invite(self, turn: Turn) -> None:
        """Makes a link that gives a role to the first who opens it."""
        role = _INVITED.get(turn.argument)
        if role is None:
            await self._changed(turn)
            return
        turn.decide(lambda connection: [message(turn.chat_id, self._link(connection, role, turn))])

    async def ask(self, turn: Turn) -> None:
        """Asks whether a role is really to be taken away."""
        member = await self._database.read(lambda connection: self._member(connection, turn.argument))
        if member is None:
            await self._changed(turn)
            return
        who = await self._database.read(lambda c: described(c, member.person_id, turn.words))
        text = turn.words(
            "Take the role from {person}? All links that this person made to invite others end, too.",
            person=who,
        )
        yes = Button(turn.words("Yes, take it"), f"{_TAKE}:{turn.argument}")
        turn.say(text, ((yes,), (Button(turn.words("No, back"), _LIST),)))

    async def take(self, turn: Turn) -> None:
        """Takes a role away, unless that leaves nobody to give it back."""
        turn.decide(lambda connection: self._take(connection, turn))

    async def end_links(self, turn: Turn) -> None:
        """Ends all links to become staff."""

        def end(connection: Connection) -> Sequence[Call]:
            number = invitations.end_for_staff(connection)
            audit.note(connection, turn.person_id, "links.end", str(number), turn.moment)
            text = turn.words.plural(
                "{number} link does not work any more.", "{number} links do not work any more.", number
            )
            return [message(turn.chat_id, text)]

        turn.decide(end)

    async def _changed(self, turn: Turn) -> None:
        turn.pop_up = turn.words("This has changed meanwhile.")
        await self.show(turn)

    def _screen(self, connection: Connection, turn: Turn) -> Call:
        words, members = turn.words, staff(connection, self._settled)
        titles = {Role.ADMIN: words("Admins"), Role.ORGANIZER: words("Organizers")}
        lines: list[str] = []
        for role, title in titles.items():
            those = [_line(connection, member, words) for member in members if member.role is role]
            lines += [title, *(those or [words("Nobody yet")]), ""]
        links = invitations.for_staff(connection, turn.moment)
        if links:
            lines.append(words.plural("{number} open link.", "{number} open links.", len(links)))
        return message(
            turn.chat_id, "\n".join(lines).rstrip(), _buttons(connection, members, words, bool(links))
        )

    def _link(self, connection: Connection, role: Role, turn: Turn) -> str:
        words, name = turn.words, role.name.lower()
        until = turn.moment + LINK_LASTS
        invitation = Invitation(role, made_by=turn.person_id, expires_at=until, uses_left=1)
        token = invitations.make(connection, invitation, turn.moment)
        audit.note(connection, turn.person_id, "link.make", name, turn.moment)
        local = until.astimezone(turn.zone)
        values = {
            "day": words.day(local.date()),
            "time": words.time(local.time()),
            "link": f"{self._bot.link}?start={name}-{token}",
        }
        if role is Role.ADMIN:
            return words(
                "Send this link to one person only. Who opens it first becomes an admin. "
                "It works once, until {day}, {time}.\n\n{link}",
                **values,
            )
        return words(
            "Send this link to one person only. Who opens it first becomes an organizer. "
            "It works once, until {day}, {time}.\n\n{link}",
            **values,
        )

    def _member(self, connection: Connection, argument: str, *, locked: bool = False) -> Member | None:
        """Whom a button names, if they still have the very role that it was about."""
        found = staff(connection, self._settled, locked=locked)
        return next((member for member in found if member.given_at and _key(member) == argument), None)

    def _take(self, connection: Connection, turn: Turn) -> Sequence[Call]:
        words, member = turn.words, self._member(connection, turn.argument, locked=True)
        if member is None:
            return [
                message(turn.chat_id, words("This has changed meanwhile.")),
                self._screen(connection, turn),
            ]
        if admins(connection, self._settled) == {member.person_id}:
            text = words(
                "This is the last admin: nobody could give the role back. Invite another admin first."
            )
            return [message(turn.chat_id, text)]
        who = member.person_id
        roles.take(connection, who)
        invitations.revoke_all(connection, who)
        steps.write(connection, who, who, None, turn.moment)
        audit.note(connection, turn.person_id, "role.take", f"{member.role.name.lower()} {who}", turn.moment)
        theirs = words_for(connection, who, turn.assistant)
        left = roles.role_of(connection, who, self._settled)
        told = message(
            who, theirs("An admin has taken your role from you. You can go on asking me anything.")
        )
        done = words("{person} has lost the role.", person=described(connection, who, words))
        mine = [] if who == turn.person_id else [message(turn.chat_id, done)]
        return [*mine, told, staff_list(who, left, theirs)]


def _key(member: Member) -> str:
    """Names one grant of a role: a button of an earlier one does nothing to a later one."""
    since = member.given_at - _EPOCH if member.given_at else timedelta()
    return f"{member.person_id}:{since // timedelta(microseconds=1)}"


def _line(connection: Connection, member: Member, words: Words) -> str:
    who = described(connection, member.person_id, words)
    if member.given_at is None:
        who = words("{person}: by the settings, which only who runs the bot can change", person=who)
    return f"• {who}"


def _buttons(
    connection: Connection, members: Sequence[Member], words: Words, links: bool
) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = [
        (Button(words("Invite an organizer"), f"{_INVITE}:organizer"),),
        (Button(words("Invite an admin"), f"{_INVITE}:admin"),),
    ]
    if links:
        rows.append((Button(words("End all open links"), _END),))
    for member in members:
        if member.given_at:
            name = name_of(connection, member.person_id, words)
            rows.append(
                (Button(words("Take the role from {person}", person=name), f"{_ASK}:{_key(member)}"),)
            )
    return rows
