"""/human and the button 'Ask a person': a participant writes one message, and hears where it stands."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection
from telegram import Message

from bot.assistant.office import office_line
from bot.assistant.reply import Button
from bot.chat.inquiries.card import LONGEST, Cards, cut
from bot.chat.inquiries.desk import recipients
from bot.chat.inquiries.earlier import earlier_questions
from bot.chat.inquiries.naming import number_in, replied_number
from bot.chat.render import message
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.outbox.call import Call
from bot.store import inquiries
from bot.store.database import Database
from bot.store.roles import Role
from bot.store.steps import Step

HUMAN, LAST, STOP, MORE = "human", "human-last", "human-stop", "human-more"
_STEP = "inquiry.text"
_LONGEST_QUOTE = 300  # characters


def asking(database: Database, settled: Mapping[int, Role]) -> tuple[Feature, Feature]:
    """The features: one for private chats, one for groups. `settled` are the settings' roles."""
    acts = _Asking(database, settled)
    private = Feature(
        Role.PARTICIPANT,
        commands={HUMAN: acts.begin},
        presses={HUMAN: acts.begin, LAST: acts.send_last, STOP: acts.stop, MORE: acts.begin_more},
        steps={_STEP: acts.take},
        look=acts.take_reply,
    )
    return private, Feature(Role.PARTICIPANT, presses={HUMAN: _refer}, private=False)


async def _refer(turn: Turn) -> None:
    """In a group: how to reach a person."""
    turn.reply(turn.assistant.command(HUMAN, turn.conversation, turn.moment))


class _Asking:
    """Acts of who asks."""

    def __init__(self, database: Database, settled: Mapping[int, Role]) -> None:
        self._database = database
        self._settled = settled

    async def begin(self, turn: Turn) -> None:
        """Asks for the question, or sends the one that came with the command."""
        if not await self._database.read(lambda connection: recipients(connection, self._settled)):
            await _refer(turn)
        elif turn.argument:
            self._send(turn, turn.argument)
        else:
            await self._ask_for_it(turn, None)

    async def begin_more(self, turn: Turn) -> None:
        """Asks for what somebody still wants to know about an inquiry."""
        await self._ask_for_it(turn, number_in(turn.argument))

    async def send_last(self, turn: Turn) -> None:
        """Sends the question that was asked of the bot last."""
        asked = await self._database.read(lambda c: earlier_questions(c, turn.chat_id, 1))
        if asked:
            self._send(turn, asked[0])
        else:
            await self._ask_for_it(turn, None)

    async def stop(self, turn: Turn) -> None:
        """Asks nobody after all."""
        turn.step = None
        turn.say(turn.words("All right. You can go on asking me."))

    async def take(self, turn: Turn) -> None:
        """The message that was asked for."""
        if written := turn.update.message:
            number = turn.step.state.get("inquiry") if turn.step else None
            self._send(turn, _words_of(written), number=number, attached=_attached(written))

    async def take_reply(self, turn: Turn) -> bool:
        """What somebody replies to an answer of the organizers."""
        number, written = replied_number(turn, MORE), turn.update.message
        if number is None or written is None:
            return False
        self._send(turn, _words_of(written), number=number, attached=_attached(written))
        return True

    async def _ask_for_it(self, turn: Turn, number: int | None) -> None:
        asked = await self._database.read(lambda c: earlier_questions(c, turn.chat_id, 1))
        turn.step = Step(_STEP, {"inquiry": number} if number else {})
        stop = Button(turn.words("Never mind"), STOP)
        if asked and number is None:
            text = turn.words(
                "I can pass this on to the organizers, with your name and language:\n\n“{question}”\n\n"
                "Or write your question in one message; a picture is fine, too.",
                question=cut(asked[0], _LONGEST_QUOTE),
            )
            turn.say(text, ((Button(turn.words("Pass it on"), LAST),), (stop,)))
            return
        text = turn.words(
            "Write your question for the organizers in one message; a picture is fine, too. "
            "They see your name and language."
        )
        turn.say(text, ((stop,),))

    def _send(self, turn: Turn, text: str, *, number: int | None = None, attached: int | None = None) -> None:
        turn.step = None
        turn.decide(lambda connection: self._pass_on(connection, turn, text, number, attached))

    def _pass_on(
        self, connection: Connection, turn: Turn, text: str, number: int | None, attached: int | None
    ) -> Sequence[Call]:
        found = inquiries.read(connection, number) if number else None
        if found is None or found.chat_id != turn.chat_id:  # forged, or forgotten
            found = inquiries.waiting_of(connection, turn.chat_id)
        question = text or turn.words("(without words)")
        if found:
            inquiries.ask_more(connection, found.id, question, turn.moment)
        inquiry_id = found.id if found else inquiries.make(connection, turn.chat_id, question, turn.moment)
        inquiry = inquiries.read(connection, inquiry_id)
        if inquiry:
            cards = Cards(turn.assistant, self._settled)
            cards.show(connection, inquiry, str(turn.update.update_id), attached)
        office = office_line(turn.assistant.knowledge.programme, turn.moment, turn.words)
        sent = turn.words("I have passed your question on to the organizers. Their answer will come here.")
        return [message(turn.chat_id, "\n\n".join(filter(None, [sent, office])))]


def _words_of(written: Message) -> str:
    return written.text or written.caption or ""


def _attached(written: Message) -> int | None:
    """The message itself when it is more than a text that fits on a card."""
    return None if written.text and len(written.text) <= LONGEST else written.message_id
