"""Who is let in while the programme is for the invited only."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "admissions",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("card", sa.String(100)),
        sa.Column("given_by", sa.BigInteger),
        sa.Column("changed_at", Moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("admissions")
