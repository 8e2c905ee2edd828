"""The first tables: inbox, conversations, deliveries, paces, photo file ids, the copy of the knowledge."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_counter = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_moment = sa.DateTime(timezone=True)


def _index(table: str, columns: list[str], *, name: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    _inbox()
    _outbox()
    op.create_table(
        "conversations",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(3)),
        sa.Column("guessed_language", sa.String(3)),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("updated_at", _moment, nullable=False),
    )
    op.create_table(
        "photo_files",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("file_id", sa.Text, nullable=False),
    )
    op.create_table(
        "knowledge_copies",
        sa.Column("revision", sa.String(64), primary_key=True),
        sa.Column("archive", sa.LargeBinary, nullable=False),
        sa.Column("saved_at", _moment, nullable=False),
    )


def _inbox() -> None:
    op.create_table(
        "updates",
        sa.Column("position", _counter, primary_key=True),
        sa.Column("update_id", sa.BigInteger, unique=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("raw", sa.Text),
        sa.Column("received_at", _moment, nullable=False),
    )
    _index("updates", ["chat_id", "position"], name="updates_queued", where="state = 'queued'")
    op.create_index("updates_received", "updates", ["received_at"])


def _outbox() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _counter, primary_key=True),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("lane", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("method", sa.String(64), nullable=False),
        sa.Column("params", sa.JSON, nullable=False),
        sa.Column("photos", sa.JSON, nullable=False),
        sa.Column("question_message_id", sa.BigInteger),
        sa.Column("attempts", sa.SmallInteger, nullable=False),
        sa.Column("not_before", _moment),
        sa.Column("expires_at", _moment),
        sa.Column("claimed_by", sa.String(32)),
        sa.Column("claimed_until", _moment),
        sa.Column("message_ids", sa.JSON),
        sa.Column("error", sa.Text),
        sa.Column("created_at", _moment, nullable=False),
        sa.UniqueConstraint("source", "chat_id", "part"),
    )
    _index("deliveries", ["lane", "id"], name="deliveries_queued", where="state = 'queued'")
    columns = ["chat_id", "state", "lane", "id"]
    _index("deliveries", columns, name="deliveries_open", where="state in ('queued', 'sending')")
    op.create_index("deliveries_question", "deliveries", ["chat_id", "question_message_id"])
    op.create_index("deliveries_created", "deliveries", ["created_at"])
    paces = op.create_table(
        "paces",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("owed_until", sa.Float(53), nullable=False),
        sa.Column("paused_until", sa.Float(53), nullable=False),
    )
    op.bulk_insert(paces, [{"chat_id": 0, "owed_until": 0.0, "paused_until": 0.0}])
