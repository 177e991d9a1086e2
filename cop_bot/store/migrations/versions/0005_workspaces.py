"""A workspace owns places, members and programmes

Revises: 0004

Each platform of before becomes one workspace, without an id until somebody signs in.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_OWNED = {
    "place": ("uq_place_platform_name", ["workspace_id", "name"]),
    "member": ("uq_member_platform_platform_id", ["workspace_id", "platform_id"]),
    "programme": ("uq_programme_slug", ["workspace_id", "slug"]),
    "command": ("", []),
}
"""Table -> its unique constraint of before that goes, and the columns of the one that comes."""


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("platform_id", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("platform", "platform_id", name=op.f("uq_workspace_platform_platform_id")),
    )
    for table in _OWNED:
        op.add_column(table, sa.Column("workspace_id", sa.Integer(), nullable=True))
    _own(op.get_bind())
    for table, (before, unique) in _OWNED.items():
        with op.batch_alter_table(table) as changing:
            changing.alter_column("workspace_id", existing_type=sa.Integer(), nullable=False)
            changing.create_foreign_key(
                op.f(f"fk_{table}_workspace_id_workspace"), "workspace", ["workspace_id"], ["id"]
            )
            if before:
                changing.drop_constraint(op.f(before), type_="unique")
                changing.create_unique_constraint(op.f(f"uq_{table}_{'_'.join(unique)}"), unique)
            if table == "place":
                changing.drop_constraint(op.f("uq_place_platform_platform_id"), type_="unique")
                changing.create_unique_constraint(
                    op.f("uq_place_workspace_id_platform_id"), ["workspace_id", "platform_id"]
                )


def _own(connection: sa.Connection) -> None:
    """One workspace a platform, and to it what is of that platform."""
    workspace = sa.table("workspace", sa.column("id"), sa.column("platform"), sa.column("platform_id"))
    place = sa.table("place", sa.column("id"), sa.column("platform"), sa.column("workspace_id"))
    member = sa.table("member", sa.column("platform"), sa.column("workspace_id"))
    programme = sa.table("programme", sa.column("place_id"), sa.column("workspace_id"))
    command = sa.table("command", sa.column("key"), sa.column("workspace_id"))
    platforms = set(connection.scalars(sa.union(sa.select(place.c.platform), sa.select(member.c.platform))))
    for platform in sorted(platforms):
        connection.execute(workspace.insert().values(platform=platform, platform_id=""))
    ids = {row[0]: row[1] for row in connection.execute(sa.select(workspace.c.platform, workspace.c.id))}
    for platform, workspace_id in ids.items():
        for table in (place, member):
            own = table.update().where(table.c.platform == platform)
            connection.execute(own.values(workspace_id=workspace_id))
        there = sa.select(place.c.id).where(place.c.platform == platform)
        own = programme.update().where(programme.c.place_id.in_(there))
        connection.execute(own.values(workspace_id=workspace_id))
        mine = command.update().where(command.c.key.like(f"{platform}/%"))
        connection.execute(mine.values(workspace_id=workspace_id))
    connection.execute(command.delete().where(command.c.workspace_id.is_(None)))  # obeyed, on a platform that is gone
