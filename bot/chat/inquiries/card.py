"""How organizers see an inquiry: who asks what, what they asked before, and where it stands."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Button
from bot.chat.inquiries.desk import recipients
from bot.chat.inquiries.earlier import earlier_questions
from bot.chat.inquiries.naming import SOURCE
from bot.chat.render import message
from bot.chat.staff.commands import words_for
from bot.chat.staff.people import described, name_of
from bot.chat.topics import TOPIC
from bot.chat.turn import remembered_in
from bot.locales import Words
from bot.outbox.call import Call
from bot.outbox.delivery import DeliveryState, enqueue
from bot.outbox.sources import copies
from bot.store import inquiries
from bot.store.inquiries import Inquiry, InquiryState
from bot.store.roles import Role

TAKE, BACK, AGAIN = "inquiry-take", "inquiry-back", "inquiry-again"
"""Verbs of the buttons; each card has one of them, so that a reply to it is known to be about it."""
TEACH = "inquiry-teach"
LONGEST = 2500  # characters of a question on a card
_LONGEST_EARLIER = 200  # characters
_MOST_EARLIER = 3


class Cards:
    """Writes cards. `settled` are the settings' roles, by numeric id."""

    def __init__(self, assistant: Assistant, settled: Mapping[int, Role]) -> None:
        self._assistant = assistant
        self._settled = settled

    def show(
        self, connection: Connection, inquiry: Inquiry, source: str, attached: int | None = None
    ) -> None:
        """Sends the card to the organizers, and with it the message `attached` of who asks, if any."""
        card = f"{SOURCE}{inquiry.id}:{source}"
        inquiries.set_card(connection, inquiry.id, card)
        for chat_id in recipients(connection, self._settled):
            shown = self.card(connection, inquiry, chat_id)
            calls = [shown]
            if attached is not None:
                calls.append(copy(inquiry.chat_id, attached, to=shown))
            enqueue(connection, card, calls)

    def update(self, connection: Connection, inquiry: Inquiry) -> None:
        """Changes the cards that were sent, where they still can be changed."""
        there = recipients(connection, self._settled)
        for sent in copies(connection, inquiry.card, {DeliveryState.SENT}):
            if sent.part or sent.chat_id not in there:
                continue
            card = self.card(connection, inquiry, sent.chat_id)
            params = {name: value for name, value in card.params.items() if name != TOPIC}
            edit = Call(sent.chat_id, "editMessageText", {**params, "message_id": sent.message_ids[0]})
            enqueue(connection, f"{inquiry.card}:{inquiry.changed_at.timestamp()}", [edit])

    def card(self, connection: Connection, inquiry: Inquiry, chat_id: int) -> Call:
        """The card in the language of a chat of organizers."""
        words = words_for(connection, chat_id, self._assistant)
        spoken = remembered_in(connection, inquiry.chat_id)
        language = spoken.language or spoken.guessed_language or self._assistant.knowledge.default_language
        who = described(connection, inquiry.chat_id, words)
        lines = [
            words("Question {number}", number=inquiry.id),
            words("{person}, reads {language}", person=who, language=words.name_of(language)),
            "",
            cut(inquiry.question, LONGEST),
            *_earlier(connection, inquiry, words),
            "",
            _standing(connection, inquiry, words),
        ]
        shown = message(chat_id, "\n".join(lines), _buttons(inquiry, words))
        topic = {"person_id": inquiry.chat_id, "name": name_of(connection, inquiry.chat_id, words)}
        return Call(chat_id, shown.method, {**shown.params, TOPIC: topic}) if chat_id < 0 else shown


def copy(chat_id: int, message_id: int, *, to: Call) -> Call:
    """A message again, under the buttons and in the place of another one."""
    under = {name: to.params[name] for name in ("reply_markup", TOPIC) if name in to.params}
    return Call(to.chat_id, "copyMessage", {"from_chat_id": chat_id, "message_id": message_id, **under})


def cut(text: str, longest: int) -> str:
    """The beginning of a text that is too long."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def _earlier(connection: Connection, inquiry: Inquiry, words: Words) -> Sequence[str]:
    asked = earlier_questions(connection, inquiry.chat_id, _MOST_EARLIER + 1)
    before = [text for text in asked if text != inquiry.question][:_MOST_EARLIER]
    lines = [f"• {cut(' '.join(text.split()), _LONGEST_EARLIER)}" for text in reversed(before)]
    return ["", words("Asked me before:"), *lines] if lines else []


def _standing(connection: Connection, inquiry: Inquiry, words: Words) -> str:
    who = name_of(connection, inquiry.person_id, words) if inquiry.person_id else ""
    if inquiry.state is InquiryState.TAKEN:
        return words("👀 {person} is on it. Reply to this message to answer.", person=who)
    if inquiry.state is InquiryState.ANSWERED:
        return words("✅ Answered by {person}. Reply to this message to add something.", person=who)
    return words("🟡 Open. Reply to this message to answer.")


def _buttons(inquiry: Inquiry, words: Words) -> list[tuple[Button, ...]]:
    if inquiry.state is InquiryState.TAKEN:
        return [(Button(words("Leave it to others"), f"{BACK}:{inquiry.id}"),)]
    if inquiry.state is InquiryState.OPEN:
        return [(Button(words("I am on it"), f"{TAKE}:{inquiry.id}"),)]
    teach = [(Button(words("Add to the knowledge"), f"{TEACH}:{inquiry.id}"),)] if inquiry.answer else []
    return [(Button(words("Open it again"), f"{AGAIN}:{inquiry.id}"),), *teach]
