"""Contributions are filed under guiding questions by hand

Revises: 0007
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contribution") as changing:
        changing.add_column(sa.Column("answers", sa.Integer(), nullable=True))
        changing.add_column(sa.Column("filed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
