"""When Telegram last refused a message, and at what share of the pace: the bot goes on slower."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("paces", sa.Column("slowed_at", sa.Float(53), nullable=False, server_default="0"))
    op.add_column("paces", sa.Column("slowed_from", sa.Float(53), nullable=False, server_default="1"))


def downgrade() -> None:
    for name in ("slowed_from", "slowed_at"):
        op.drop_column("paces", name)
