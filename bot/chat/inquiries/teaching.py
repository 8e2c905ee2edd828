"""'Add to the knowledge': an organizer's answer becomes an entry of an admin's draft."""

from telegram.constants import ChatType

from bot.assistant.reply import Button
from bot.chat.inquiries.card import TEACH
from bot.chat.inquiries.naming import number_in
from bot.chat.render import message
from bot.chat.staff.adding import Adding
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn, remembered_in
from bot.store import inquiries
from bot.store.database import Database
from bot.store.inquiries import Inquiry
from bot.store.roles import Role


def teaching(database: Database, adding: Adding) -> Feature:
    """The feature, for admins. In the organizers' chat it sends them to their private chat first."""

    async def teach(turn: Turn) -> None:
        number = number_in(turn.argument)
        inquiry = await database.read(lambda c: inquiries.read(c, number) if number else None)
        chat = turn.update.effective_chat
        if inquiry is None or not inquiry.answer:
            turn.pop_up = turn.words("This question is not kept any more.")
        elif chat and chat.type == ChatType.PRIVATE:
            spoken = await database.read(lambda c: remembered_in(c, inquiry.chat_id))
            language = spoken.language or spoken.guessed_language or ""
            adding.begin(turn, [inquiry.question], language=language, answer=inquiry.answer)
        else:
            _invite(turn, inquiry)

    return Feature(Role.ADMIN, presses={TEACH: teach}, private=False)


def _invite(turn: Turn, inquiry: Inquiry) -> None:
    if turn.person_id is None:
        return
    text = turn.words(
        "“{question}”\n\n{answer}\n\nShall I add this to the knowledge?",
        question=inquiry.question,
        answer=inquiry.answer,
    )
    button = Button(turn.words("Add to the knowledge"), f"{TEACH}:{inquiry.id}")
    turn.send(message(turn.person_id, text[:4000], ((button,),)))
    turn.pop_up = turn.words("I have written to you in our private chat.")
