"""Questions that participants ask people, the organizers' chat, and the topics in it."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "inquiries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("answer", sa.Text),
        sa.Column("card", sa.String(100), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
    )
    op.create_index("inquiries_chat", "inquiries", ["chat_id"])
    op.create_index("inquiries_state", "inquiries", ["state"])
    op.create_table(
        "desks",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("setting", sa.BigInteger),
    )
    op.create_table(
        "topics",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    for name in ("topics", "desks", "inquiries"):
        op.drop_table(name)
