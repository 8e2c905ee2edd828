"""The tables. Ids are BIGINT, moments are UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.clock import system_clock

metadata = MetaData()

_Counter = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up by itself only in an INTEGER


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC: SQLite drops the zone, so it is given back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


updates = Table(
    "updates",
    metadata,
    Column("position", _Counter, primary_key=True),  # the order in which they came in
    Column("update_id", BigInteger, unique=True),  # Telegram's; null when it could not be read
    Column("chat_id", BigInteger, nullable=False),  # those of one chat are handled one at a time
    Column("state", String(12), nullable=False),  # queued, done or quarantined
    Column("raw", Text),  # as it was received; forgotten after two days
    Column("claimed_by", String(32)),  # the process that handles it, or was the last to
    Column("claimed_until", Moment),  # if still queued after this, that process has died
    Column("received_at", Moment, nullable=False, default=system_clock),
    Index(
        "updates_queued",
        "chat_id",
        "position",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index("updates_received", "received_at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(3)),  # chosen by the person
    Column("guessed_language", String(3)),
    Column("topics", JSON, nullable=False),  # ids talked about last, the newest first
    Column("misses", Integer, nullable=False),  # unknown replies in a row
    Column("remind_before", SmallInteger),  # minutes before each session; null for no such reminder
    Column("remind_evening", Boolean, nullable=False, default=False),  # tomorrow's plan
    Column("remind_morning", Boolean, nullable=False, default=False),  # today's plan
    Column("quiet", Boolean, nullable=False, default=True),  # reminders at night make no sound
    Column("reminders_since", Moment),  # the latest choice among them, by the participants' clock
    Column("updated_at", Moment, nullable=False, default=system_clock, onupdate=system_clock),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _Counter, primary_key=True),
    Column("source", String(100), nullable=False),  # what it is sent for, such as update:123
    Column("chat_id", BigInteger, nullable=False),
    Column("part", Integer, nullable=False),  # place among the messages of one source in one chat
    Column("lane", SmallInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("method", String(64), nullable=False),
    Column("params", JSON, nullable=False),
    Column("photos", JSON, nullable=False),
    Column("question_message_id", BigInteger),  # the message that it answers
    Column("attempts", SmallInteger, nullable=False, default=0),
    Column("not_before", Moment),  # when to try again; null for at once
    Column("expires_at", Moment),  # no use after this
    Column("claimed_by", String(32)),  # the sender that is sending it, or was the last to
    Column("claimed_until", Moment),  # if still sending after this, its sender has died
    Column("message_ids", JSON),  # Telegram's ids of what was sent
    Column("error", Text),  # why it was not sent
    Column("created_at", Moment, nullable=False, default=system_clock),
    UniqueConstraint("source", "chat_id", "part"),
    Index(
        "deliveries_queued",
        "lane",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "deliveries_waiting",
        "chat_id",
        "lane",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "deliveries_sending",
        "chat_id",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index("deliveries_question", "chat_id", "question_message_id"),
    Index("deliveries_created", "created_at"),
)

paces = Table(
    "paces",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),  # 0 is the whole bot
    Column("owed_until", Float(53), nullable=False),  # seconds since 1970: GCRA's theoretical arrival time
    Column("paused_until", Float(53), nullable=False),  # seconds since 1970: Telegram asked us to wait
    # For the whole bot: when Telegram last refused a message (seconds since 1970), at what share of the pace.
    Column("slowed_at", Float(53), nullable=False, server_default="0"),
    Column("slowed_from", Float(53), nullable=False, server_default="1"),
)

sources = Table(
    "sources",
    metadata,
    Column("source", String(100), primary_key=True),  # of deliveries that are paused or stopped as a whole
    Column("standing", String(12), nullable=False),
    Column("paid", Boolean, nullable=False),  # goes out faster, for Stars
    Column("reason", Text),  # why it stands so
)

reminders = Table(
    "reminders",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(8), primary_key=True),  # before, evening or morning
    Column("subject", String(40), primary_key=True),  # a session's id, or a day such as 2016-10-11
    Column("starts_at", Moment, primary_key=True),  # of the session, or of the day
    Column("state", String(8), nullable=False),  # queued: handed to the outbox; late: dropped
    Index("reminders_starts", "starts_at"),
)

event_versions = Table(
    "event_versions",
    metadata,
    Column("session_id", String(40), primary_key=True),
    Column("sequence", Integer, nullable=False),  # how often it has changed
    Column("facts", String(64), nullable=False),  # a hash of what its event in a calendar is made of
    Column("session", JSON, nullable=False),  # as it was
    Column("cancelled", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("token", String(32), primary_key=True),  # in the address of a calendar
    Column("groups", String(500), nullable=False, unique=True),  # parted by commas; empty for everybody
)

photo_files = Table(
    "photo_files",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),  # file ids hold for one bot only
    Column("sha256", String(64), primary_key=True),
    Column("file_id", Text, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # the newest one is live
    Column("sha256", String(64), nullable=False),  # of all files
    Column("files", JSON, nullable=False),  # name in the knowledge folder → hash of the content
    Column("origin", String(12), nullable=False),
    Column("made_by", BigInteger),  # null for the folder
    Column("made_at", Moment, nullable=False),
    Column("summary", Text, nullable=False),  # how it differs from the one before
    Index("revisions_sha256", "sha256"),
)

revision_files = Table(
    "revision_files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),  # a participant's is their own id
    Column("kind", String(12), nullable=False),  # private, group, supergroup or channel
    Column("name", String(64), nullable=False),
    Column("username", String(64)),
    Column("language_code", String(16)),  # of the person's Telegram
    Column("country", String(64)),  # its ISO 3166 code
    Column("joined_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),  # the last time that they wrote or pressed, to the hour
    Column("gone_at", Moment),  # the bot cannot write there any more
    Column("gone_why", Text),
)

memberships = Table(
    "memberships",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group", String(40), primary_key=True),  # a group that sessions name
    Column("given_by", BigInteger),  # the organizer; null when the person came by a link
    Column("given_at", Moment, nullable=False),
)

roles = Table(
    "roles",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(12), nullable=False),  # organizer or admin
    Column("given_by", BigInteger),
    Column("given_at", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_sha256", String(64), primary_key=True),  # the token itself is not kept
    Column("role", String(12)),  # that it gives, if any
    Column("group", String(40)),  # that it leads into, if any
    Column("language", String(3)),
    Column("country", String(2)),
    Column("made_by", BigInteger),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("uses_left", Integer),  # null for any number
)

admissions = Table(
    "admissions",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),  # a participant's is their own id
    Column("standing", String(12), nullable=False),
    Column("card", String(100)),  # source of the deliveries that ask the organizers
    Column("given_by", BigInteger),  # the organizer; null for who came by a link
    Column("changed_at", Moment, nullable=False),
)

steps = Table(
    "steps",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(40), nullable=False),  # what the person was asked for
    Column("state", JSON, nullable=False),  # what was given so far
    Column("asked_at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", _Counter, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person_id", BigInteger),  # null for the bot itself
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", _Counter, primary_key=True),
    Column("purpose", String(12), nullable=False),  # announce, correct, recall or nudge
    Column("state", String(12), nullable=False),
    Column("about", BigInteger),  # the broadcast that this one corrects, recalls or follows
    Column("content", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("silent", Boolean, nullable=False, default=False),
    Column("asks_receipt", Boolean, nullable=False, default=False),  # has a button 'Understood'
    Column("for_newcomers", Boolean, nullable=False, default=False),  # who joins later sees it, too
    Column("paid", Boolean, nullable=False, default=False),  # goes out faster, for Stars
    Column("changes", JSON),  # what moved in the schedule, when it is about that
    Column("nonce", String(16), nullable=False),  # of the draft as it stands: what a press must name
    Column("made_by", BigInteger),  # null for the bot itself
    Column("made_at", Moment, nullable=False),
    Column("show_at", Moment),  # when the draft is shown, once its album is whole
    Column("send_at", Moment),  # by the participants' clock
    Column("started_by", BigInteger),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Column("shown", Text),  # the progress that the organizer sees
    Column("looks", Integer, nullable=False, default=0),  # how often that was changed
    Column("error", Text),  # why it was stopped
    Column("watched", JSON),  # the message that lists who has not confirmed, and what it shows
    Index("broadcasts_state", "state"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("broadcast_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("given_at", Moment, nullable=False),
)

known_schedules = Table(
    "known_schedules",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),  # one row
    Column("told", JSON, nullable=False),  # the schedule that participants have been told of, or will be
    Column("seen", String(64), nullable=False),  # the revision that was live at the last look
    Column("seen_at", Moment, nullable=False),  # since when
)

attachments = Table(
    "attachments",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
    Index("attachments_made", "made_at"),
)

answers = Table(
    "answers",
    metadata,
    Column("day", String(10), primary_key=True),  # such as 2016-10-11, by the participants' clock
    Column("language", String(3), primary_key=True),
    Column("outcome", String(12), primary_key=True),
    Column("topic", String(40), primary_key=True),  # empty for none
    Column("number", Integer, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("nonce", String(12), nullable=False),  # of the draft as it stands: what a press must name
    Column("edits", JSON, nullable=False),
    Column("archive", LargeBinary),  # files as a ZIP archive
    Column("removed", JSON, nullable=False),  # names of files that go
    Column("misses", JSON, nullable=False),  # ids of questions, each with that of its answer
    Column("made_at", Moment, nullable=False),
)

misses = Table(
    "misses",
    metadata,
    Column("id", _Counter, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("language", String(3), nullable=False),  # in which it was answered
    Column("guesses", JSON, nullable=False),  # ids, the best first
    Column("state", String(8), nullable=False),
    Column("tell", Boolean, nullable=False),  # the chat wants to hear of an answer
    Column("asked_at", Moment, nullable=False),
    UniqueConstraint("chat_id", "message_id"),
    Index("misses_asked", "asked_at"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("session", String(40), primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("stars", SmallInteger, nullable=False),  # 1 to 5
    Column("comment", Text),
    Column("given_at", Moment, nullable=False),
)

group_answers = Table(
    "group_answers",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("subject", String(120), primary_key=True),  # what was answered, and in which topic of a forum
    Column("source", String(100), nullable=False),  # of the deliveries
    Column("said_at", Moment, nullable=False),
)

inquiries = Table(
    "inquiries",
    metadata,
    Column("id", _Counter, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),  # the private chat of who asks
    Column("question", Text, nullable=False),  # the latest
    Column("state", String(8), nullable=False),  # open, taken or answered
    Column("person_id", BigInteger),  # who took or answered it
    Column("answer", Text),  # the latest answer's words, as Markdown
    Column("card", String(100), nullable=False),  # source of the deliveries that show it to organizers
    Column("asked_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("inquiries_chat", "chat_id"),
    Index("inquiries_state", "state"),
)

desks = Table(
    "desks",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),  # one row
    Column("chat_id", BigInteger),  # the organizers' chat; null for none
    Column("setting", BigInteger),  # what the settings said when it was last set by them
)

topics = Table(
    "topics",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),  # a group with topics
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),  # whom the topic is about
    Column("thread_id", BigInteger, nullable=False),  # Telegram's id of the topic
)
