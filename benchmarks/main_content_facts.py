"""How often what a page says of itself is read as people wrote it down: title, author, date, licence.

Part of `python -m benchmarks.main_content`. Gold are html-trafilatura's entries, where they have one; that a page is
silent is nowhere written down, so only what is there can be measured: right, other, or nothing. A title is right that
has the same words, an author one of whose names is, or is in, the other; a date the same day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from benchmarks.main_content_pages import GoldPage
from galactica.refine.main_content.facts import SaidOfItself
from galactica.refine.main_content.seen import seen_page

_WORD = re.compile(r"\w+")


def facts_scores(pages: Sequence[GoldPage], *, show: int = 0) -> dict[str, object]:
    """Per fact: how many pages are right, other, silent; printed too, for the half that is measured and the whole."""
    figures: dict[str, object] = {}
    for part, some in (("measured", [page for page in pages if page.measured]), ("whole", list(pages))):
        counts: dict[str, Counter[str]] = {}
        for page in some:
            if page.kind != "strings" or not page.said:
                continue
            said = seen_page(page.html).facts
            for name, gold in page.said.items():
                ended = _judged(name, gold, said)
                counts.setdefault(name, Counter())[ended] += 1
                if show and ended != "right" and not page.measured:
                    print(f"  {name} {ended}: {gold!r} / {_found(name, said)!r} {page.name}"[:200])
        for name, counted in sorted(counts.items()):
            told = ", ".join(f"{each} {counted[each]}" for each in ("right", "other", "silent"))
            print(f"{'facts':18} {part:8} {name}: {told}")
        figures[part] = {name: dict(counted) for name, counted in counts.items()}
    return figures


def _found(name: str, said: SaidOfItself) -> str:
    every = {
        "title": said.title,
        "author": "; ".join(said.creators),
        "date": said.published,
        "license": said.licence,
    }
    return every[name]


def _judged(name: str, gold: str, said: SaidOfItself) -> str:
    found = _found(name, said)
    if not found:
        return "silent"
    wanted, got = _words(gold), _words(found)
    match name:
        case "date":
            right = gold[:10] == found
        case "author":
            right = bool(wanted) and (wanted <= got or got <= wanted)
        case "license":
            right = bool(got) and _words(gold.replace("CC ", "CC-")) <= got | {"de", "us", "3", "0"}
        case _:
            right = wanted == got
    return "right" if right else "other"


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
