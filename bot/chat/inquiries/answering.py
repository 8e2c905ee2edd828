"""What organizers do with inquiries: take one, answer by a reply, open it again, list what waits."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection
from telegram import Message

from bot.assistant.reply import Button
from bot.chat.inquiries.asking import MORE
from bot.chat.inquiries.card import AGAIN, BACK, TAKE, Cards, copy, cut
from bot.chat.inquiries.naming import SOURCE, number_in, replied_number
from bot.chat.render import message
from bot.chat.staff.commands import words_for
from bot.chat.staff.feature import Act, Feature
from bot.chat.staff.people import name_of
from bot.chat.turn import Turn
from bot.chat.typed import typed_markdown
from bot.outbox.call import Call
from bot.outbox.delivery import enqueue
from bot.store import chats, inquiries
from bot.store.database import Database
from bot.store.inquiries import Inquiry, InquiryState
from bot.store.roles import Role

SHOW = "inquiry-show"
MOST_LISTED = 20
_LONGEST_QUOTE = 120  # characters
_OPEN, _TAKEN, _ANSWERED = InquiryState.OPEN, InquiryState.TAKEN, InquiryState.ANSWERED


def answering(database: Database, settled: Mapping[int, Role]) -> tuple[Feature, Feature]:
    """The features: what organizers do, and what others hear who try. `settled` are the settings' roles."""
    acts = _Answering(database, settled)
    return (
        Feature(
            Role.ORGANIZER,
            commands={"questions": acts.list_waiting},
            presses={
                TAKE: acts.changing(_OPEN, _TAKEN),
                BACK: acts.changing(_TAKEN, _OPEN),
                AGAIN: acts.changing(_ANSWERED, _OPEN),
                SHOW: acts.show,
            },
            look=acts.answer,
            private=False,
        ),
        Feature(Role.PARTICIPANT, look=_refuse, private=False),
    )


async def _refuse(turn: Turn) -> bool:
    """Somebody without the role replies to a card."""
    if replied_number(turn, TAKE, BACK, AGAIN) is None:
        return False
    turn.say(turn.words("I pass on only what organizers reply. An admin can make you one: /admins."))
    return True


