"""What style sheets do to the text of a page: raise, lower, strike or hide letters (`StyleBook`).

Rules whose selector is one tag alone (a name, classes, an id, together) are understood, in the order of the cascade:
ids before classes before names, later before earlier, `!important` first. Others that would raise, lower, strike or
hide are counted. Of rules under a condition those for screens hold. Letters are raised by `vertical-align: super`, and
by a length above the line where the letters are smaller. No address is ever followed.
Standards: CSS Syntax Module Level 3, Selectors Level 4, CSS Cascading Level 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_SHEET = 2**20
"""Characters of one style sheet that are looked at; the largest of real books have 200,000."""

MAX_RULES = 5_000
"""Rules that are kept; those behind them are counted."""

MAX_NESTED = 8
"""Conditions inside each other."""

_STRING = re.compile(r"\"(?>(?:[^\"\\\n]++|\\.)*)\"?|'(?>(?:[^'\\\n]++|\\.)*)'?", re.DOTALL)
_BRACE = re.compile(r"[{};]")
_CURLY = re.compile(r"[{}]")
_SELECTOR = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,40})?((?:[.#][A-Za-z_-][\w-]{0,100}){0,8})\Z")
_PIECE = re.compile(r"([.#])([\w-]+)")
_LENGTH = re.compile(r"([+-]?)(?:\d{1,6})?(?:\.\d{1,6})?(?:em|ex|rem|px|pt|%)\Z")
_SMALLER = re.compile(
    r"(?:0?\.\d{1,6}r?em|[1-8]?\d(?:\.\d{1,4})?%|smaller|x-small|xx-small|small|[1-8](?:\.\d)?(?:px|pt))\Z"
)
_SPACE = re.compile(r"\s+")
_SCREEN = re.compile(r"\s*(?:(?:only\s+)?(?:screen|all)\b(?!.*\bprint\b)|\(min-width|$)", re.IGNORECASE)
_ASKED = ("vertical-align", "text-decoration", "display", "visibility")
_DOES = re.compile(r"vertical-align|text-decoration|display|visibility", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRule:
    """One rule: whom it means, what it says, and how much it weighs against others."""

    tag: str
    identifier: str
    classes: frozenset[str]
    declared: tuple[tuple[str, str, bool], ...]
    weight: tuple[int, int, int, int]


class StyleBook:
    """The rules of the style sheets of a page.

    Attributes:
        missed: rules that would raise, lower, strike or hide something and are not understood.
    """

    def __init__(self) -> None:
        self.missed = 0
        self._count = 0
        self._acts = False
        self._by: dict[str, list[StyleRule]] = {}

    def __bool__(self) -> bool:
        return self._acts

    def add(self, sheet: str) -> None:
        """Take in a style sheet, behind those before it."""
        self.missed += len(sheet) > MAX_SHEET
        for selectors, declared in _acting(sheet[:MAX_SHEET]):
            self._keep(selectors, declared)

    def style_of(self, tag: str, identifier: str, classes: str, written: str = "") -> str:
        """What the rules do to a tag, as declarations of a `style` attribute; "" for nothing.

        Args:
            written: its own `style`, which wins over the rules.
        """
        own = set(classes.split()) if classes else set()
        found = [*self._by.get(tag, ())]
        for name in own:
            found.extend(self._by.get(f".{name}", ()))
        if identifier:
            found.extend(self._by.get(f"#{identifier}", ()))
        if not found:
            return ""
        best: dict[str, tuple[bool, tuple[int, int, int, int], str]] = {}
        for rule in found:
            if (rule.tag and rule.tag != tag) or not rule.classes <= own:
                continue
            if rule.identifier and rule.identifier != identifier:
                continue
            for name, value, important in rule.declared:
                best[name] = max(best.get(name, (False, (0, 0, 0, 0), "")), (important, rule.weight, value))
        return ";".join(
            f"{name}:{value}"
            for name, (_, _, value) in sorted(best.items())
            if name not in written and value in ("super", "sub", "line-through", "none", "hidden")
            and (name, value) != ("text-decoration", "none")
        )  # fmt: skip

    def _keep(self, selectors: str, declared: tuple[tuple[str, str, bool], ...]) -> None:
        acts = any(value not in ("", "baseline", "shown") for _, value, _ in declared)
        for selector in selectors.split(","):
            found = _SELECTOR.match(selector.strip())
            if found is None or not selector.strip() or self._count >= MAX_RULES:
                self.missed += acts
                continue
            pieces = _PIECE.findall(found[2])
            classes = frozenset(name for sign, name in pieces if sign == ".")
            ids = [name for sign, name in pieces if sign == "#"]
            tag = (found[1] or "").lower()
            self._count += 1
            self._acts = self._acts or acts
            rule = StyleRule(
                tag=tag,
                identifier=ids[0] if ids else "",
                classes=classes,
                declared=declared,
                weight=(len(ids), len(classes), bool(tag), self._count),
            )
            key = f"#{ids[0]}" if ids else f".{min(classes)}" if classes else tag
            self._by.setdefault(key, []).append(rule)


@lru_cache(16)  # the pages of a book share their sheets
def _acting(sheet: str) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
    """(selectors, declarations) of the rules that may do something that is asked for here."""
    text = _STRING.sub("''", _uncommented(sheet))
    found = ((selectors, tuple(_declared(said))) for selectors, said in _rules(text, 0) if _DOES.search(said))
    return tuple((selectors, declared) for selectors, declared in found if declared)


def _rules(text: str, depth: int) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of the rules of a sheet that hold on a screen."""
    at = 0
    while found := _BRACE.search(text, at):
        head = text[at : found.start()].strip()
        at = found.end()
        if found[0] != "{":
            continue
        if not head.startswith("@"):
            end = text.find("}", at)
            end = len(text) if end < 0 else end
            yield head, text[at:end]
            at = end + 1
            continue
        end = _closing(text, at)
        media = head[6:] if head.lower().startswith("@media") else None
        layer = head.lower().startswith(("@layer", "@supports"))
        if depth < MAX_NESTED and (layer or (media is not None and _SCREEN.match(media))):
            yield from _rules(text[at:end], depth + 1)
        at = end + 1


