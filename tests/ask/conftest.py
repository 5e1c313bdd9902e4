"""Rooms for questions in SQL that open quickly."""

from ..query.forked import quick_rooms, rooms

__all__ = ["quick_rooms", "rooms"]
