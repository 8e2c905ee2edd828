"""What was answered in groups lately."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "group_answers",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(120), primary_key=True),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("said_at", Moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("group_answers")
