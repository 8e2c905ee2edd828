"""Alembic runs this file: it works on the connection that `migrate` gives, inside its transaction."""

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # the transaction is ours, also on SQLite
)
context.run_migrations()
