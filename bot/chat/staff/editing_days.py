"""The days on which an entry is answered: the first, then the last, by button or typed."""

from datetime import date, timedelta

from bot.assistant.reply import Button
from bot.chat.staff.drafting import Drafting
from bot.chat.staff.entry_card import validity_text
from bot.chat.turn import Turn
from bot.knowledge.editing.change import Change, Do, Edit
from bot.knowledge.model import Entry, Knowledge
from bot.store.steps import Step

MOST_DAYS = 31  # as buttons
_ANY = "any"


class Days:
    """Asks for both days and puts them into the draft."""

    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting

    async def show(self, turn: Turn, entry: Entry, _: str, __: Knowledge) -> None:
        """Asks for the first day."""
        turn.step = Step("edit.from", {"id": entry.id})
        words = turn.words
        now = words("This is answered now: {when}", when=validity_text(entry.valid, words))
        from_when = words("From which day on? Choose, or type it as 2030-05-21.")
        _ask(turn, f"{now}\n\n{from_when}")

    async def press(self, turn: Turn) -> None:
        """A day was chosen."""
        if turn.step is None or turn.step.name not in {"edit.from", "edit.until"}:
            turn.pop_up = turn.words("This is over. Start again with /edit.")
            return
        await self._choose(turn, turn.argument)

    async def take(self, turn: Turn) -> None:
        """A day was typed."""
        await self._choose(turn, ((turn.update.message and turn.update.message.text) or "").strip())

    async def _choose(self, turn: Turn, text: str) -> None:
        day = _day(text)
        if day is None and text != _ANY:
            turn.say(turn.words("I do not understand this day. Type it as 2030-05-21."))
            return
        state = dict(turn.step.state) if turn.step else {}
        chosen = day.isoformat() if day else ""
        if turn.step and turn.step.name == "edit.from":
            turn.step = Step("edit.until", {**state, "from": chosen})
            _ask(turn, turn.words("Until which day, that day included?"))
            return
        days = {name: value for name, value in (("from", state["from"]), ("until", chosen)) if value}
        do = Edit(Do.SET, state["id"], "valid", value=days) if days else Edit(Do.CLEAR, state["id"], "valid")
        if await self._drafting.propose(turn, Change((do,))):
            turn.step = None


def _ask(turn: Turn, text: str) -> None:
    words, programme = turn.words, turn.assistant.knowledge.programme
    number = min((programme.ends - programme.starts).days + 1, MOST_DAYS)
    days = [programme.starts + timedelta(at) for at in range(number)]
    buttons = [Button(words.short_day(day), f"edit-day:{day.isoformat()}") for day in days]
    rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    last = (Button(words("No limit"), f"edit-day:{_ANY}"), Button(words("Cancel"), "edit-cancel"))
    turn.say(text, (*rows, last))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
