"""One update being handled: who asked, what is remembered of the chat, and what goes out."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from telegram import Update

from bot.assistant.assistant import Assistant
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Conversation, Reminders, Reply
from bot.chat.in_groups import brief, is_group, said_before
from bot.chat.languages import known_language
from bot.chat.perform import ATTACHED
from bot.chat.placing import placed
from bot.chat.render import messages, render
from bot.chat.revise import revise
from bot.chat.unwanted import call_off_unwanted
from bot.chat.updates import person_id_in, seen_in
from bot.inbox import Writes
from bot.locales import Words, words_in
from bot.outbox.call import Call
from bot.outbox.delivery import cancel_answers, enqueue, sent_for
from bot.store import attachments, chats, conversations, steps
from bot.store.conversations import ConversationRow
from bot.store.roles import Role
from bot.store.steps import Step

Decide = Callable[[Connection], Sequence[Call]]
"""Acts in a transaction, which may run twice, the first time undone, and says what to send."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the database knows when an update comes in."""

    conversation: Conversation
    role: Role = Role.PARTICIPANT  # of who wrote or pressed, by their numeric id
    step: Step | None = None  # what they are in the middle of in this chat
    let_in: bool = True  # whether answers go to this chat; not so for strangers to the invited only


class Turn:
    """A handler reads it and replies through it. Nothing is written before `write`."""

    def __init__(
        self,
        update: Update,
        assistant: Assistant,
        *,
        chat_id: int,
        source: str,
        remembered: Remembered,
        moment: datetime,
    ) -> None:
        """`source` names the update among deliveries; `moment` is the present, an aware datetime."""
        self.update = update
        self.chat_id = chat_id
        self.assistant = assistant
        self.moment = moment
        self.role = remembered.role
        self.let_in = remembered.let_in
        self.step = remembered.step  # another one to be asked for next, None to close it
        self.argument = ""  # what follows the name of a command, the verb of a button, the prefix of a link
        self.pop_up: str | None = None  # shown over the chat when a press ends, at most 200 characters
        user = update.effective_user
        self.person_id = person_id_in(update)  # of who wrote or pressed
        self.conversation = with_guess(
            remembered.conversation, user.language_code if user else None, assistant
        )
        self._source = source
        self._remembered = remembered
        self._calls: list[Call] = []
        self._works: list[Writes] = []
        self._decisions: list[Decide] = []

    @property
    def words(self) -> Words:
        """The bot's words in the language of this conversation."""
        return words_of(self.conversation, self.assistant)

    @property
    def zone(self) -> ZoneInfo:
        """The programme's time zone."""
        return ZoneInfo(self.assistant.knowledge.programme.time_zone)

    @property
    def reader(self) -> Reader:
        """The view of who reads this conversation, of all sessions."""
        return Reader.of(self.assistant.knowledge, self.words.language, self.moment)

    @property
    def has_new_language(self) -> bool:
        """Whether the bot's words are in another language than those that the chat read last."""
        before = words_of(self._remembered.conversation, self.assistant)
        return self.words.language != before.language

    def reply(self, reply: Reply) -> None:
        """Answers, and goes on with the reply's conversation."""
        self.conversation = reply.conversation
        if not is_group(self.update):
            self._calls += render(reply, self.chat_id)
            return
        calls = render(brief(reply, self.update.get_bot().username, self.words), self.chat_id)
        self.decide(
            lambda connection: (
                said_before(
                    connection, reply, self.update, source=self._source, now=self.moment, words=self.words
                )
                or calls
            )
        )

    def say(self, text: str, buttons: Sequence[Sequence[Button]] = ()) -> None:
        """Answers with words of the bot's own, which are not Markdown."""
        self._calls += messages(self.chat_id, text, buttons)

    def send(self, call: Call) -> None:
        """Has a call sent after what was said before."""
        self._calls.append(call)

    def attach(self, name: str, data: bytes, caption: str = "", *, method: str = "sendDocument") -> None:
        """Sends a file that was made for this person; with `sendPhoto` as a picture."""
        sha256 = hashlib.sha256(data).hexdigest()
        kept = {"sha256": sha256, "name": name}
        self.also(lambda connection: attachments.write(connection, sha256, data, self.moment))
        self.send(Call(self.chat_id, method, {"caption": caption, ATTACHED: kept}))

    def also(self, work: Writes) -> None:
        """Has `work` done in the transaction of `write`."""
        self._works.append(work)

    def decide(self, decide: Decide) -> None:
        """Sends what `decide` finds in the transaction of `write`, where nobody else can be faster."""
        self._decisions.append(decide)

    def write(self, connection: Connection) -> None:
        """Remembers the conversation and queues what goes out, in the caller's transaction."""
        if seen := seen_in(self.update):
            chats.note_seen(connection, seen, self.moment)
        if self.step != self._remembered.step and self.person_id is not None:
            steps.write(connection, self.chat_id, self.person_id, self.step, self.moment)
        if self.conversation != self._remembered.conversation:
            wish = self._remembered.conversation.reminders
            call_off_unwanted(connection, self.chat_id, wish, self.conversation.reminders)
            conversations.write(connection, self.chat_id, _row(self.conversation), self.moment)
        decided = [call for decide in self._decisions for call in decide(connection)]
        both = [*self._calls, *decided]
        own = [call for call in both if call.chat_id == self.chat_id]
        others = [call for call in both if call.chat_id != self.chat_id]  # no answers to the question
        calls, edited = placed(own, self.update), self.update.edited_message
        if edited and calls:
            sent = sent_for(connection, self.chat_id, edited.message_id)
            cancel_answers(connection, self.chat_id, edited.message_id)
            calls = revise(sent, calls)
        asked = self.update.message or edited
        question = asked.message_id if asked else None
        enqueue(connection, self._source, calls, question_message_id=question)
        enqueue(connection, f"{self._source}:others", others)
        for work in self._works:
            work(connection)


def remembered_in(connection: Connection, chat_id: int) -> Conversation:
    """What is remembered of a chat."""
    row, groups = conversations.read(connection, chat_id), tuple(sorted(chats.groups_of(connection, chat_id)))
    if row is None:
        return Conversation(groups=groups)
    return Conversation(
        groups=groups,
        language=row.language,
        guessed_language=row.guessed_language,
        topics=row.topics,
        misses=row.misses,
        reminders=Reminders(
            before=row.remind_before,
            evening=row.remind_evening,
            morning=row.remind_morning,
            quiet=row.quiet,
            since=row.reminders_since,
        ),
    )


def words_of(conversation: Conversation, assistant: Assistant) -> Words:
    """The bot's words in the language of a conversation."""
    chosen = conversation.language or conversation.guessed_language
    return words_in(chosen or assistant.knowledge.default_language)


def with_guess(conversation: Conversation, language_code: str | None, assistant: Assistant) -> Conversation:
    """A language that nobody chose or guessed yet is the one of the person's Telegram, if we speak it."""
    if conversation.language or conversation.guessed_language:
        return conversation
    languages = assistant.knowledge.programme.languages
    return replace(conversation, guessed_language=known_language(language_code, languages))


def _row(conversation: Conversation) -> ConversationRow:
    return ConversationRow(
        language=conversation.language,
        guessed_language=conversation.guessed_language,
        topics=conversation.topics,
        misses=conversation.misses,
        remind_before=conversation.reminders.before,
        remind_evening=conversation.reminders.evening,
        remind_morning=conversation.reminders.morning,
        quiet=conversation.reminders.quiet,
        reminders_since=conversation.reminders.since,
    )
