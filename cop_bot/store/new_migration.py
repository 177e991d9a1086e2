"""Writes the next migration: python -m cop_bot.store.new_migration "what changes". For those who change a table."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from typing import TYPE_CHECKING

from cop_bot.store import schema
from cop_bot.store.engine import connect

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


async def write(message: str) -> None:
    """Compare the tables with a fresh database of today's schema, and write down the difference."""
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite:///{folder}/fresh.db")
        await schema.migrate(database)
        async with database.writer.connect() as connection, connection.begin():
            await connection.run_sync(_revision, message)
        await database.close()


def _revision(connection: Connection, message: str) -> None:
    from alembic import command

    config = schema.config()
    config.attributes["connection"] = connection
    command.revision(config, message=message, autogenerate=True, rev_id=f"{int(schema.head() or 0) + 1:04}")


if __name__ == "__main__":
    asyncio.run(write(" ".join(sys.argv[1:]) or sys.exit("Say in a few words what changes.")))
