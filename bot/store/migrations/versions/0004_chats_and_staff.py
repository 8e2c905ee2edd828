"""Who the bot may write to, who is staff, who was invited, and what staff did."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("username", sa.String(64)),
        sa.Column("language_code", sa.String(16)),
        sa.Column("country", sa.String(64)),
        sa.Column("joined_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("gone_at", Moment),
        sa.Column("gone_why", sa.Text),
    )
    op.create_table(
        "memberships",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("group", sa.String(40), primary_key=True),
        sa.Column("given_by", sa.BigInteger),
        sa.Column("given_at", Moment, nullable=False),
    )
    op.create_table(
        "roles",
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("given_by", sa.BigInteger),
        sa.Column("given_at", Moment, nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("token_sha256", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(12)),
        sa.Column("group", sa.String(40)),
        sa.Column("language", sa.String(3)),
        sa.Column("made_by", sa.BigInteger),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("expires_at", Moment),
        sa.Column("uses_left", sa.Integer),
    )
    op.create_table(
        "steps",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for name in ("audit", "steps", "invitations", "roles", "memberships", "chats"):
        op.drop_table(name)
