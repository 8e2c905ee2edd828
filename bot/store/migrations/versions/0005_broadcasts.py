"""Broadcasts, who has understood them, and which schedule participants know."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("about", sa.BigInteger),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("audience", sa.JSON, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("asks_receipt", sa.Boolean, nullable=False),
        sa.Column("for_newcomers", sa.Boolean, nullable=False),
        sa.Column("paid", sa.Boolean, nullable=False),
        sa.Column("changes", sa.JSON),
        sa.Column("nonce", sa.String(16), nullable=False),
        sa.Column("made_by", sa.BigInteger),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("show_at", Moment),
        sa.Column("send_at", Moment),
        sa.Column("started_by", sa.BigInteger),
        sa.Column("started_at", Moment),
        sa.Column("ended_at", Moment),
        sa.Column("shown", sa.Text),
        sa.Column("looks", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("watched", sa.JSON),
    )
    op.create_index("broadcasts_state", "broadcasts", ["state"])
    op.create_table(
        "receipts",
        sa.Column("broadcast_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("given_at", Moment, nullable=False),
    )
    op.create_table(
        "known_schedules",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("seen", sa.String(64), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
    )


def downgrade() -> None:
    for name in ("known_schedules", "receipts", "broadcasts"):
        op.drop_table(name)
