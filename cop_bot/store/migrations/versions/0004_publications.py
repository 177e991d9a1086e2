"""What is published is a view of the record: notices say in columns what they are about, and documents hold no words

Revises: 0003

What stands on the platforms is adopted: where each part of a summary, a draft, a reply was posted is known from the
notices that posted it. The keys of before are read here once, and nowhere else.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = (
    "opening",
    "extended",
    "skipped",
    "shift",
    "plan",
    "announcement",
    "reminder",
    "review",
    "summary",
    "findings",
    "draft",
    "warnings",
    "full",
    "objection",
    "contribution",
)
_PENDING = ("waiting", "sending", "unsure")
_BATCH = 500
_TYPED = re.compile(r"^/cop ")


def _text(length: int) -> Any:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def _kinds() -> Any:
    return sa.Enum(*KINDS, name="noticekind", native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    _publications()
    _parts()
    with op.batch_alter_table("notice") as table:
        table.add_column(sa.Column("about", _text(40), nullable=False, server_default=""))
        table.add_column(sa.Column("kind", sa.String(20), nullable=True))
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("language", _text(20), nullable=False, server_default=""))
        table.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("digest", _text(64), nullable=False, server_default=""))
        table.add_column(sa.Column("part_id", sa.Integer(), nullable=True))
    _adopt(op.get_bind())
    with op.batch_alter_table("notice") as table:
        table.drop_index("ix_notice_contribution_id")
        table.drop_index("ix_notice_conversation")
        table.drop_constraint("fk_notice_contribution_id_contribution", type_="foreignkey")
        table.drop_column("contribution_id")
        table.drop_column("after")
        table.drop_column("replaces")
        table.alter_column(
            "conversation",
            new_column_name="audience",
            existing_type=sa.String(200),
            type_=sa.String(40),
            nullable=False,
        )
        table.alter_column("kind", existing_type=sa.String(20), type_=sa.String(20), nullable=False)
        table.create_check_constraint(op.f("ck_notice_noticekind"), sa.column("kind").in_(KINDS))
        table.create_foreign_key(
            op.f("fk_notice_part_id_publishedpart"), "publishedpart", ["part_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index("ix_notice_audience", "notice", ["audience", "state", "id"])
    op.create_index(op.f("ix_notice_part_id"), "notice", ["part_id"])


def _publications() -> None:
    points = {
        "programme_id": "programme",
        "session_id": "session",
        "objection_id": "objection",
        "contribution_id": "contribution",
        "member_id": "member",
    }
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("about", _text(40), nullable=False),
        sa.Column("kind", _kinds(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", _text(20), nullable=False),
        sa.Column("audience", _text(40), nullable=False),
        sa.Column("request", _text(20), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("objection_id", sa.Integer(), nullable=True),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stale_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("not_before", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_publication_{column}_{table}"), ondelete="CASCADE"
            )
            for column, table in points.items()
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_publication_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint(
            "about",
            "kind",
            "version",
            "language",
            "audience",
            "request",
            name=op.f("uq_publication_about_kind_version_language_audience_request"),
        ),
    )
    for column in points:
        op.create_index(op.f(f"ix_publication_{column}"), "publication", [column])
    op.create_index("ix_publication_stale", "publication", ["stale_since"])


def _parts() -> None:
    op.create_table(
        "publishedpart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("place", _text(200), nullable=False),
        sa.Column("message", _text(200), nullable=False),
        sa.Column("digest", _text(64), nullable=False),
        sa.Column("permalink", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publishedpart_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publishedpart")),
        sa.UniqueConstraint("publication_id", "part", name=op.f("uq_publishedpart_publication_id_part")),
    )
    op.create_index("ix_publishedpart_message", "publishedpart", ["message"])


@dataclass(frozen=True)
class _Meant:
    """What a key of before says."""

    about: str
    kind: str
    revision: int = 0
    language: str = ""
    part: int = 0
    version: int = 0
    request: str = ""


def _meant(key: str) -> _Meant:  # noqa: C901  # one case a form
    """`<database>/session/1/summary/2/fr/1` and its like, taken apart."""
    words = key.split("/")[1:]
    about, rest = "/".join(words[:2]), words[2:]
    match rest:
        case ["summary", number, *language, part]:
            kind = "summary" if words[0] == "session" else "findings"
            return _Meant(about, kind, int(number), language[0] if language else "", int(part))
        case ["draft" | "warnings" as kind, version, _, part]:
            return _Meant(about, kind, 1, part=int(part), version=int(version))
        case ["full", request, part]:
            return _Meant(about, "full", 1, part=int(part), request=request)
        case ["extended", closes]:
            at = datetime.strptime(closes, "%Y%m%d%H%M").replace(tzinfo=UTC)
            return _Meant(about, "extended", int(at.timestamp() // 60))
        case ["plan", _, number, _] | ["shift" | "announcement", number]:
            return _Meant(about, rest[0], int(number))
        case _ if words[0] == "reminder":
            return _Meant(about, "reminder")
        case _ if words[0] in ("objection", "contribution"):
            return _Meant(about, words[0], 2 if rest == ["withdrawn"] else 1, part=1)
        case ["opening" | "skipped" | "review" as kind]:
            return _Meant(about, kind)
    return _Meant(about[:40], "opening")


def _adopt(connection: sa.Connection) -> None:
    """Each notice says in columns what its key says; what belongs to a document becomes a part of it, without words."""
    tables = sa.MetaData()
    notice = sa.Table("notice", tables, autoload_with=connection)
    publication = sa.Table("publication", tables, autoload_with=connection)
    part = sa.Table("publishedpart", tables, autoload_with=connection)
    documents: dict[tuple[Any, ...], int] = {}
    parts: dict[tuple[int, int], int] = {}
    for row in _rows(connection, notice):
        meant = _meant(row["key"])
        values: dict[str, Any] = {
            "about": meant.about,
            "kind": meant.kind,
            "revision": meant.revision,
            "language": meant.language,
            "part": meant.part,
        }
        found = _document(connection, row, meant) if meant.part else None
        if found is not None:
            identity = tuple(found[name] for name in ("about", "kind", "version", "language", "audience", "request"))
            if identity not in documents:
                documents[identity] = _insert(connection, publication, found)
            document = documents[identity]
            if (document, meant.part) not in parts:
                stands = {"publication_id": document, "part": meant.part, "digest": "", "permalink": ""}
                parts[document, meant.part] = _insert(connection, part, {**stands, "place": "", "message": ""})
            values |= {"part_id": parts[document, meant.part], "message": {}}
            if row["sent_message"] and row["replaces"] is None:
                where = {"place": row["sent_place"], "message": row["sent_message"]}
                connection.execute(part.update().where(part.c.id == values["part_id"]).values(**where))
            changed: dict[str, Any] = {}
            if row["state"] in _PENDING:
                changed["stale_since"] = datetime.now(UTC)
            connection.execute(
                publication.update()
                .where(publication.c.id == document)
                .values(
                    revision=sa.case(
                        (publication.c.revision < meant.revision, meant.revision), else_=publication.c.revision
                    ),
                    **changed,
                )
            )
        elif row["message"]:
            values["message"] = _with_commands(row["message"])
        connection.execute(notice.update().where(notice.c.id == row["id"]).values(**values))


def _with_commands(part: Any) -> Any:
    """What waits in words of before: `/cop help`, as something to type, is now a command that each platform spells."""
    if isinstance(part, list):
        return [_with_commands(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("kind") == "code" and (typed := _TYPED.match(str(part.get("text")))):
        return {"kind": "command", "text": part["text"][typed.end() :]}
    return {name: _with_commands(value) for name, value in part.items()}


def _rows(connection: sa.Connection, notice: sa.Table) -> Iterator[dict[str, Any]]:
    last = 0
    while True:
        wanted = sa.select(notice).where(notice.c.id > last).order_by(notice.c.id).limit(_BATCH)
        batch = list(connection.execute(wanted).mappings())
        if not batch:
            return
        yield from (dict(row) for row in batch)
        last = batch[-1]["id"]


def _document(connection: sa.Connection, row: Mapping[str, Any], meant: _Meant) -> dict[str, Any] | None:
    """The publication that this notice is a part of; None where what it was about exists no longer."""
    noun, number = meant.about.split("/")
    ids: dict[str, int | None] = {"session_id": None, "objection_id": None, "contribution_id": None}
    programme_id = row["programme_id"]
    if noun == "programme":
        programme_id = int(number)
    else:
        ids[f"{noun}_id"] = int(number)
        found = connection.execute(
            sa.text(f"SELECT programme_id, {'id' if noun == 'session' else 'session_id'} FROM {noun} WHERE id = :id"),  # noqa: S608  # three names of ours
            {"id": int(number)},
        ).first()
        if found is None:
            return None
        programme_id, ids["session_id"] = found
    if connection.execute(sa.text("SELECT 1 FROM programme WHERE id = :id"), {"id": programme_id}).first() is None:
        return None
    return {
        "programme_id": programme_id,
        "about": meant.about,
        "kind": meant.kind,
        "version": meant.version,
        "language": meant.language,
        "audience": row["conversation"],
        "request": meant.request,
        "place_id": row["place_id"],
        "member_id": row["member_id"],
        "revision": meant.revision,
        **ids,
    }


def _insert(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any]) -> int:
    inserted = connection.execute(table.insert().values(**values))
    assert inserted.inserted_primary_key is not None  # it has one  # noqa: S101
    return int(inserted.inserted_primary_key[0])
