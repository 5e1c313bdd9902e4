"""What a host asks of robots: robots.txt read as RFC 9309 says, in time that grows with its length alone.

`urllib.robotparser` knows no `*` and `$` in paths; libraries that do make patterns of them, which a hostile file holds
up.
Rules: the groups that name this program, else those for all (`*`); the longest rule that fits a path decides, of two
of one length the one that allows. Standard: RFC 9309 §2.2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

MAX_RULES = 20_000
"""Rules of one file that are looked at."""

_SAFE = "/*$?&=;:@!'()+,-._~[]"


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """Rules for this program.

    Attributes:
        rules: (pattern, whether it allows), longest first, those that allow before others of the length.
        delay: seconds between two requests that are asked for, 0.0 where none are.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 1.0

    def allows(self, address: str) -> bool:
        """Whether an address may be asked for."""
        parts = urlsplit(address)
        path = _canonical(parts.path + (f"?{parts.query}" if parts.query else ""))
        return next((allow for pattern, allow in self.rules if matches(pattern, path)), True)


EVERYTHING = RobotsRules()
NOTHING = RobotsRules((("/", False),))


def read_robots(text: str, agent: str) -> RobotsRules:
    """The rules that a file has for an agent, by the first word of what it calls itself."""
    name = re.split(r"[^a-z_-]", agent.lower())[0]
    own: list[tuple[str, bool]] = []
    others: list[tuple[str, bool]] = []
    delays: dict[bool, float] = {}
    here: set[bool] = set()  # of which the group is: True this program's, False everybody's
    naming = named = False
    for line in text.splitlines()[: 10 * MAX_RULES]:
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            if not naming:
                here = set()
            naming = True
            agent_name = re.split(r"[^a-z_-]", value.lower())[0]
            if value == "*":
                here.add(False)
            elif agent_name and agent_name == name:
                here.add(True)
                named = True
        elif field in ("allow", "disallow"):
            naming = False
            if value:
                rule = (_canonical(value), field == "allow")
                for mine in here:
                    (own if mine else others).append(rule)
        elif field == "crawl-delay":
            naming = False
            try:
                seconds = max(0.0, float(value[:10]))
            except ValueError:
                continue
            for mine in here:
                delays[mine] = seconds
    rules = (own if named else others)[:MAX_RULES]
    delay = delays.get(named, 1.0)
    return RobotsRules(tuple(sorted(rules, key=lambda rule: (-len(rule[0]), not rule[1]))), max(1.0, delay))


def matches(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says: `*` is any characters, `$` at its end the end of the path.

    Each piece between two `*` is taken where it comes first: no way back, no time that grows with their number.
    """
    ends = pattern.endswith("$")
    first, *rest = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not ends or len(path) == len(first)
    at = len(first)
    last = rest.pop() if ends else ""
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or (path.endswith(last) and len(path) - len(last) >= at)


def _canonical(path: str) -> str:
    """A path with the same characters percent-encoded, however it is written."""
    return quote(unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe=_SAFE + "%")
