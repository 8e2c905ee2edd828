"""What participants thought of the sessions."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "ratings",
        sa.Column("session", sa.String(40), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("stars", sa.SmallInteger, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("given_at", Moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("ratings")
