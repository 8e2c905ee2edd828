"""What is shown of a broadcast in an organizer's chat, at whatever stage it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.broadcasts.calls import calls_for
from bot.broadcasts.cards import Card, draft_card, report_rows, running_rows
from bot.broadcasts.content import Content
from bot.broadcasts.facts import draft_facts
from bot.broadcasts.kept import from_json
from bot.broadcasts.report import Progress, progress_text, report_text
from bot.broadcasts.sending import seconds_for
from bot.knowledge.model import Knowledge
from bot.locales import Words, words_in
from bot.outbox import sources
from bot.outbox.budgets import waiting_until
from bot.outbox.call import Call
from bot.outbox.delivery import Lane, enqueue
from bot.store import conversations
from bot.store.broadcasts import BroadcastRow, BroadcastState, Purpose

Message = Callable[[int, str, Sequence[Sequence[Button]]], Call]
"""Makes the call that sends a text with buttons to a chat."""

_OPEN = (BroadcastState.DRAFT, BroadcastState.SCHEDULED)
_RUNNING = (BroadcastState.SENDING, BroadcastState.PAUSED)


@dataclass(frozen=True, slots=True)
class Showing:
    """Shows broadcasts by the knowledge that is live."""

    knowledge: Callable[[], Knowledge]
    message: Message

    @property
    def default_language(self) -> str:
        """The language of those who read none of the programme's."""
        return self.knowledge().default_language

    @property
    def zone(self) -> ZoneInfo:
        """The participants' time zone."""
        return ZoneInfo(self.knowledge().programme.time_zone)

    def words(self, connection: Connection, chat_id: int) -> Words:
        """The bot's words in the language of an organizer's chat."""
        row = conversations.read(connection, chat_id)
        language = (row.language or row.guessed_language) if row else None
        return words_in(language or self.default_language)

    def card(self, connection: Connection, row: BroadcastRow, words: Words, now: datetime) -> Card:
        """The text and the buttons that fit its stage. `now` is the host's."""
        if row.state in _OPEN:
            facts = draft_facts(connection, row, self.default_language)
            return draft_card(facts, self.knowledge().programme.languages, self.zone, words)
        progress = Progress(sources.tally(connection, row.source))
        if row.state in _RUNNING:
            text = self.progress(connection, row, progress, words, now)
            return Card(text, running_rows(row, progress, words))
        return Card(report_text(row, progress, words), report_rows(row, progress, words))

    def progress(
        self, connection: Connection, row: BroadcastRow, progress: Progress, words: Words, now: datetime
    ) -> str:
        """How far it has come. `now` is the host's."""
        content = from_json(Content, row.content) if row.content else Content(self.default_language)
        until = waiting_until(connection, now)
        local = until.astimezone(self.zone) if until else None
        return progress_text(
            row,
            progress,
            words,
            seconds_left=seconds_for(progress.left, content, paid=row.paid),
            waits_until=words.time(local.timetz()) if local else None,
        )

    def preview(self, row: BroadcastRow, chat_id: int, language: str | None = None) -> list[Call]:
        """The very calls that a participant will get, in the default language unless another is given."""
        if row.purpose not in {Purpose.ANNOUNCE, Purpose.CORRECT} or not row.content:
            return []
        content = from_json(Content, row.content)
        receipt = row.id if row.asks_receipt else None
        return calls_for(content, chat_id, language or content.language, receipt=receipt, silent=row.silent)

    def shown(
        self,
        connection: Connection,
        row: BroadcastRow,
        chat_id: int,
        now: datetime,
        *,
        preview: bool = False,
        over: int | None = None,
    ) -> list[Call]:
        """The card, after the preview if wanted, or in place of the message `over`."""
        card = self.card(connection, row, self.words(connection, chat_id), now)
        before = self.preview(row, chat_id) if preview else []
        return [*before, self.call(card, chat_id, over)]

    def offer(
        self, connection: Connection, row: BroadcastRow, chat_ids: Sequence[int], now: datetime
    ) -> None:
        """Queues a draft that the bot itself has made for each of these organizers."""
        for chat_id in chat_ids:
            calls = self.shown(connection, row, chat_id, now, preview=True)
            enqueue(connection, f"news:{row.id}:{row.nonce}", calls, Lane.REMINDER)

    def call(self, card: Card, chat_id: int, over: int | None = None) -> Call:
        """The call that sends a card, or puts it in place of the message `over`."""
        call = self.message(chat_id, card.text, card.rows)
        if over is None:
            return call
        return replace(call, method="editMessageText", params={"message_id": over, **call.params})
