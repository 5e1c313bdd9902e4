"""What may be asked: one SELECT, in whose syntax tree nothing stands that reads anything but the tables.

DuckDB's own parser makes the tree; `galactica.query.sql` says which of its walls this is.
"""

from __future__ import annotations

import json

import duckdb

TABLE_FUNCTIONS = frozenset({"generate_series", "json_each", "json_tree", "range", "unnest"})
"""Functions that may stand in FROM: they make rows out of their arguments. All others are refused, among them those
that read files (read_text, glob …), run text as SQL (query), or take addresses of memory (arrow_scan)."""

INNER_VIEWS = ("duckdb_", "pg_", "pragma_", "sqlite_")
"""Beginnings of the names of DuckDB's own views; some show settings, and these show where the tables lie."""


class QueryRefusedError(Exception):
    """The question cannot be answered; `kind` is a key of `galactica.query.sql._ERRORS`."""

    def __init__(self, kind: str, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.kind, self.problem, self.remedy = kind, problem, remedy


def one_select(connection: duckdb.DuckDBPyConnection, query: str, tables: list[str]) -> duckdb.Statement:
    """The only statement of `query`, which is a SELECT that names no file and calls no forbidden function."""
    only = "Ask one SELECT (or FROM, WITH, DESCRIBE, SUMMARIZE); tables here: " + ", ".join(tables) + "."
    statements = connection.extract_statements(query)
    if len(statements) != 1:
        raise QueryRefusedError("usage", f"There are {len(statements)} statements; one is answered at a time.", only)
    if statements[0].type != duckdb.StatementType.SELECT:
        raise QueryRefusedError("usage", f"A {statements[0].type.name} statement is not answered here.", only)
    row = connection.execute("SELECT json_serialize_sql(?)", [query]).fetchone()
    tree = json.loads(row[0]) if row else {"error": True}
    if tree.get("error"):
        raise QueryRefusedError("usage", f"This form of SELECT is not answered here: {tree.get('error_message')}", only)
    waiting: list[object] = [tree]
    known = {*tables, *named_in_with(tree)}
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            check_node(node, known, only)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return statements[0]


def check_node(node: dict[str, object], known: set[str], only: str) -> None:
    """Refuse a node of the syntax tree that reads something else than the tables."""
    if node.get("type") == "TABLE_FUNCTION":
        call = node.get("function")
        function = str(call.get("function_name")).lower() if isinstance(call, dict) else "?"
        if function not in TABLE_FUNCTIONS:
            raise QueryRefusedError("usage", f"The table function {function} is not allowed here.", only)
    if node.get("class") == "FUNCTION" and str(node.get("function_name")).lower() == "current_setting":
        raise QueryRefusedError("usage", "The function current_setting is not allowed here.", only)
    if node.get("type") == "BASE_TABLE" and node.get("schema_name") != "information_schema":
        table = str(node.get("table_name")).lower()
        if table not in known or table.startswith(INNER_VIEWS):
            raise QueryRefusedError("usage", f"There is no table {node.get('table_name')}.", only)


def named_in_with(tree: object) -> set[str]:
    """Lower-case names that WITH gives to parts of the question, anywhere in it."""
    found: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            names = node.get("cte_map")
            if isinstance(names, dict) and isinstance(names.get("map"), list):
                found.update(str(entry["key"]).lower() for entry in names["map"])
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return found
