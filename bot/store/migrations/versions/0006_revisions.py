"""Every version of the knowledge, in place of a copy of the last good folder."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.drop_table("knowledge_copies")
    op.create_table(
        "revisions",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("made_by", sa.BigInteger),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
    )
    op.create_index("revisions_sha256", "revisions", ["sha256"])
    op.create_table(
        "revision_files",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("revision_files")
    op.drop_table("revisions")
    op.create_table(
        "knowledge_copies",
        sa.Column("revision", sa.String(64), primary_key=True),
        sa.Column("archive", sa.LargeBinary, nullable=False),
        sa.Column("saved_at", Moment, nullable=False),
    )
