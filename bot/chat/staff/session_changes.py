"""/move, /cancel and /place: a session changes, and its announcement is drafted in one go."""

from collections.abc import Mapping, Sequence
from datetime import time

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.broadcasts.news import draft_news
from bot.chat.render import message
from bot.chat.staff.broadcast_desk import Desk
from bot.chat.staff.feature import Feature
from bot.chat.staff.people import staff
from bot.chat.staff.session_buses import along, as_before, moved, question
from bot.chat.staff.session_naming import Times, coming, named, site_named, times_in
from bot.chat.turn import Turn
from bot.knowledge.editing.by_id import Contents, clear_field, find, set_field
from bot.knowledge.editing.edits import remove
from bot.knowledge.editing.problems import EditError
from bot.knowledge.model import Session, localized
from bot.knowledge.problems import KnowledgeError
from bot.outbox.call import Call
from bot.revisions.live import LiveKnowledge
from bot.store import audit
from bot.store.revisions import MovedError, Origin
from bot.store.roles import Role
from bot.store.steps import Step

VERB = "session"
TIMES = "s-to"  # short, since a button holds 64 bytes: an id of 40 and the times are to fit
_GO_ALONG, _STAY = "y", "n"
MOVE, PLACE = "session.move", "session.place"
MOST_LISTED = 10


def session_changes(desk: Desk, live: LiveKnowledge) -> Feature:
    """The feature."""
    changing = SessionChanges(desk, live)
    return Feature(
        Role.ORGANIZER,
        commands={"move": changing.move, "cancel": changing.cancel, "place": changing.place},
        presses={VERB: changing.press, TIMES: changing.take_times},
        steps={MOVE: changing.taken_time, PLACE: changing.taken_site},
    )


