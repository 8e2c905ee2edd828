"""What follows when a message about an inquiry did not arrive, or perhaps not: nobody waits for nothing."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from bot.assistant.assistant import Assistant
from bot.chat.inquiries.card import Cards
from bot.chat.inquiries.desk import recipients
from bot.chat.inquiries.naming import SOURCE, number_in
from bot.chat.render import message
from bot.chat.staff.commands import words_for
from bot.chat.staff.people import name_of
from bot.outbox.call import Call
from bot.outbox.delivery import Delivery, DeliveryState
from bot.outbox.outcome import NOTICE
from bot.store import desks, inquiries
from bot.store.inquiries import Inquiry
from bot.store.roles import Role


class Undelivered:
    """Decides whom to tell what. `settled` are the settings' roles, by numeric id."""

    def __init__(self, settled: Mapping[int, Role]) -> None:
        self._settled = settled

    def tell(
        self, connection: Connection, delivery: Delivery, state: DeliveryState, assistant: Assistant
    ) -> Sequence[Call]:
        """The calls to send. A question that its chat cannot get goes to each organizer instead."""
        number = number_in(delivery.source.removeprefix(SOURCE).partition(":")[0])
        inquiry = inquiries.read(connection, number) if number else None
        if inquiry is None or delivery.call.method.startswith("edit"):
            return []
        if delivery.call.chat_id == inquiry.chat_id:
            return self._answer_lost(connection, inquiry, state, assistant)
        if state is DeliveryState.UNREACHABLE and delivery.source == inquiry.card:
            return self._elsewhere(connection, inquiry, delivery, assistant)
        words = words_for(connection, delivery.call.chat_id, assistant)
        text = words("A question from a participant may not have arrived here. /questions shows what waits.")
        return [message(delivery.call.chat_id, text)]

    def _answer_lost(
        self, connection: Connection, inquiry: Inquiry, state: DeliveryState, assistant: Assistant
    ) -> list[Call]:
        calls = []
        for chat_id in recipients(connection, self._settled):
            words = words_for(connection, chat_id, assistant)
            values = {"number": inquiry.id, "person": name_of(connection, inquiry.chat_id, words)}
            if state is DeliveryState.IN_DOUBT:
                text = words("Question {number}: I do not know whether {person} got my message.", **values)
            else:
                text = words("Question {number}: {person} did not get my message.", **values)
            calls.append(message(chat_id, text))
        return calls

    def _elsewhere(
        self, connection: Connection, inquiry: Inquiry, delivery: Delivery, assistant: Assistant
    ) -> list[Call]:
        if desks.read(connection) == delivery.call.chat_id:
            desks.choose(connection, None)
        there = [chat for chat in recipients(connection, self._settled) if chat != delivery.call.chat_id]
        if there:
            inquiries.set_card(connection, inquiry.id, f"{NOTICE}{delivery.source}")
        cards = Cards(assistant, self._settled)
        return [cards.card(connection, inquiry, chat_id) for chat_id in there]
