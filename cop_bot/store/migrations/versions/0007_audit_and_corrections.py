"""Facilitators correct summaries by hand, and what they do is in an audit

Revises: 0006
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NOTICES = (
    *("opening", "extended", "skipped", "shift", "plan", "announcement", "reminder", "review", "asked"),
    *("summary", "findings", "draft", "warnings", "full", "objection", "contribution"),
)


def upgrade() -> None:
    with op.batch_alter_table("notice") as changing:
        changing.drop_constraint(op.f("ck_notice_noticekind"), type_="check")
        kinds = ", ".join(f"'{kind}'" for kind in (*_NOTICES, "reopened", "undone", "role"))
        changing.create_check_constraint(op.f("ck_notice_noticekind"), f"kind IN ({kinds})")
    _audited()
    _correction()


def _audited() -> None:
    op.create_table(
        "audited",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("command", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("undone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        *_member("audited", "member_id"),
        *_member("audited", "person_id"),
        *_cascading("audited", "programme"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audited")),
    )
    op.create_index(op.f("ix_audited_member_id"), "audited", ["member_id"])
    op.create_index(op.f("ix_audited_person_id"), "audited", ["person_id"])
    op.create_index("ix_audited_programme", "audited", ["programme_id", "id"])


def _correction() -> None:
    change = sa.Enum("out", "say", "add", name="change", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("change", change, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("line", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("corrected_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        *_member("correction", "member_id"),
        *_cascading("correction", "programme"),
        *_cascading("correction", "session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    for column in ("member_id", "programme_id", "session_id"):
        op.create_index(op.f(f"ix_correction_{column}"), "correction", [column])
    op.create_index("ix_correction_subject", "correction", ["subject", "id"])


def _member(table: str, column: str) -> list[sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_{column}_member")
    return [sa.ForeignKeyConstraint([column], ["member.id"], name=name, ondelete="SET NULL")]


def _cascading(table: str, to: str) -> list[sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_{to}_id_{to}")
    return [sa.ForeignKeyConstraint([f"{to}_id"], [f"{to}.id"], name=name, ondelete="CASCADE")]
