"""Reminders: what each chat wants, and which were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("remind_before", sa.SmallInteger),
        sa.Column("remind_evening", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("remind_morning", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("quiet", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("reminders_since", _moment),
    ):
        op.add_column("conversations", column)
    op.create_table(
        "reminders",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("subject", sa.String(40), primary_key=True),
        sa.Column("starts_at", _moment, primary_key=True),
        sa.Column("state", sa.String(8), nullable=False),
    )
    op.create_index("reminders_starts", "reminders", ["starts_at"])
