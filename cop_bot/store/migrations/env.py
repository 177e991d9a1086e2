"""Alembic's way in: the connection is handed over by `cop_bot.store.schema`."""

from alembic import context

from cop_bot.domain.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds all of it
)
context.run_migrations()
