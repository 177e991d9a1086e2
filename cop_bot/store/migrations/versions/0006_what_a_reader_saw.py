"""Contributions tell others' words from their author's, and talk from contributions

Revises: 0005
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KINDS = ("idea", "resource", "question", "feedback", "lesson")

_NOTICES = (
    *("opening", "extended", "skipped", "shift", "plan", "announcement", "reminder", "review"),
    *("summary", "findings", "draft", "warnings", "full", "objection", "contribution"),
)


def upgrade() -> None:
    with op.batch_alter_table("notice") as changing:
        changing.drop_constraint(op.f("ck_notice_noticekind"), type_="check")
        kinds = ", ".join(f"'{kind}'" for kind in (*_NOTICES, "asked"))
        changing.create_check_constraint(op.f("ck_notice_noticekind"), f"kind IN ({kinds})")
    op.add_column("session", sa.Column("opening_link", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    with op.batch_alter_table("contribution") as changing:
        changing.add_column(sa.Column("quoted", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        changing.add_column(sa.Column("whole", sa.Boolean(), nullable=False, server_default=sa.false()))
        changing.drop_constraint(op.f("ck_contribution_kind"), type_="check")
        kinds = ", ".join(f"'{kind}'" for kind in (*_KINDS, "talk"))
        changing.create_check_constraint(op.f("ck_contribution_kind"), f"kind IN ({kinds})")
