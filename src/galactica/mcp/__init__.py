"""The library for programs that speak the Model Context Protocol: search, read, ask and compare, and its articles.

Source: Model Context Protocol, revisions 2025-11-25 and 2026-07-28; the package `mcp` speaks it, and `server` and
`desk` alone load it. What an article says comes back as data: quoted, bounded, in fields of its own, and never in
a tool's description or an instruction.
"""

from __future__ import annotations

from galactica.mcp.serving import serve_http, serve_stdio

__all__ = ["serve_http", "serve_stdio"]
