"""The record: one engine, its queries and its migrations. SQLite by default, PostgreSQL by URL."""
