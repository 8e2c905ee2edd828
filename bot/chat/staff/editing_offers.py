"""What an entry offers next: topics found by words and chosen by button, or taken away."""

from bot.assistant.reply import Button, Conversation
from bot.chat.staff.drafting import Drafting
from bot.chat.staff.entry_card import key
from bot.chat.turn import Turn
from bot.knowledge.editing.change import Change, Do, Edit
from bot.knowledge.model import Entry, Knowledge, localized
from bot.store.steps import Step


class Offers:
    """Changes the follow-ups of an entry in the admin's draft."""

    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting

    async def show(self, turn: Turn, entry: Entry, _: str, __: Knowledge) -> None:
        """Asks what to offer, and shows what is offered now."""
        turn.step = Step("edit.follow", {"id": entry.id})
        words = turn.words
        rows = tuple(
            (Button(f"❌ {name}", f"edit-unfollow:{entry.id}:{key(name)}"),) for name in entry.follow_ups
        )
        text = words("Type a question whose answer should be offered next as a button. Tap one to remove it.")
        turn.say(text, (*rows, (Button(words("Cancel"), "edit-cancel"),)))

    async def take(self, turn: Turn) -> None:
        """Offers the topics that the words lead to."""
        text = (turn.update.message and turn.update.message.text) or ""
        reply = turn.assistant.ask(text, Conversation(language=turn.words.language), turn.moment)
        knowledge = await self._drafting.knowledge(turn)
        names = dict.fromkeys([text.strip(), reply.id or "", *reply.suggestions])
        known = [name for name in names if name in knowledge.entries or name in knowledge.sites]
        if not known:
            turn.say(turn.words("I found nothing for these words. Try others."))
            return
        rows = tuple((Button(_title(name, knowledge, turn), f"edit-offer:{name}"),) for name in known[:6])
        turn.say(turn.words("Which one?"), rows)

    async def press(self, turn: Turn) -> None:
        """A topic was chosen."""
        if turn.step is None or turn.step.name != "edit.follow":
            turn.pop_up = turn.words("This is over. Start again with /edit.")
            return
        edit = Edit(Do.APPEND, turn.step.state["id"], "follow_ups", value=turn.argument)
        if await self._drafting.propose(turn, Change((edit,))):
            turn.step = None

    async def remove(self, turn: Turn, entry: Entry, _: str, __: Knowledge) -> None:
        """Takes away the topic that a button names."""
        wanted = turn.argument.rpartition(":")[2]
        edits = tuple(
            Edit(Do.REMOVE, entry.id, "follow_ups", value=name)
            for name in entry.follow_ups
            if key(name) == wanted
        )
        await self._drafting.propose(turn, Change(edits))


def _title(name: str, knowledge: Knowledge, turn: Turn) -> str:
    entry = knowledge.entries.get(name)
    texts = entry.title if entry else knowledge.sites[name].name
    return localized(texts, turn.words.language, knowledge.default_language)
