"""Long feeds are read in a process of their own: some hold feedparser up, or fill the memory, on purpose.

Its patterns and lists take time that grows with the square of some lengths: an author of 200,000 characters takes six
minutes. A short feed is read here; what it can cost is little. What a child says is checked as it is read again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from galactica.codes.child import child_command, child_environment
from galactica.errors import MissingError
from galactica.sources.feed_items import FeedAbout, FeedError, FeedItem, ParsedFeed
from galactica.sources.feed_xml import MAX_FEED, parse_feed

SHORT = 12 * 1024
"""Bytes of a feed that is read in this process: the costliest of them takes about a second."""

SECONDS = 60
"""Time that a feed may take. One of 16 MB with 190,000 items takes about 30 s on a slow core."""

MEMORY = 2**30
"""Bytes of addresses that reading one feed may take."""

MAX_SAID = 128 * 2**20
"""Bytes of what a child may say of one feed: content in JSON, escapes and all."""


def read_xml(raw: bytes, *, base: str = "", content_type: str = "", language: str = "") -> ParsedFeed:
    """Read a feed; arguments and errors as of `feed_xml.parse_feed`, "too-slow" among the reasons."""
    if len(raw) <= SHORT:
        return parse_feed(raw, base=base, content_type=content_type, language=language)
    if len(raw) > MAX_FEED:
        raise FeedError("too-large", f"a feed of more than {MAX_FEED:,} bytes")
    head = json.dumps([base, content_type, language]).encode() + b"\n"
    try:
        done = subprocess.run(
            child_command(__name__),
            input=head + raw,
            capture_output=True,
            timeout=SECONDS,
            env=child_environment(bare=True),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FeedError("too-slow", f"a feed that takes longer than {SECONDS} seconds to read") from None
    try:
        said = json.loads(done.stdout[:MAX_SAID])
        return _told(said)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise FeedError("malformed", f"a feed that ends the process it is read in ({done.returncode})") from None


def _told(said: Mapping[str, Any]) -> ParsedFeed:
    """What a child says as it was."""
    if "missing" in said:
        raise MissingError(*said["missing"])
    if "reason" in said:
        raise FeedError(str(said["reason"]), str(said["detail"]))
    items = tuple(FeedItem(**_tuples(item)) for item in said["items"])
    about = FeedAbout(**_tuples(said["about"]))
    return ParsedFeed(about=about, items=items, fault=str(said["fault"]), whole=bool(said["whole"]))


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a value, lists as the tuples that they were."""
    return {
        name: tuple(tuple(each) if isinstance(each, list) else each for each in value)
        if isinstance(value, list)
        else value
        for name, value in fields.items()
    }


def read_standard_input() -> None:
    """Read the feed on standard input, say what it holds on standard output."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):  # a system without such limits
        pass
    base, content_type, language = json.loads(sys.stdin.buffer.readline())
    said: dict[str, Any]
    try:
        found = parse_feed(sys.stdin.buffer.read(), base=base, content_type=content_type, language=language)
        said = asdict(found)
    except FeedError as error:
        said = {"reason": error.reason, "detail": str(error)}
    except MissingError as error:
        said = {"missing": [error.problem, error.remedy]}
    except MemoryError:
        said = {"reason": "too-large", "detail": f"a feed that takes more than {MEMORY:,} bytes of memory to read"}
    text = json.dumps(said)
    if len(text) > MAX_SAID:
        text = json.dumps({"reason": "too-large", "detail": "a feed that holds too much"})
    sys.stdout.write(text)


if __name__ == "__main__":
    read_standard_input()
