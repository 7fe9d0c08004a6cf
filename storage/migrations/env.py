"""Run by Alembic for every migration, on the connection that `storage.migrate` hands over in its transaction."""

from alembic import context

from storage.migrate import COMPARISON
from storage.migrations.rendering import render_item

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,  # SQLite changes a table by making another
    render_item=render_item,
    **COMPARISON,
)
context.run_migrations()
