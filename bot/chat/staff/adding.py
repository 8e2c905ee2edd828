"""`/add`: a new entry by conversation: its topic, title, phrasings and answer, one after the other."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from bot.assistant.reply import Button
from bot.chat.staff.drafting import Drafting
from bot.chat.staff.editing import cancel_button
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.chat.typed import typed_markdown
from bot.knowledge.editing.by_id import find
from bot.knowledge.editing.change import Change, Do, Edit
from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.writing import Value
from bot.knowledge.model import Knowledge, localized
from bot.revisions.live import LiveKnowledge
from bot.store.roles import Role
from bot.store.steps import Step

LONGEST_ID = 40
_TOPIC, _TITLE, _QUESTIONS, _ANSWER = "add.topic", "add.title", "add.questions", "add.answer"


class Adding:
    """The feature, for admins. The new entry goes into their draft."""

    def __init__(self, live: LiveKnowledge, drafting: Drafting) -> None:
        self._live = live
        self._drafting = drafting

    def feature(self) -> Feature:
        """Its command, button and steps."""
        return Feature(
            Role.ADMIN,
            commands={"add": self._start},
            presses={"add-in": self._choose_topic},
            steps={
                _TOPIC: _ask_again,
                _TITLE: self._take_title,
                _QUESTIONS: self._take_questions,
                _ANSWER: self._take_answer,
            },
        )

    async def _start(self, turn: Turn) -> None:
        self.begin(turn)

    def begin(
        self,
        turn: Turn,
        questions: Sequence[str] = (),
        misses: Sequence[int] = (),
        language: str = "",
        answer: str = "",
    ) -> None:
        """Asks for the topic. `questions` are known phrasings, `misses` the ids of those who asked them.

        `answer`, in Markdown, is not asked for when it is known.
        """
        languages = self._drafting.languages
        known = next((code for code in (language, turn.words.language) if code in languages), languages[0])
        state = {
            "questions": list(questions),
            "misses": list(misses),
            "language": known,
            "answer": answer,
        }
        turn.step = Step(_TOPIC, state)
        buttons = [
            Button(
                f"{each.emoji} {localized(each.title, turn.words.language, languages[0])}".strip(),
                f"add-in:{each.entries[0].id}",
            )
            for each in self._live.knowledge.categories
        ]
        rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
        text = turn.words(
            "A new answer, in {language}. Which topic does it belong to?", language=turn.words.name_of(known)
        )
        turn.say(text, (*rows, *cancel_button(turn)))

    async def _choose_topic(self, turn: Turn) -> None:
        if turn.step is None or turn.step.name != _TOPIC:
            turn.pop_up = turn.words("This is over. Start again with /add.")
            return
        try:
            file = find(self._live.files, turn.argument).file
        except EditError:
            turn.pop_up = turn.words("This topic is not there any more.")
            return
        turn.step = Step(_TITLE, {**turn.step.state, "file": file})
        turn.say(turn.words("Send a title: two to four words for a button."), cancel_button(turn))

    async def _take_title(self, turn: Turn) -> None:
        title, state = _text(turn), _state(turn)
        if not title or "\n" in title:
            turn.say(turn.words("Please send the title as one line of text."))
            return
        state = {**state, "title": title}
        if state["questions"] and state["answer"]:
            await self._propose(turn, state["answer"], state)
            return
        if state["questions"]:
            _ask_answer(turn, state)
            return
        turn.step = Step(_QUESTIONS, state)
        turn.say(
            turn.words("How would people ask for it? Send three or more questions, one on each line."),
            cancel_button(turn),
        )

    async def _take_questions(self, turn: Turn) -> None:
        questions = [line.strip() for line in _text(turn).splitlines() if line.strip()]
        if not questions:
            turn.say(turn.words("Please send it as a text."))
            return
        _ask_answer(turn, {**_state(turn), "questions": questions})

    async def _take_answer(self, turn: Turn) -> None:
        message, state = turn.update.message, _state(turn)
        answer = typed_markdown(message) if message else ""
        if not answer:
            turn.say(turn.words("Please send it as a text."))
            return
        await self._propose(turn, answer, state)

    async def _propose(self, turn: Turn, answer: str, state: Mapping[str, Any]) -> None:
        name = free_id(state["title"], await self._drafting.knowledge(turn))
        edit = Edit(Do.ADD, name, state["file"], value=self._entry(name, answer, state))
        if await self._drafting.propose(turn, Change((edit,)), [(miss, name) for miss in state["misses"]]):
            turn.step = None

    def _entry(self, name: str, answer: str, state: Mapping[str, Any]) -> dict[str, Value]:
        """By language, unless the programme has only one."""
        language, questions = state["language"], list(state["questions"])
        if len(self._drafting.languages) == 1:
            return {"id": name, "title": state["title"], "questions": questions, "answer": answer}
        return {
            "id": name,
            "title": {language: state["title"]},
            "questions": {language: questions},
            "answer": {language: answer},
        }


def free_id(title: str, knowledge: Knowledge) -> str:
    """An id made of a title, that nothing has yet."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_ID - 4].strip("-") or "entry"
    taken = {*knowledge.entries, *knowledge.sites, *knowledge.sessions, "schedule", "smalltalk"}
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)


def _ask_answer(turn: Turn, state: Mapping[str, Any]) -> None:
    turn.step = Step(_ANSWER, state)
    turn.say(turn.words("Now send the answer. First the fact, then the rest."), cancel_button(turn))


async def _ask_again(turn: Turn) -> None:
    turn.say(turn.words("Please choose the topic with a button above, or press Cancel."))


def _text(turn: Turn) -> str:
    return ((turn.update.message and turn.update.message.text) or "").strip()


def _state(turn: Turn) -> Mapping[str, Any]:
    return turn.step.state if turn.step else {}
