"""Contributions: deletions can be undone where the platform can

Revises: 0001
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contribution") as table:
        table.add_column(
            sa.Column("standing", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False, server_default="")
        )
    op.create_index("ix_contribution_thread", "contribution", ["place_id", "thread"])
    # What is withdrawn in a database from before stays withdrawn.
    op.execute("UPDATE contribution SET standing = '~' WHERE withdrawn_at IS NOT NULL")
