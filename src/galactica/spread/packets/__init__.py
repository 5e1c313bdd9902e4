"""A release as packets for a link that goes one way and loses some: bytes in, events out."""
