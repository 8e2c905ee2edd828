"""`/kb`: which revision is live and what there is to look at, its files to take, and files sent back."""

import asyncio
import zlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection
from telegram import Document

from bot.assistant.reply import Button
from bot.chat.downloads import DownloadError, download
from bot.chat.raw_bot import RawBot
from bot.chat.staff.drafting import Drafting
from bot.chat.staff.feature import Feature
from bot.chat.staff.people import name_of
from bot.chat.turn import Turn
from bot.knowledge.checks import check
from bot.knowledge.editing.change import Change
from bot.knowledge.editing.uploads import UploadError, packed, refusal, uploaded
from bot.knowledge.files import Files
from bot.knowledge.loader import read
from bot.knowledge.message import said
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.source_files import FAQ
from bot.locales import Words
from bot.revisions.live import LiveKnowledge
from bot.revisions.summary import summary_text
from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import Revision
from bot.store.roles import Role

MOST_WARNINGS = 5
MOST_SAMPLES = 12
ARCHIVE = "knowledge.zip"
_FILE, _ARCHIVE, _WARNINGS = "kb-file", "kb-zip", "kb-warnings"


class KnowledgeFiles:
    """The feature, for admins. `drafting` takes what they send."""

    def __init__(self, bot: RawBot, live: LiveKnowledge, database: Database, drafting: Drafting) -> None:
        self._bot = bot
        self._live = live
        self._database = database
        self._drafting = drafting

    def feature(self) -> Feature:
        """Its command, its buttons, and its eye for files."""
        return Feature(
            Role.ADMIN,
            commands={"kb": self._show},
            presses={_FILE: self._give, _ARCHIVE: self._give_all, _WARNINGS: self._give_warnings},
            look=self._look,
        )

    async def _show(self, turn: Turn) -> None:
        words, knowledge = turn.words, self._live.knowledge
        warnings = await asyncio.to_thread(self._warnings)
        made, who = await self._database.read(lambda connection: _newest(connection, words))
        lines = [
            _live_line(made, who, turn),
            *_counts(knowledge, turn),
            *_sample(knowledge, turn),
            *_warning_lines(warnings, turn),
            "",
            words(
                "Tap a file to get it, change it and send it back: nothing is live before you have seen what "
                "it changes. You can also send a .zip of the whole folder."
            ),
        ]
        turn.say("\n".join(lines), tuple(self._buttons(turn, len(warnings))))

    def _buttons(self, turn: Turn, warnings: int) -> Iterator[tuple[Button, ...]]:
        files = self._yaml_files()
        names = [Button(name.removeprefix(f"{FAQ}/"), f"{_FILE}:{_key(name)}") for name in files]
        yield from (tuple(names[at : at + 2]) for at in range(0, len(names), 2))
        yield (Button(turn.words("All as .zip"), _ARCHIVE),)
        if warnings > MOST_WARNINGS:
            yield (Button(turn.words("All warnings"), _WARNINGS),)

    async def _give(self, turn: Turn) -> None:
        name = next((name for name in self._yaml_files() if _key(name) == turn.argument), None)
        if name is None:
            turn.pop_up = turn.words("This file is not there any more.")
            return
        turn.attach(name.rpartition("/")[2], self._live.files[name], name)

    async def _give_all(self, turn: Turn) -> None:
        number, archive = self._live.number, await asyncio.to_thread(packed, self._live.files)
        turn.attach(ARCHIVE, archive, turn.words("Revision {number}", number=number))

    async def _give_warnings(self, turn: Turn) -> None:
        warnings = await asyncio.to_thread(self._warnings)
        lines = [warning.said(turn.words) for warning in warnings]
        turn.attach("warnings.txt", "\n".join(lines).encode())

    async def _look(self, turn: Turn) -> bool:
        """Takes a file that an admin sends; everything else is none of its business."""
        message = turn.update.message
        if message is None or message.document is None or message.forward_origin is not None:
            return False
        change = await self._change(message.document, turn)
        if change is not None:
            await self._drafting.propose(turn, change, afresh=True)
        return True

    async def _change(self, document: Document, turn: Turn) -> Change | None:
        """What a file would change; None, and who sent it knows why, when it is of no use."""
        name = document.file_name or ""
        if reason := refusal(name, document.file_size):
            turn.say(said(reason, turn.words))
            return None
        try:
            data = await download(self._bot, document.file_id)
            taken = await asyncio.to_thread(uploaded, name, data, self._live.files)
        except DownloadError:
            turn.say(turn.words("I could not get the file from Telegram. Please send it again."))
            return None
        except UploadError as error:
            turn.say(error.said(turn.words))
            return None
        if taken.left_out:
            names = ", ".join(taken.left_out[:10])
            turn.say(
                turn.words(
                    "These files are no part of the knowledge, so I left them out: {names}", names=names
                )
            )
        return taken.change

    def _yaml_files(self) -> list[str]:
        return [name for name in self._live.files if name.endswith(".yaml")]

    def _warnings(self) -> list[Problem]:
        return check(read(Files(self._live.files)))


def _key(name: str) -> str:
    """Short enough for a button's 64 bytes whatever the file is called."""
    return f"{zlib.crc32(name.encode()):08x}"


def _newest(connection: Connection, words: Words) -> tuple[Revision | None, str]:
    """The live revision, and the name of who made it if it was not made by the folder."""
    made = revisions.newest(connection)
    who = name_of(connection, made.made_by, words) if made and made.made_by is not None else ""
    return made, who


def _live_line(made: Revision | None, who: str, turn: Turn) -> str:
    words = turn.words
    if made is None:
        return words("Nothing is live.")
    at = made.made_at.astimezone(turn.zone)
    when = f"{words.short_day(at.date())} {words.time(at.time())}"
    line = words(
        "Revision {number} is live, from the knowledge folder, {when}.", number=made.number, when=when
    )
    if who:
        line = words("Revision {number} is live, by {who}, {when}.", number=made.number, who=who, when=when)
    return f"{line} {summary_text(made.summary, words)}" if made.summary else line


def _counts(knowledge: Knowledge, turn: Turn) -> Iterator[str]:
    phrasings = sum(len(each) for entry in knowledge.entries.values() for each in entry.questions.values())
    yield turn.words(
        "Entries: {entries}, with {phrasings} phrasings. Places: {sites}. Sessions: {sessions}. "
        "Pictures: {photos}.",
        entries=len(knowledge.entries),
        phrasings=phrasings,
        sites=len(knowledge.sites),
        sessions=len(knowledge.sessions),
        photos=len(knowledge.photos),
    )


def _sample(knowledge: Knowledge, turn: Turn) -> Iterator[str]:
    """What is marked as invented."""
    kinds = (knowledge.entries, knowledge.sites, knowledge.sessions)
    names = [each.id for kind in kinds for each in kind.values() if each.sample]
    if names:
        shown = ", ".join(names[:MOST_SAMPLES]) + (" …" if len(names) > MOST_SAMPLES else "")
        yield turn.words(
            "Still sample, so to be replaced ({number}): {names}", number=len(names), names=shown
        )


def _warning_lines(warnings: Sequence[Problem], turn: Turn) -> Iterator[str]:
    if warnings:
        yield ""
        yield turn.words.plural("{number} warning:", "{number} warnings:", len(warnings))
        yield from (f"⚠️ {warning.said(turn.words)[:200]}" for warning in warnings[:MOST_WARNINGS])
