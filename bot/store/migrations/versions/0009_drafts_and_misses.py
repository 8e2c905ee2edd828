"""What admins have not published yet, and the questions that had no answer."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("nonce", sa.String(12), nullable=False),
        sa.Column("edits", sa.JSON, nullable=False),
        sa.Column("archive", sa.LargeBinary),
        sa.Column("removed", sa.JSON, nullable=False),
        sa.Column("misses", sa.JSON, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
    )
    op.create_table(
        "misses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("guesses", sa.JSON, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("tell", sa.Boolean, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.UniqueConstraint("chat_id", "message_id"),
    )
    op.create_index("misses_asked", "misses", ["asked_at"])


def downgrade() -> None:
    op.drop_table("misses")
    op.drop_table("drafts")
