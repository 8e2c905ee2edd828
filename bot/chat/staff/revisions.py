"""/history and /rollback: what was live when, and back to it as a new revision."""

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.chat.staff.differing import difference_text
from bot.chat.staff.feature import Feature
from bot.chat.staff.people import name_of
from bot.chat.turn import Turn
from bot.knowledge.problems import KnowledgeError
from bot.locales import Words
from bot.revisions.live import LiveKnowledge, Trial
from bot.revisions.summary import summary_text
from bot.store import audit, revisions
from bot.store.database import Database
from bot.store.revisions import MovedError, Origin, Revision
from bot.store.roles import Role

MOST = 10  # revisions in a list
_LOOK, _GO = "rollback", "rollback-go"
"""What follows the verb: a revision, and for the second also the one that it was compared with."""


class History:
    """What admins do with earlier revisions."""

    def __init__(self, live: LiveKnowledge, database: Database) -> None:
        self._live = live
        self._database = database

    def feature(self) -> Feature:
        """The commands and buttons."""
        commands = {"history": self._list, "rollback": self._look}
        return Feature(Role.ADMIN, commands=commands, presses={_LOOK: self._look, _GO: self._go})

    async def _list(self, turn: Turn) -> None:
        def lines(connection: Connection) -> tuple[list[Revision], list[str]]:
            found = revisions.latest(connection, MOST)
            return found, [_line(connection, revision, turn) for revision in found]

        found, told = await self._database.read(lines)
        heading = turn.words("Revision {number} is live.", number=self._live.number)
        earlier = [revision.number for revision in found if revision.number != self._live.number]
        turn.say(
            "\n\n".join([heading, *told]), [[self._look_at(number, turn.words)] for number in earlier[:3]]
        )

    def _look_at(self, number: int, words: Words) -> Button:
        return Button(words("Back to revision {number}", number=number), f"{_LOOK}:{number}")

    async def _look(self, turn: Turn) -> None:
        """Shows what going back would change. Without a number, back to the one before."""
        number = _number(turn.argument) if turn.argument else self._live.number - 1
        trial = await self._tried(turn, number)
        if trial is None:
            return
        if trial.loaded.knowledge.revision == self._live.knowledge.revision:
            turn.say(turn.words("Revision {number} is the same as what is live now.", number=number))
            return
        text, _ = difference_text(trial.difference, turn.words)
        heading = turn.words("Back to revision {number} would change:", number=number)
        go = Button(turn.words("Do it"), f"{_GO}:{number}:{self._live.number}")
        turn.say(f"{heading}\n\n{text}", [[go]])

    async def _go(self, turn: Turn) -> None:
        wanted, _, expected = turn.argument.partition(":")
        trial = await self._tried(turn, _number(wanted))
        if trial is None:
            return
        before = _number(expected)
        try:
            number = await self._live.publish(
                trial.loaded, by=turn.person_id, origin=Origin.ROLLBACK, expected=before
            )
        except MovedError:
            turn.say(turn.words("Meanwhile another revision has become live. Please look again."))
            turn.argument = wanted
            await self._look(turn)
            return
        turn.also(
            lambda connection: audit.note(
                connection, turn.person_id, "knowledge.publish", str(number), turn.moment
            )
        )
        undo = Button(turn.words("Undo"), f"{_LOOK}:{before}")
        turn.say(turn.words("Live as revision {number}.", number=number), [[undo]])

    async def _tried(self, turn: Turn, number: int) -> Trial | None:
        """An earlier revision; None, and the admin knows why, when it cannot be had."""
        files: Mapping[str, bytes] = await self._database.read(lambda c: revisions.files(c, number))
        if not files:
            turn.say(turn.words("There is no such revision. /history shows those that are kept."))
            return None
        try:
            return await self._live.tried(files)
        except KnowledgeError as error:
            turn.say(
                turn.words(
                    "Revision {number} cannot be used any more:\n\n{problems}",
                    number=number,
                    problems=error.said(turn.words)[:3_000],
                )
            )
            return None


def _number(text: str) -> int:
    """A revision's number; 0, which no revision has, for anything else."""
    text = text.strip().lstrip("#")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _line(connection: Connection, revision: Revision, turn: Turn) -> str:
    words, at = turn.words, revision.made_at.astimezone(turn.zone)
    who = _origins(words)[revision.origin]
    if revision.made_by is not None:
        who = f"{name_of(connection, revision.made_by, words)}, {who}"
    when = f"{words.short_day(at.date())} {words.time(at.time())}"
    summary = summary_text(revision.summary, words) if revision.summary else ""
    return f"{revision.number} · {when} · {who}\n{summary}".rstrip()


def _origins(words: Words) -> dict[Origin, str]:
    return {
        Origin.START: words("the folder, at the start"),
        Origin.FOLDER: words("the folder"),
        Origin.UPLOAD: words("a file"),
        Origin.EDIT: words("the chat"),
        Origin.ROLLBACK: words("back to an earlier one"),
        Origin.IMPORT: words("the command line"),
    }
