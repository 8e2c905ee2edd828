"""An invitation says where those come from who open it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("invitations", sa.Column("country", sa.String(2)))


def downgrade() -> None:
    op.drop_column("invitations", "country")
