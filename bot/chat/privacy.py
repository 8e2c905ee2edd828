"""`/privacy`, `/mydata` and `/forget`: what is kept about a person, all of it, and none of it any more."""

import json

from bot.assistant.reply import Button
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.store import personal
from bot.store.database import Database
from bot.store.roles import Role

_MINE, _FORGET = "mydata", "forget"
_SURE = "yes"


class Privacy:
    """The feature, for everybody."""

    def __init__(self, database: Database, *, question_days: int, purge_days: int) -> None:
        """So many days questions without an answer are kept, and everything after the programme."""
        self._database = database
        self._question_days = question_days
        self._purge_days = purge_days

    def feature(self) -> Feature:
        """Its commands and buttons."""
        return Feature(
            Role.PARTICIPANT,
            commands={"privacy": self._explain, "mydata": self._send_all, "forget": self._ask},
            presses={_MINE: self._send_all, _FORGET: self._press},
            for_strangers=True,
        )

    async def _explain(self, turn: Turn) -> None:
        words = turn.words
        lines = [
            words("What I keep about you:"),
            words(
                "• your name and language in Telegram, your group and country, "
                "and the reminders that you chose"
            ),
            words("• what you wrote to me, for two days, so that nothing is lost when I am restarted"),
            words(
                "• questions that I could not answer, for {days} days, so that people can add the answer",
                days=self._question_days,
            ),
            words("• what I sent you, for 30 days, and your ratings, which organizers see without your name"),
            words("All of it is deleted {days} days after the programme.", days=self._purge_days),
        ]
        buttons = (
            (Button(words("Send me my data"), f"{_MINE}:all"),),
            (Button(words("Delete my data"), f"{_FORGET}:ask"),),
        )
        turn.say("\n".join(lines), buttons)

    async def _send_all(self, turn: Turn) -> None:
        found = await self._database.read(lambda connection: personal.collect(connection, turn.chat_id))
        data = json.dumps(found, indent=2, ensure_ascii=False, default=str).encode()
        turn.attach("my-data.json", data, turn.words("This is all that I keep about you."))

    async def _press(self, turn: Turn) -> None:
        if turn.argument == _SURE:
            await self._forget(turn)
        else:
            await self._ask(turn)

    async def _ask(self, turn: Turn) -> None:
        words = turn.words
        if turn.role > Role.PARTICIPANT:
            turn.say(words("You are staff. First ask an admin to take your role away (/admins)."))
            return
        text = words(
            "Shall I delete all that I know about you, with reminders and what waits to be sent? "
            "This cannot be undone."
        )
        if turn.let_in and turn.assistant.knowledge.programme.invitation_only:
            again = words("Afterwards you need a new link, or an organizer has to let you in again.")
            text = f"{text}\n\n{again}"
        turn.say(text, ((Button(words("Yes, delete it"), f"{_FORGET}:{_SURE}"),),))

    async def _forget(self, turn: Turn) -> None:
        """Says so in a pop-up: a message would be kept, and be the first thing to remember."""
        if turn.role > Role.PARTICIPANT:
            await self._ask(turn)
            return
        turn.also(lambda connection: personal.erase(connection, turn.chat_id))
        turn.pop_up = turn.words("Done. I have forgotten you. If you write to me again, we start afresh.")
