"""Calendars that phones subscribe to: how often each event has changed, and the addresses."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "event_versions",
        sa.Column("session_id", sa.String(40), primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("facts", sa.String(64), nullable=False),
        sa.Column("session", sa.JSON, nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("since", Moment, nullable=False),
    )
    op.create_table(
        "feeds",
        sa.Column("token", sa.String(32), primary_key=True),
        sa.Column("groups", sa.String(500), nullable=False, unique=True),
    )


def downgrade() -> None:
    for name in ("feeds", "event_versions"):
        op.drop_table(name)
