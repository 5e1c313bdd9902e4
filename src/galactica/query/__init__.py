"""Questions in SQL to the tables of editions, answered in a sandbox of its own."""

from galactica.query.sql import EditionTables, SqlLimits, SqlResult, SqlValue, parquet_tables, run_sql

__all__ = ["EditionTables", "SqlLimits", "SqlResult", "SqlValue", "parquet_tables", "run_sql"]
