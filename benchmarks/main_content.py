"""How much of arbitrary web pages is told apart rightly, and how fast, beside other programs?

    python -m benchmarks.main_content [--data FOLDER] [--only NAME …] [--show N]

Peers are optional (`pip install trafilatura resiliparse readability-lxml lxml_html_clean justext`); it says which are
missing. All get the same bytes in the same run and make plain text, with the settings of trafilatura's own evaluation;
readability-lxml gives HTML, of which the text is taken (outside of the time measured). Ours is what a build does with a
page: find the content and what the page says of itself, clean and sanitise it, project it. Measured are the pages that
nothing was learned from (`main_content_pages`); "whole" are all pages, and of ours flattered. Figures are no text of an
article in the gold of html-scrapinghub, so that what stands in `figure` is left out of its measure ("with figures":
left in); everywhere else it counts. `--show N` names the N pages on which ours is worst.

F1: of `article` by shingles of four words, of `strings` by strings, of `readable` by single words. MB/s: bytes of all
pages by processor seconds of one core.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.main_content_facts import facts_scores
from benchmarks.main_content_pages import GoldPage, by_shingles, by_strings, gold_pages
from galactica.model.projection import project
from galactica.refine.clean import clean
from galactica.refine.main_content import extract

Extractor = Callable[[GoldPage], str]

_FIGURE = re.compile(r"<figure>.*?</figure>", re.DOTALL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("GALACTICA_DATA", "../shared/data")))
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="measure only these programs")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="name the pages on which ours is worst")
    options = results.arguments(parser).parse_args()
    pages = gold_pages(options.data)
    if not pages:
        print(f"skipped: no pages below {options.data} (set GALACTICA_DATA)")
        return 0
    figures: dict[str, object] = {}
    for name, extractor in _extractors(options.only).items():
        figures[name] = _measure(name, extractor, pages)
    figures["facts"] = facts_scores(pages)
    if options.show:
        _show_worst(pages, options.show)
    results.keep(__file__, options, figures)
    return 0


def _measure(name: str, extractor: Extractor, pages: Sequence[GoldPage]) -> dict[str, object]:
    extractor(pages[0])
    found: dict[str, str] = {}
    seconds = 0.0
    for page in pages:
        start = time.process_time()
        try:
            got = extractor(page)
        except Exception as error:
            got = ""
            print(f"  {name}: {page.name}: {type(error).__name__}: {error}"[:120])
            if name.startswith("galactica"):
                raise
        seconds += time.process_time() - start
        found[page.name] = got
    if name == "readability-lxml":
        found = {key: _plain(html) for key, html in found.items()}
    speed = sum(len(page.raw) for page in pages) / 1e6 / seconds
    figures: dict[str, object] = {"mb_per_second": round(speed, 2), "pages_per_second": round(len(pages) / seconds, 1)}
    for part, some in (("measured", [page for page in pages if page.measured]), ("whole", list(pages))):
        bodies = _without_figures if name == "galactica" else str
        scores = {
            "article": by_shingles((p.text, bodies(found[p.name])) for p in some if p.kind == "article"),
            "strings": by_strings((p, _text(found[p.name])) for p in some if p.kind == "strings"),
            "readable": by_shingles(((p.text, _text(found[p.name])) for p in some if p.kind == "readable"), size=1),
        }
        if name == "galactica":
            with_figures = ((p.text, _text(found[p.name])) for p in some if p.kind == "article")
            scores["article with figures"] = by_shingles(with_figures)
        figures[part] = scores
        print(f"{name:18} {part:8} {speed:6.1f} MB/s  " + "  ".join(f"{kind} {_told(s)}" for kind, s in scores.items()))
    sys.stdout.flush()
    return figures


def _told(scores: dict[str, float]) -> str:
    rest = f" A {scores['accuracy']:.3f}" if "accuracy" in scores else ""
    return f"F1 {scores['f1']:.3f} (P {scores['precision']:.3f} R {scores['recall']:.3f}{rest})"


# -- ours -------------------------------------------------------------------------------------------------------------


def _ours(page: GoldPage) -> str:
    return _cleaned(extract(page.html).html)


def _whole(page: GoldPage) -> str:
    return _cleaned(page.html)


def _cleaned(html: str) -> str:
    body = clean(html, base="page").body
    project(body)  # its time counts, as that of the others' text
    return body


def _text(found: str) -> str:
    """The text of what an extractor gave: our bodies are projected, and text of others stays."""
    return project(found) if found.startswith("<") else found


def _without_figures(body: str) -> str:
    return project(_FIGURE.sub("", body))


def _show_worst(pages: Sequence[GoldPage], most: int) -> None:
    for kind in ("article", "strings"):
        some = [page for page in pages if page.kind == kind and not page.measured]
        scored = []
        for page in some:
            body = _ours(page)
            if kind == "article":
                scored.append((by_shingles([(page.text, _without_figures(body))])["f1"], page.name))
            else:
                scored.append((by_strings([(page, _text(body))])["accuracy"], page.name))
        for score, name in sorted(scored)[:most]:
            print(f"  {kind} {score:.3f} {name}")


# -- peers ------------------------------------------------------------------------------------------------------------


def _extractors(only: Sequence[str]) -> dict[str, Extractor]:
    """Ours, and those peers that are installed."""
    chosen: dict[str, Extractor] = {"galactica": _ours, "galactica whole": _whole}
    for name, (package, make) in _PEERS.items():
        try:
            extractor = make()
        except ImportError as error:
            print(f"{name} is missing ({error}): pip install {package}")
            continue
        print(f"{name}: {package} {metadata.version(package)}")
        chosen[name] = extractor
    return {name: extractor for name, extractor in chosen.items() if not only or name in only}


def _trafilatura(*, fast: bool) -> Extractor:
    trafilatura: Any = importlib.import_module("trafilatura").extract
    settings = {"include_comments": False, "include_tables": True, "include_formatting": False, "fast": fast}
    return lambda page: trafilatura(page.raw, **settings) or ""


def _resiliparse() -> Extractor:
    plain: Any = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    tree: Any = importlib.import_module("resiliparse.parse.html").HTMLTree
    encoding: Any = importlib.import_module("resiliparse.parse.encoding")

    def main_text(page: GoldPage) -> str:
        html = encoding.bytes_to_str(page.raw, encoding.detect_encoding(page.raw))
        return str(plain(tree.parse(html), main_content=True))

    return main_text


def _readability() -> Extractor:
    document: Any = importlib.import_module("readability").Document
    return lambda page: str(document(page.html).summary())


def _justext() -> Extractor:
    justext: Any = importlib.import_module("justext")
    stops = frozenset().union(*(justext.get_stoplist(name) for name in ("English", "German", "French", "Spanish")))
    settings = (stops, 50, 200, 0.1, 0.2, 0.2, 200, True)
    return lambda page: "\n".join(p.text for p in justext.justext(page.raw, *settings) if not p.is_boilerplate)


_PEERS: dict[str, tuple[str, Callable[[], Extractor]]] = {
    "trafilatura": ("trafilatura", functools.partial(_trafilatura, fast=False)),
    "trafilatura fast": ("trafilatura", functools.partial(_trafilatura, fast=True)),
    "resiliparse": ("resiliparse", _resiliparse),
    "readability-lxml": ("readability-lxml", _readability),
    "justext": ("justext", _justext),
}


def _plain(html: str) -> str:
    return project(_cleaned(html))


if __name__ == "__main__":
    sys.exit(main())
