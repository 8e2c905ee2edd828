"""Indexes for claiming: SQLite takes a partial index only for the very condition that the query names."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.drop_index("deliveries_open", "deliveries")
    for name, columns, state in (
        ("deliveries_waiting", ["chat_id", "lane", "id"], "queued"),
        ("deliveries_sending", ["chat_id"], "sending"),
    ):
        condition = sa.text(f"state = '{state}'")
        op.create_index(name, "deliveries", columns, sqlite_where=condition, postgresql_where=condition)