def _closing(text: str, at: int) -> int:
    """Where the block ends that has begun before `at`."""
    depth = 1
    for found in _CURLY.finditer(text, at):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.start()
    return len(text)


def _declared(text: str) -> Iterator[tuple[str, str, bool]]:
    """(property, what it does, whether it is important) of the declarations that matter here."""
    said: dict[str, tuple[str, bool]] = {}
    for part in text.split(";")[:200]:
        name, colon, value = part.partition(":")
        if colon:
            plain, mark, _ = value.strip().lower().partition("!")
            said[name.strip().lower()] = (_SPACE.sub(" ", plain.strip()), bool(mark))
    smaller = _SMALLER.match(said.get("font-size", ("", False))[0]) is not None
    for name in (*_ASKED, "text-decoration-line"):
        if name not in said:
            continue
        value, important = said[name]
        if name == "vertical-align":
            length = _LENGTH.match(value)
            if length and any(letter in "123456789" for letter in value):
                value = ("sub" if length[1] == "-" else "super") if smaller else "baseline"
            yield name, value if value in ("super", "sub") else "baseline", important
        elif name.startswith("text-decoration"):
            yield "text-decoration", "line-through" if "line-through" in value else "", important
        elif name == "display":
            yield name, "none" if value == "none" else "shown", important
        else:
            yield name, "hidden" if value in ("hidden", "collapse") else "shown", important


def _uncommented(sheet: str) -> str:
    """A sheet without its comments; one that never ends takes the rest with it."""
    kept, at = [], 0
    while (start := sheet.find("/*", at)) >= 0:
        kept.append(sheet[at:start])
        end = sheet.find("*/", start + 2)
        if end < 0:
            return " ".join(kept)
        at = end + 2
    return " ".join((*kept, sheet[at:])).replace("<!--", " ").replace("-->", " ")
