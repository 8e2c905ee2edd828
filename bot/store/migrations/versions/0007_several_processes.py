"""Several processes share the inbox; a source of deliveries is tried, paused, stopped and paid for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

PAID = -(2**63)  # the budget of messages that are paid for
_paces = sa.table(
    "paces",
    sa.column("chat_id", sa.BigInteger),
    sa.column("owed_until", sa.Float),
    sa.column("paused_until", sa.Float),
)


def upgrade() -> None:
    op.add_column("updates", sa.Column("claimed_by", sa.String(32)))
    op.add_column("updates", sa.Column("claimed_until", sa.DateTime(timezone=True)))
    op.create_table(
        "sources",
        sa.Column("source", sa.String(100), primary_key=True),
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("paid", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.bulk_insert(_paces, [{"chat_id": PAID, "owed_until": 0.0, "paused_until": 0.0}])


def downgrade() -> None:
    op.execute(_paces.delete().where(_paces.c.chat_id == PAID))
    op.drop_table("sources")
    op.drop_column("updates", "claimed_until")
    op.drop_column("updates", "claimed_by")