class _Answering:
    """Acts of organizers."""

    def __init__(self, database: Database, settled: Mapping[int, Role]) -> None:
        self._database = database
        self._settled = settled

    def changing(self, old: InquiryState, new: InquiryState) -> Act:
        """What a button does that puts an inquiry from one state into another."""

        async def press(turn: Turn) -> None:
            number = number_in(turn.argument)
            inquiry = await self._database.read(lambda c: inquiries.read(c, number) if number else None)
            if inquiry is None:
                turn.pop_up = turn.words("This question is not kept any more.")
                return
            if inquiry.state is not old:
                turn.pop_up = turn.words("This has changed meanwhile.")
            turn.decide(lambda connection: self._change(connection, turn, inquiry.id, old, new))

        return press

    async def answer(self, turn: Turn) -> bool:
        """Passes on what an organizer replies to a card."""
        number = replied_number(turn, TAKE, BACK, AGAIN)
        if number is None:
            return False
        if turn.update.edited_message:
            turn.say(
                turn.words("I do not pass edits on. To correct your answer, reply to the question again.")
            )
        else:
            turn.decide(lambda connection: self._answer(connection, turn, number))
        return True

    async def list_waiting(self, turn: Turn) -> None:
        """What waits for an answer, with a button to show each."""
        found = await self._database.read(lambda connection: inquiries.waiting(connection, MOST_LISTED))
        if not found:
            turn.say(turn.words("No question waits for an answer."))
            return
        lines = await self._database.read(lambda c: [_line(c, inquiry, turn) for inquiry in found])
        buttons = [Button(str(inquiry.id), f"{SHOW}:{inquiry.id}") for inquiry in found]
        title = turn.words("These questions wait for an answer. Choose one to see it and to reply.")
        rows = [tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5)]
        turn.say("\n\n".join([title, *lines]), rows)

    async def show(self, turn: Turn) -> None:
        """Shows a card here."""
        number = number_in(turn.argument)

        def show(connection: Connection) -> Sequence[Call]:
            inquiry = inquiries.read(connection, number) if number else None
            if inquiry is None:
                return [message(turn.chat_id, turn.words("This question is not kept any more."))]
            return [self._cards(turn).card(connection, inquiry, turn.chat_id)]

        turn.decide(show)

    def _cards(self, turn: Turn) -> Cards:
        return Cards(turn.assistant, self._settled)

    def _change(
        self, connection: Connection, turn: Turn, number: int, old: InquiryState, new: InquiryState
    ) -> Sequence[Call]:
        done = inquiries.change(connection, number, old, new, by=turn.person_id, now=turn.moment)
        inquiry = inquiries.read(connection, number)
        if inquiry is None:
            return []
        self._cards(turn).update(connection, inquiry)
        theirs = words_for(connection, inquiry.chat_id, turn.assistant)
        told = {
            (_OPEN, _TAKEN): theirs("An organizer is looking into your question."),
            (_ANSWERED, _OPEN): theirs("The organizers are looking into your question again."),
        }.get((old, new))
        return [message(inquiry.chat_id, told)] if done and told else []

    def _answer(self, connection: Connection, turn: Turn, number: int) -> Sequence[Call]:
        inquiry, written = inquiries.read(connection, number), turn.update.message
        if inquiry is None or written is None:
            return [message(turn.chat_id, turn.words("This question is not kept any more."))]
        name = name_of(connection, inquiry.chat_id, turn.words)
        chat = chats.read(connection, inquiry.chat_id)
        if chat and chat.gone_at:
            text = turn.words("I cannot reach {person} any more: they have blocked me or left.", person=name)
            return [message(turn.chat_id, text)]
        first = self._tell(connection, inquiry, turn, written)
        words = typed_markdown(written)
        inquiries.answer(connection, number, words, by=turn.person_id, now=turn.moment)
        if answered := inquiries.read(connection, number):
            self._cards(turn).update(connection, answered)
        return [message(turn.chat_id, turn.words("Passed on to {person}.", person=name))] if first else []

    def _tell(self, connection: Connection, inquiry: Inquiry, turn: Turn, written: Message) -> bool:
        """The answer as a message of the bot's. The pictures of an album share one line above them.

        Returns whether it is the first of its album, or none.
        """
        words = words_for(connection, inquiry.chat_id, turn.assistant)
        quote = cut(" ".join(inquiry.question.split()), _LONGEST_QUOTE)
        above = message(inquiry.chat_id, words("The organizers answer “{question}”:", question=quote))
        source = f"{SOURCE}{inquiry.id}:{written.media_group_id or turn.update.update_id}:answer"
        first = enqueue(connection, source, [above]) > 0
        more = message(inquiry.chat_id, "", ((Button(words("Ask further"), f"{MORE}:{inquiry.id}"),),))
        answer = copy(turn.chat_id, written.message_id, to=more)
        enqueue(connection, f"{SOURCE}{inquiry.id}:{turn.update.update_id}", [answer])
        return first


def _line(connection: Connection, inquiry: Inquiry, turn: Turn) -> str:
    words, at = turn.words, inquiry.asked_at.astimezone(turn.zone)
    values = {
        "number": inquiry.id,
        "person": name_of(connection, inquiry.chat_id, words),
        "day": words.short_day(at.date()),
        "time": words.time(at.time()),
        "question": cut(" ".join(inquiry.question.split()), _LONGEST_QUOTE),
    }
    if inquiry.state is InquiryState.TAKEN and inquiry.person_id:
        other = name_of(connection, inquiry.person_id, words)
        return words(
            "{number}. {person}, {day} {time}, taken by {other}: “{question}”", other=other, **values
        )
    return words("{number}. {person}, {day} {time}: “{question}”", **values)
