"""Rooms that open quickly."""

from .forked import quick_rooms, rooms

__all__ = ["quick_rooms", "rooms"]
