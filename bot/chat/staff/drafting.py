"""A change to the knowledge between an admin's hands and being live: shown, kept, published, dropped."""

import asyncio
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection
from telegram import Bot

from bot.assistant.reply import Button
from bot.chat.staff.differing import difference_text, full_text
from bot.chat.staff.draft_words import losses, say_problems, warnings_text
from bot.chat.staff.feature import Feature
from bot.chat.staff.foreseeing import foreseen
from bot.chat.staff.people import name_of
from bot.chat.staff.previewing import preview
from bot.chat.staff.telling import tell_askers
from bot.chat.turn import Turn
from bot.knowledge.checks import check
from bot.knowledge.editing.change import Change, applied, edit_from_json
from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.uploads import packed, unpacked
from bot.knowledge.files import Files
from bot.knowledge.loader import Loaded, read
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import KnowledgeError, Problem
from bot.outbox.call import Call
from bot.revisions.live import LiveKnowledge, Trial
from bot.revisions.summary import summary_text
from bot.store import audit, drafts, revisions
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.revisions import MovedError, Origin
from bot.store.roles import Role

_PUBLISH, _SURE, _DISCARD = "draft-publish", "draft-sure", "draft-discard"
"""What follows the verb: the draft's nonce, and the revision that it was compared with."""
_LINE_NUMBER = re.compile(r":\d+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change, and the questions that it is to answer: their ids, each with the id of the answer."""

    change: Change = field(default_factory=Change)
    misses: tuple[tuple[int, str], ...] = ()
    nonce: str = ""


class Drafting:
    """Each admin has one draft; what they change goes into it until they publish or drop it."""

    def __init__(self, bot: Bot, live: LiveKnowledge, database: Database) -> None:
        self._bot = bot
        self._live = live
        self._database = database

    def feature(self) -> Feature:
        """The buttons below a draft."""
        presses = {_PUBLISH: self._publish, _SURE: self._publish, _DISCARD: self._discard}
        return Feature(Role.ADMIN, presses=presses)

    async def propose(
        self, turn: Turn, change: Change, misses: Sequence[tuple[int, str]] = (), *, afresh: bool = False
    ) -> bool:
        """Adds a change to the draft of who wants it and shows the whole. Returns whether it can be made.

        `afresh`: what was in the draft before is dropped, and said to be so.
        """
        before = await self._kept(turn) or Proposal()
        if afresh and before != Proposal():
            turn.say(turn.words("This takes the place of your earlier change, which you had not published."))
            before = Proposal()
        proposal = Proposal(before.change.and_then(change), (*before.misses, *misses), before.nonce)
        trial = await self._tried(turn, proposal)
        if trial is not None:
            await self._show(turn, proposal, trial)
        return trial is not None

    async def knowledge(self, turn: Turn) -> Knowledge:
        """The knowledge as the admin's draft would have it, or the live one where that cannot be had."""
        kept = await self._kept(turn)
        if kept is None:
            return self._live.knowledge
        try:
            contents = await asyncio.to_thread(applied, kept.change, self._live.files, self.languages)
            return (await self._live.tried(contents)).loaded.knowledge
        except (EditError, KnowledgeError):
            return self._live.knowledge

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of the programme, the default one first."""
        return self._live.knowledge.programme.languages

    async def _kept(self, turn: Turn) -> Proposal | None:
        draft = await self._database.read(lambda connection: drafts.read(connection, _person(turn)))
        if draft is None:
            return None
        edits = tuple(map(edit_from_json, draft.edits))
        files = await asyncio.to_thread(unpacked, draft.archive) if draft.archive else {}
        return Proposal(Change(edits, files, draft.removed), draft.misses, draft.nonce)

    async def _tried(self, turn: Turn, proposal: Proposal) -> Trial | None:
        """What a change would do; None, and who wants it knows why, when it cannot be made.

        What others publish may stand against a draft that was kept before: there is a way out of it.
        """
        way_out = ((_discard_button(turn, proposal.nonce),),) if proposal.nonce else ()
        try:
            contents = await asyncio.to_thread(applied, proposal.change, self._live.files, self.languages)
            return await self._live.tried(contents)
        except EditError as error:
            why = error.said(turn.words)
            turn.say(turn.words("I cannot change this: {why}. Nothing has changed.", why=why), way_out)
        except KnowledgeError as error:
            say_problems(turn, error, way_out)
        return None

    async def _show(self, turn: Turn, proposal: Proposal, trial: Trial) -> None:
        """Keeps a draft and shows what it would change, for participants and in the files."""
        if trial.loaded.knowledge.revision == self._live.knowledge.revision:
            turn.also(lambda connection: _drop(connection, turn))
            turn.say(turn.words("This changes nothing."))
            return
        nonce, change = secrets.token_hex(6), proposal.change
        archive = await asyncio.to_thread(packed, change.files) if change.files else None
        edits = [edit.as_json() for edit in change.edits]
        draft = Draft(nonce, edits, archive, change.removed, proposal.misses)
        turn.also(lambda connection: drafts.write(connection, _person(turn), draft, turn.moment))
        preview(turn, trial, self._live.knowledge)
        shifts = await foreseen(self._bot, self._live, trial, turn)
        text, complete = difference_text(trial.difference, turn.words)
        if not complete:
            turn.attach("difference.txt", full_text(trial.difference, turn.words).encode())
        new_warnings = await asyncio.to_thread(self._new_warnings, trial.loaded)
        parts = [turn.words("This would change:"), text, warnings_text(new_warnings, turn), shifts]
        turn.say("\n\n".join(filter(None, parts)), self._buttons(turn, nonce, _PUBLISH, change))

    def _buttons(self, turn: Turn, nonce: str, verb: str, change: Change) -> tuple[tuple[Button, ...], ...]:
        words = turn.words
        label = words("Publish") if verb == _PUBLISH else words("Publish all the same")
        publish = Button(label, f"{verb}:{nonce}:{self._live.number}")
        more = [(Button(words("Change more"), f"edit-open:{edit.id}"),) for edit in change.edits[-1:]]
        return ((publish, _discard_button(turn, nonce)), *more)

    def _new_warnings(self, loaded: Loaded) -> list[Problem]:
        known = {_LINE_NUMBER.sub("", str(each)) for each in check(read(Files(self._live.files)))}
        return [each for each in check(loaded) if _LINE_NUMBER.sub("", str(each)) not in known]

    async def _publish(self, turn: Turn) -> None:
        nonce, _, expected = turn.argument.partition(":")
        proposal = await self._kept(turn)
        if proposal is None or proposal.nonce != nonce:
            await self._show_again(turn, proposal)
            return
        trial = await self._tried(turn, proposal)
        if trial is None:
            return
        if expected != str(self._live.number):
            await self._show_moved(turn, proposal)
        elif not _is_sure(turn) and (lost := list(losses(trial.difference, turn))):
            turn.say("\n".join(lost), self._buttons(turn, nonce, _SURE, Change()))
        else:
            await self._make_live(turn, proposal, trial, int(expected))

    async def _make_live(self, turn: Turn, proposal: Proposal, trial: Trial, expected: int) -> None:
        files = (*proposal.change.files, *proposal.change.removed)
        origin = Origin.UPLOAD if any(name.endswith(".yaml") for name in files) else Origin.EDIT
        try:
            number = await self._live.publish(
                trial.loaded, by=turn.person_id, origin=origin, expected=expected
            )
        except MovedError:
            await self._show_moved(turn, proposal)
            return

        def done(connection: Connection) -> None:
            _drop(connection, turn)
            audit.note(connection, turn.person_id, "knowledge.publish", str(number), turn.moment)
            tell_askers(connection, proposal.misses, trial.loaded.knowledge)

        turn.also(done)
        _end_buttons(turn)
        undo = Button(turn.words("Undo"), f"rollback:{expected}")
        turn.say(turn.words("Live as revision {number}.", number=number), ((undo,),))

    async def _discard(self, turn: Turn) -> None:
        dropped = await self._database.write(lambda c: drafts.drop(c, _person(turn), turn.argument))
        if dropped:
            _end_buttons(turn)
            turn.say(turn.words("Discarded. Nothing has changed."))
        else:
            await self._show_again(turn, await self._kept(turn))

    async def _show_again(self, turn: Turn, proposal: Proposal | None) -> None:
        """A button of a draft that is not there any more, or that has changed since."""
        if proposal is None:
            turn.pop_up = turn.words("This was published or discarded already.")
            return
        turn.pop_up = turn.words("You have changed more since. Please look again.")
        trial = await self._tried(turn, proposal)
        if trial is not None:
            await self._show(turn, proposal, trial)

    async def _show_moved(self, turn: Turn, proposal: Proposal) -> None:
        """Another revision is live than the one that the change was compared with."""
        words = turn.words

        def told(connection: Connection) -> str:
            newest = revisions.newest(connection)
            if newest is None:
                return ""
            who = words("The knowledge folder")
            if newest.made_by is not None:
                who = name_of(connection, newest.made_by, words)
            return words(
                "Meanwhile revision {number} has become live ({who}: {summary}). "
                "Nothing of yours is published yet. Please look again at what it would change now.",
                number=newest.number,
                who=who,
                summary=summary_text(newest.summary, words),
            )

        turn.say(await self._database.read(told))
        trial = await self._tried(turn, proposal)
        if trial is not None:
            await self._show(turn, proposal, trial)


def _discard_button(turn: Turn, nonce: str) -> Button:
    return Button(turn.words("Discard"), f"{_DISCARD}:{nonce}")


def _person(turn: Turn) -> int:
    """Who acts: a feature of staff never acts for nobody."""
    return turn.person_id or 0


def _drop(connection: Connection, turn: Turn) -> None:
    drafts.drop(connection, _person(turn))


def _end_buttons(turn: Turn) -> None:
    """Takes the buttons from the message whose button was pressed: they have done their work."""
    query = turn.update.callback_query
    if query and query.message:
        turn.send(Call(turn.chat_id, "editMessageReplyMarkup", {"message_id": query.message.message_id}))


def _is_sure(turn: Turn) -> bool:
    query = turn.update.callback_query
    return bool(query and query.data and query.data.startswith(f"{_SURE}:"))
