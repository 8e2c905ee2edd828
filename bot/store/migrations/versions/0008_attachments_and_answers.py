"""Files on their way to somebody, and how often what was answered."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
    )
    op.create_index("attachments_made", "attachments", ["made_at"])
    op.create_table(
        "answers",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("language", sa.String(3), primary_key=True),
        sa.Column("outcome", sa.String(12), primary_key=True),
        sa.Column("topic", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("answers")
    op.drop_table("attachments")
