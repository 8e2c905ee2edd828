"""`/misses`: what people asked and the bot did not know, grouped; one tap teaches it to an entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.assistant.reply import Button, Conversation
from bot.chat.staff.adding import Adding
from bot.chat.staff.drafting import Drafting
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.knowledge.editing.change import Change, Do, Edit
from bot.knowledge.likeness import common_words, groups
from bot.knowledge.model import Entry, Knowledge, localized
from bot.revisions.live import LiveKnowledge
from bot.store import misses
from bot.store.database import Database
from bot.store.misses import Miss
from bot.store.roles import Role

MOST_GROUPS = 8
MOST_WORDINGS = 6
MOST_GUESSES = 4
LONGEST = 200  # characters of one question
_OPEN, _TEACH, _NEW, _DROP = "miss-open", "miss-teach", "miss-new", "miss-drop"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions for about the same."""

    misses: tuple[Miss, ...]

    @property
    def first(self) -> Miss:
        """The one that the others are like; its id names the group."""
        return self.misses[0]

    @property
    def wordings(self) -> list[str]:
        """Each wording once."""
        return list(
            {" ".join(miss.question.casefold().split()): miss.question for miss in self.misses}.values()
        )

    @property
    def ids(self) -> list[int]:
        """Of all its questions."""
        return [miss.id for miss in self.misses]


class Misses:
    """The feature, for admins."""

    def __init__(self, live: LiveKnowledge, database: Database, drafting: Drafting, adding: Adding) -> None:
        self._live = live
        self._database = database
        self._drafting = drafting
        self._adding = adding

    def feature(self) -> Feature:
        """Its command and buttons."""
        return Feature(
            Role.ADMIN,
            commands={"misses": self._show},
            presses={_OPEN: self._open, _TEACH: self._teach, _NEW: self._make_new, _DROP: self._drop},
        )

    async def _groups(self) -> list[Group]:
        """All questions without an answer; those of one group are in the same language."""
        kept = await self._database.read(misses.unanswered)
        common = common_words(
            text
            for entry in self._live.knowledge.entries.values()
            for each in entry.questions.values()
            for text in each
        )
        found = []
        for language in dict.fromkeys(miss.language for miss in kept):
            those = [miss for miss in kept if miss.language == language]
            places = groups([miss.question for miss in those], common)
            found += [Group(tuple(those[place] for place in group)) for group in places]
        return sorted(found, key=lambda group: -len(group.misses))

    async def _show(self, turn: Turn) -> None:
        words, found = turn.words, await self._groups()
        if not found:
            turn.say(words("Every question had an answer. 🎉"))
            return
        rows = tuple(
            (Button(f"{len(group.misses)}× {group.first.question[:50]}", f"{_OPEN}:{group.first.id}"),)
            for group in found[:MOST_GROUPS]
        )
        text = words.plural(
            "{number} question had no answer. Tap one to teach me.",
            "{number} questions had no answer. Tap one to teach me.",
            sum(len(group.misses) for group in found),
        )
        turn.say(text, rows)

    async def _found(self, turn: Turn, number: str) -> Group | None:
        """The group of the question that a button names."""
        for group in await self._groups():
            if any(str(miss.id) == number for miss in group.misses):
                return group
        turn.pop_up = turn.words("This question is not there any more.")
        return None

    async def _open(self, turn: Turn) -> None:
        group = await self._found(turn, turn.argument)
        if group is None:
            return
        words, number = turn.words, group.first.id
        lines = "\n".join(f"• {wording[:LONGEST]}" for wording in group.wordings[:MOST_WORDINGS])
        waiting = sum(miss.tell for miss in group.misses)
        wait = words.plural(
            "{number} person wants to hear of an answer.",
            "{number} people want to hear of an answer.",
            waiting,
        )
        ask = words("Which answer fits? The first wording is added to it, once you have published that.")
        rows: list[tuple[Button, ...]] = [
            (
                Button(
                    f"➕ {localized(entry.title, words.language, self._live.knowledge.default_language)}",
                    f"{_TEACH}:{number}:{entry.id}",
                ),
            )
            for entry in self._guesses(group, turn)
        ]
        rows.append(
            (Button(words("New answer"), f"{_NEW}:{number}"), Button(words("Drop"), f"{_DROP}:{number}"))
        )
        turn.say("\n\n".join(filter(None, [lines, wait if waiting else "", ask])), tuple(rows))

    def _guesses(self, group: Group, turn: Turn) -> Sequence[Entry]:
        """What the bot offered when it was asked, and what it would offer now."""
        knowledge: Knowledge = self._live.knowledge
        asked = turn.assistant.explain(
            group.first.question, Conversation(language=group.first.language), turn.moment
        )
        offered = [guess for miss in group.misses for guess in miss.guesses]
        names = dict.fromkeys([*offered, *asked.suggestions, *(match.id for match in asked.entries.matches)])
        return [knowledge.entries[name] for name in names if name in knowledge.entries][:MOST_GUESSES]

    async def _teach(self, turn: Turn) -> None:
        number, _, name = turn.argument.partition(":")
        group = await self._found(turn, number)
        if group is None:
            return
        first = group.first
        edit = Edit(Do.SAY, name, "questions", first.language, _one_line(first.question))
        await self._drafting.propose(turn, Change((edit,)), [(miss, name) for miss in group.ids])

    async def _make_new(self, turn: Turn) -> None:
        group = await self._found(turn, turn.argument)
        if group is not None:
            wordings = [_one_line(text) for text in group.wordings[:MOST_WORDINGS]]
            self._adding.begin(turn, wordings, group.ids, group.first.language)

    async def _drop(self, turn: Turn) -> None:
        group = await self._found(turn, turn.argument)
        if group is not None:
            turn.also(lambda connection: misses.drop(connection, group.ids))
            turn.say(turn.words("Dropped."))


def _one_line(text: str) -> str:
    return " ".join(text.split())