class SessionChanges:
    """Changes one session at a time; everything about it is checked before it is live."""

    def __init__(self, desk: Desk, live: LiveKnowledge) -> None:
        self._desk = desk
        self._live = live

    async def move(self, turn: Turn) -> None:
        """`/move SESSION 15:00`, with a day before the time if it is another one."""
        found, rest = named(turn.argument, self._live.knowledge, turn.moment)
        if len(found) != 1:
            self._choose("move", found, turn)
        elif not rest.strip():
            self._ask_time(found[0], turn)
        else:
            await self._move(found[0], rest, turn)

    async def cancel(self, turn: Turn) -> None:
        """`/cancel SESSION`; alone it ends what was asked for."""
        if not turn.argument:
            turn.say(turn.words("All right. To cancel a session, name it: /cancel SESSION"))
            return
        found, _ = named(turn.argument, self._live.knowledge, turn.moment)
        if len(found) != 1:
            self._choose("cancel", found, turn)
        else:
            self._ask_whether(found[0], turn)

    async def place(self, turn: Turn) -> None:
        """`/place SESSION SITE`."""
        found, rest = named(turn.argument, self._live.knowledge, turn.moment)
        if len(found) != 1:
            self._choose("place", found, turn)
        elif not rest.strip():
            self._ask_site(found[0], turn)
        else:
            await self._place(found[0], rest, turn)

    async def press(self, turn: Turn) -> None:
        """A session or a site was chosen, or a cancellation confirmed."""
        act, _, name = turn.argument.partition(":")
        if act == "site":
            await self.taken_site(turn, name)
            return
        session = self._live.knowledge.sessions.get(name)
        if session is None:
            turn.pop_up = turn.words("This session is not in the schedule any more.")
        elif act == "move":
            self._ask_time(session, turn)
        elif act == "place":
            self._ask_site(session, turn)
        elif act == "cancel":
            self._ask_whether(session, turn)
        elif act == "kept":
            turn.say(turn.words("Good: nothing has changed."))
        elif act == "cancelled":
            await self._publish(_without(self._live.files, session.id), session, "cancel", turn)

    async def taken_time(self, turn: Turn) -> None:
        """The time that was asked for."""
        session, text = self._of_step(turn), _text(turn)
        if session:
            await self._move(session, text, turn)

    async def taken_site(self, turn: Turn, name: str = "") -> None:
        """The site that was asked for."""
        session = self._of_step(turn)
        if session:
            await self._place(session, name or _text(turn), turn)

    def _of_step(self, turn: Turn) -> Session | None:
        name = str(turn.step.state.get("session", "")) if turn.step else ""
        session = self._live.knowledge.sessions.get(name)
        if session is None:
            turn.step = None
            turn.say(turn.words("This session is not in the schedule any more."))
        return session

    async def _move(self, session: Session, text: str, turn: Turn) -> None:
        times = times_in(text, session, self._live.knowledge, turn.moment, turn.words.language)
        if times is None:
            turn.say(turn.words("I need a time, such as 15:00 or 2031-05-06 15:00–16:30."))
            return
        if along(session, times) != as_before(session):
            self._ask_about_buses(session, times, turn)
            return
        await self._set_times(session, times, as_before(session), turn)

    async def take_times(self, turn: Turn) -> None:
        """It was said whether the buses go with a session that moves."""
        name, _, rest = turn.argument.partition(":")
        session = self._live.knowledge.sessions.get(name)
        if session is None:
            turn.pop_up = turn.words("This session is not in the schedule any more.")
            return
        times = Times.of(rest[1:])
        buses = along(session, times) if rest.startswith(_GO_ALONG) else as_before(session)
        await self._set_times(session, times, buses, turn)

    async def _set_times(self, session: Session, times: Times, buses: Sequence[time], turn: Turn) -> None:
        try:
            files = moved(self._live.files, session, times, buses)
        except EditError as error:
            self._say_why_not(error, turn)
            return
        await self._publish(files, session, "move", turn)

    async def _place(self, session: Session, text: str, turn: Turn) -> None:
        site = site_named(text, self._live.knowledge)
        if site is None:
            turn.say(
                turn.words("I know no site of that name. The sites are: {sites}", sites=self._sites(turn))
            )
            return
        try:
            files = set_field(self._live.files, session.id, "site", site.id)
            if session.room:  # it is in the other place
                files = clear_field(files, session.id, "room")
        except EditError as error:
            self._say_why_not(error, turn)
            return
        await self._publish(files, session, "place", turn)

    def _say_why_not(self, error: EditError, turn: Turn) -> None:
        turn.say(turn.words("I could not change the schedule: {reason}", reason=error.said(turn.words)))

    async def _publish(self, files: Contents, session: Session, deed: str, turn: Turn) -> None:
        """Makes the changed files live, and shows the announcement of what has changed."""
        turn.step = None
        if files == self._live.files:
            turn.say(turn.words("That is how it is already."))
            return
        try:
            await self._live.publish(files, by=turn.person_id, origin=Origin.EDIT, expected=self._live.number)
        except KnowledgeError as error:
            turn.say(
                turn.words(
                    "Nothing was changed, because then something would be wrong:\n\n{problems}",
                    problems=error.said(turn.words),
                )
            )
            return
        except MovedError:
            turn.say(turn.words("Somebody else has just changed the knowledge. Please look and try again."))
            return
        turn.decide(lambda connection: self._draft(connection, session, deed, turn))

    def _draft(self, connection: Connection, session: Session, deed: str, turn: Turn) -> Sequence[Call]:
        audit.note(connection, turn.person_id, f"session.{deed}", session.id, turn.moment)
        now, showing = self._desk.host_clock(), self._desk.showing
        row = draft_news(connection, self._live.knowledge, moment=turn.moment, now=now)
        done = turn.words("Done: I answer by the new schedule from now on.")
        if row is None:
            return [message(turn.chat_id, done)]
        others = [member.person_id for member in staff(connection, self._desk.roles)]
        showing.offer(connection, row, [person for person in others if person != turn.person_id], now)
        told = turn.words("Nobody was told yet. Here is the announcement:")
        shown = showing.shown(connection, row, turn.chat_id, now, preview=True)
        return [message(turn.chat_id, f"{done} {told}"), *shown]

    def _ask_time(self, session: Session, turn: Turn) -> None:
        turn.step = Step(MOVE, {"session": session.id})
        turn.say(
            turn.words(
                "{session} – to when? Write a time, such as 15:00, and a day before it if that changes, too.",
                session=self._described(session, turn),
            )
        )

    def _ask_about_buses(self, session: Session, times: Times, turn: Turn) -> None:
        turn.step = None
        text, go_along, stay = question(self._title(session.title, turn), session, times, turn.words)
        rows = [
            (Button(label, f"{TIMES}:{session.id}:{answer}{times}"),)
            for label, answer in ((go_along, _GO_ALONG), (stay, _STAY))
        ]
        turn.say(text, rows)

    def _ask_site(self, session: Session, turn: Turn) -> None:
        turn.step = Step(PLACE, {"session": session.id})
        sites = self._live.knowledge.sites.values()
        rows = [(Button(self._title(site.name, turn), f"{VERB}:site:{site.id}"),) for site in sites]
        turn.say(turn.words("{session} – where to?", session=self._described(session, turn)), rows)

    def _ask_whether(self, session: Session, turn: Turn) -> None:
        yes = Button(turn.words("Yes, cancel it"), f"{VERB}:cancelled:{session.id}")
        text = turn.words("Cancel this session? {session}", session=self._described(session, turn))
        turn.say(text, ((yes,), (Button(turn.words("No, it stays"), f"{VERB}:kept:{session.id}"),)))

    def _choose(self, act: str, found: Sequence[Session], turn: Turn) -> None:
        """Offers the sessions that may be meant: those found, or else those to come."""
        sessions = (found or coming(self._live.knowledge, turn.moment))[:MOST_LISTED]
        rows = [
            (Button(self._described(session, turn), f"{VERB}:{act}:{session.id}"),) for session in sessions
        ]
        turn.say(turn.words("Which session?") if rows else turn.words("There is no session to come."), rows)

    def _sites(self, turn: Turn) -> str:
        return turn.words.list(self._title(site.name, turn) for site in self._live.knowledge.sites.values())

    def _title(self, text: Mapping[str, str], turn: Turn) -> str:
        return localized(text, turn.words.language, self._live.knowledge.default_language).strip()

    def _described(self, session: Session, turn: Turn) -> str:
        words = turn.words
        at = f"{words.short_day(session.date)} {words.time(session.start)}"
        return f"{at} · {self._title(session.title, turn)}"


def _without(files: Contents, session_id: str) -> Contents:
    found = find(files, session_id)
    return {**files, found.file: remove(files[found.file], found.path)}


def _text(turn: Turn) -> str:
    asked = turn.update.message
    return (asked.text or "") if asked else ""
