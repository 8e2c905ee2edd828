"""`/edit`: an admin changes one entry by conversation, without seeing YAML."""

from collections.abc import Awaitable, Callable, Sequence

from rapidfuzz import fuzz, process

from bot.assistant.reply import Button, Conversation
from bot.chat.raw_bot import RawBot
from bot.chat.staff import editing_days, editing_offers, editing_pictures
from bot.chat.staff.drafting import Drafting
from bot.chat.staff.entry_card import card, key
from bot.chat.staff.feature import Act, Feature
from bot.chat.turn import Turn
from bot.chat.typed import typed_markdown
from bot.knowledge.editing.change import Change, Do, Edit
from bot.knowledge.model import Entry, Knowledge, localized
from bot.store.roles import Role
from bot.store.steps import Step

MOST_FOUND = 6
LIKE = 70
"""WRatio (0–100, rapidfuzz) from which a title is offered for what was typed."""
LONGEST = 4_000  # UTF-16 units of a text that goes into one message
_TEXTS = {"answer": "edit.answer", "title": "edit.title"}
"""Field → the step that waits for its new text."""

OnEntry = Callable[[Turn, Entry, str, Knowledge], Awaitable[None]]
"""Acts on an entry, in a language."""


class Editing:
    """The feature, for admins. What they change goes into their draft."""

    def __init__(self, bot: RawBot, drafting: Drafting) -> None:
        self._drafting = drafting
        self._pictures = editing_pictures.Pictures(bot, drafting)
        self._days = editing_days.Days(drafting)
        self._offers = editing_offers.Offers(drafting)

    def feature(self) -> Feature:
        """Its command, buttons and steps."""
        return Feature(
            Role.ADMIN,
            commands={"edit": self._start},
            presses={
                "edit-in": self._show_category,
                "edit-open": self._on(self._show),
                "edit-answer": self._on(_ask_answer),
                "edit-title": self._on(_ask_title),
                "edit-say": self._on(_show_phrasings),
                "edit-drop": self._on(self._drop_phrasing),
                "edit-photo": self._on(self._pictures.show),
                "edit-unphoto": self._on(self._pictures.remove),
                "edit-valid": self._on(self._days.show),
                "edit-day": self._days.press,
                "edit-follow": self._on(self._offers.show),
                "edit-offer": self._offers.press,
                "edit-unfollow": self._on(self._offers.remove),
                "edit-real": self._on(self._make_real),
                "edit-cancel": _cancel,
            },
            steps={
                "edit.find": self._find,
                "edit.answer": self._take_text,
                "edit.title": self._take_text,
                "edit.say": self._take_phrasings,
                "edit.photo": self._pictures.take,
                "edit.from": self._days.take,
                "edit.until": self._days.take,
                "edit.follow": self._offers.take,
            },
        )

    async def _start(self, turn: Turn) -> None:
        if turn.argument:
            await self._find_words(turn, turn.argument)
            return
        knowledge, words = turn.assistant.knowledge, turn.words
        buttons = [
            Button(
                localized(each.title, words.language, knowledge.default_language),
                f"edit-in:{each.entries[0].id}",
            )
            for each in knowledge.categories
        ]
        turn.step = Step("edit.find")
        text = words("Which answer do you want to change? Type a few words of it, or choose a topic.")
        turn.say(text, tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)))

    async def _show_category(self, turn: Turn) -> None:
        for category in turn.assistant.knowledge.categories:
            if category.entries[0].id == turn.argument:
                _offer(turn, turn.words("Which one?"), category.entries)
                return
        turn.pop_up = turn.words("This topic is not there any more.")

    async def _find(self, turn: Turn) -> None:
        await self._find_words(turn, (turn.update.message and turn.update.message.text) or "")

    async def _find_words(self, turn: Turn, text: str) -> None:
        knowledge = await self._drafting.knowledge(turn)
        if text.strip() in knowledge.entries:
            await self._show(turn, knowledge.entries[text.strip()], _language(turn, ""), knowledge)
            return
        found = found_entries(turn, text, knowledge)
        if found:
            _offer(turn, turn.words("Which one do you mean?"), found)
        else:
            turn.step = Step("edit.find")
            turn.say(turn.words("I found no such answer. Try other words, or make a new one with /add."))

    def _on(self, act: OnEntry) -> Act:
        """An act on the entry and the language that a button names."""

        async def pressed(turn: Turn) -> None:
            name, _, language = turn.argument.partition(":")
            knowledge = await self._drafting.knowledge(turn)
            if name not in knowledge.entries:
                turn.pop_up = turn.words("This answer is not there any more.")
                return
            await act(turn, knowledge.entries[name], _language(turn, language.partition(":")[0]), knowledge)

        return pressed

    async def _show(self, turn: Turn, entry: Entry, language: str, knowledge: Knowledge) -> None:
        turn.step = None
        text, rows = card(entry, language, knowledge, turn.words)
        turn.say(text, rows)

    async def _take_text(self, turn: Turn) -> None:
        message, state = turn.update.message, turn.step.state if turn.step else {}
        text = typed_markdown(message) if message else ""
        if not text:
            turn.say(turn.words("Please send it as a text."))
            return
        field = "answer" if turn.step and turn.step.name == "edit.answer" else "title"
        edit = Edit(Do.TEXT, state["id"], field, state["language"], text)
        if await self._drafting.propose(turn, Change((edit,))):
            turn.step = None

    async def _take_phrasings(self, turn: Turn) -> None:
        message, state = turn.update.message, turn.step.state if turn.step else {}
        lines = [line.strip() for line in ((message and message.text) or "").splitlines() if line.strip()]
        if not lines:
            turn.say(turn.words("Please send it as a text."))
            return
        edits = tuple(Edit(Do.SAY, state["id"], "questions", state["language"], line) for line in lines)
        if await self._drafting.propose(turn, Change(edits)):
            turn.step = None

    async def _drop_phrasing(self, turn: Turn, entry: Entry, language: str, _: Knowledge) -> None:
        wanted = turn.argument.rpartition(":")[2]
        found = [text for text in entry.questions.get(language, ()) if key(text) == wanted]
        edits = tuple(Edit(Do.UNSAY, entry.id, "questions", language, text) for text in found)
        await self._drafting.propose(turn, Change(edits))

    async def _make_real(self, turn: Turn, entry: Entry, _: str, __: Knowledge) -> None:
        await self._drafting.propose(turn, Change((Edit(Do.CLEAR, entry.id, "sample"),)))


