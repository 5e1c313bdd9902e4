"""What is lost between double braces? Real dumps: the words that calls were given and that no reader sees.

    python -m benchmarks.template_words [--top N] [--uses NAME]

Every call of a template in the real dumps is watched: the words of its arguments (values, not keys), and those of
them that stand in what came out. A word that does not is "counted" where the call was counted as dropped, else
"silent": the rule took it for a setting. Shares are of all words that stood in the articles, shown ones included.
Data: GALACTICA_DATA (default ../shared/data), folders `mwdump-*`.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable

from benchmarks import results
from benchmarks.data import real
from benchmarks.mediawiki_corpus import dumps, visible
from galactica.model import Document
from galactica.refine.wikitext import calls, wikitext_to_html
from galactica.refine.wikitext.page import MARKER, WikiPage
from galactica.sources.contract import SourceOptions
from galactica.sources.mediawiki import open_dump

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Words and numbers; a run of letters of a script without spaces counts as one."""
    return _WORD.findall(text)


class Watch:
    """Stands before `calls.call` and notes what each call was given and what came out of it."""

    def __init__(self, uses: str) -> None:
        self.uses = uses
        self.counted: Counter[str] = Counter()
        self.silent: Counter[str] = Counter()
        self.given = 0
        self.calls = 0
        self.title = ""
        self.inner = calls.call

    def __call__(self, page: WikiPage, parts: list[calls.Part], *rest: Callable[[], tuple[str, str]]) -> str:
        before = page.dropped.total()
        result = self.inner(page, parts, *rest)
        if len(parts) < 2 and not self.uses:
            return result
        name = " ".join((parts[0][1] or "").replace("_", " ").split()).lower()[:60]
        shown = Counter(words(_whole(page, result)))
        given = Counter(words(" ".join(_whole(page, value) for _, value in parts[1:])))
        missing = (given - shown).total()
        self.calls += 1
        self.given += given.total()
        (self.counted if page.dropped.total() > before else self.silent)[name] += missing
        if self.uses and self.uses == name:
            raw = "|".join(value if key is None else f"{key}={value}" for key, value in parts)
            print(f"{self.title}: {raw!r} -> {_whole(page, result)!r}"[:600])
        return result


def _whole(page: WikiPage, text: str) -> str:
    """Wikitext with what was set aside, as far as it is known already."""

    def piece(match: re.Match[str]) -> str:
        found = page._pieces[int(match[1])] if int(match[1]) < len(page._pieces) else ""
        return _whole(page, found) if isinstance(found, str) else ""

    return MARKER.sub(piece, text)


def main() -> int:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--top", type=int, default=60, help="how many names to print")
    options.add_argument("--uses", default="", help="print every call of this name")
    options.add_argument("--folder", default="", help="only dumps whose path contains this")
    given = results.arguments(options).parse_args()
    watch = Watch(given.uses)
    sys.modules["galactica.refine.wikitext.expand"].call = watch  # type: ignore[attr-defined]
    shown = articles = 0
    began = time.process_time()
    for path in dumps(real(".")):
        if given.folder not in str(path):
            continue
        with open_dump(path, SourceOptions()) as source:
            for item in source.read():
                if not isinstance(item, Document):
                    continue
                watch.title = item.title
                result = wikitext_to_html(
                    item.content, title=item.title, site=item.site, language=source.source.language
                )
                shown += len(words(visible(result.html)))
                articles += 1
    counted, silent = watch.counted.total(), watch.silent.total()
    whole = shown + counted + silent
    print(f"{articles} articles, {shown} words shown; {watch.calls} calls with arguments, {watch.given} words in them")
    shares = [f"{count} words ({100 * count / whole:.2f} %)" for count in (counted, silent)]
    print(f"lost and counted: {shares[0]}; in silence: {shares[1]}")
    for title, names in (("counted", watch.counted), ("silent", watch.silent)):
        print(f"{title}: " + ", ".join(f"{name} {count}" for name, count in names.most_common(given.top) if count))
    taken = time.process_time() - began
    print(f"{taken:.1f} s")
    figures = {"articles": articles, "words shown": shown, "calls": watch.calls, "words in calls": watch.given}
    figures |= {"lost and counted": counted, "lost in silence": silent}
    results.keep(__file__, given, {**figures, "s": taken})
    return 0


if __name__ == "__main__":
    sys.exit(main())