def found_entries(turn: Turn, text: str, knowledge: Knowledge) -> list[Entry]:
    """Entries that a question of these words leads to, or whose titles or ids look like them."""
    reply = turn.assistant.ask(text, Conversation(language=turn.words.language), turn.moment)
    titles = {
        (name, title): title
        for name, entry in knowledge.entries.items()
        for title in (name, *entry.title.values())
    }
    alike = process.extract(text, titles, scorer=fuzz.WRatio, score_cutoff=LIKE, limit=MOST_FOUND)
    names = [reply.id or "", *reply.suggestions, *(found[2][0] for found in alike)]
    return [knowledge.entries[name] for name in dict.fromkeys(names) if name in knowledge.entries][
        :MOST_FOUND
    ]


def cancel_button(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """A way out of a step."""
    return ((Button(turn.words("Cancel"), "edit-cancel"),),)


async def _cancel(turn: Turn) -> None:
    turn.step = None
    turn.pop_up = turn.words("Nothing has changed.")


def _language(turn: Turn, language: str) -> str:
    """The language to edit: the one asked for, else the admin's own, if the programme has it."""
    languages = turn.assistant.knowledge.programme.languages
    return next((code for code in (language, turn.words.language) if code in languages), languages[0])


def _offer(turn: Turn, text: str, entries: Sequence[Entry]) -> None:
    language, default = turn.words.language, turn.assistant.knowledge.default_language
    titles = {entry.id: localized(entry.title, language, default) for entry in entries}
    turn.say(text, tuple((Button(title, f"edit-open:{name}"),) for name, title in titles.items()))


async def _ask_answer(turn: Turn, entry: Entry, language: str, _: Knowledge) -> None:
    name = turn.words.name_of(language)
    _ask_text(
        turn, entry, language, "answer", turn.words("Send the new answer in {language}.", language=name)
    )


async def _ask_title(turn: Turn, entry: Entry, language: str, _: Knowledge) -> None:
    name = turn.words.name_of(language)
    text = turn.words("Send the new title in {language}: two to four words for a button.", language=name)
    _ask_text(turn, entry, language, "title", text)


def _ask_text(turn: Turn, entry: Entry, language: str, field: str, request: str) -> None:
    now = (entry.answer if field == "answer" else entry.title).get(language, "").strip()
    if now:
        turn.say(turn.words("This is how it is written now; you can copy it:"))
        if len(now.encode("utf-16-le")) // 2 <= LONGEST:
            turn.say(now)
        else:
            turn.attach(f"{entry.id}.txt", now.encode())
    turn.step = Step(_TEXTS[field], {"id": entry.id, "language": language})
    turn.say(request, cancel_button(turn))


async def _show_phrasings(turn: Turn, entry: Entry, language: str, _: Knowledge) -> None:
    texts, words = entry.questions.get(language, ()), turn.words
    turn.step = Step("edit.say", {"id": entry.id, "language": language})
    name = words.name_of(language)
    listed = "\n".join(f"• {text}" for text in texts) or words("There are none in {language}.", language=name)
    request = words("Send new ones, one on each line, as people would really ask. Tap one to remove it.")
    rows = tuple(
        (Button(f"❌ {text[:50]}", f"edit-drop:{entry.id}:{language}:{key(text)}"),) for text in texts[:30]
    )
    turn.say(f"{listed[:3_000]}\n\n{request}", (*rows, *cancel_button(turn)))
