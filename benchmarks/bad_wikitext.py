"""Hostile wikitext of 200 kB: braces, brackets, tables, tags without end. Never an exception, never over a second.

    python -m benchmarks.bad_wikitext [--seconds N] [--seed N]

Each mark is repeated, repeated with a sign or a line's end between, opened again and again and closed as often by each
closing mark; then marks are mixed at random for N seconds. Printed is what took longest (CPU seconds, the cleaner
included), the peak of memory, and every text that the converter gave up on or that took over a second.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

from benchmarks import results
from galactica.refine import clean
from galactica.refine.wikitext import FAILED, wikitext_to_html

SIZE = 200_000
"""Characters of a text: what the promise of a second is about."""

MARKS = (
    "{{", "{{{", "}}", "[[", "[", "]]", "|", "''", "'''", "'''''", "{|\n", "|}\n", "|-\n", "| a\n", "! a !! b\n",
    "|+ a\n", "{{!}}", "<ref>", "</ref>", "<ref name=a>x</ref>", "<ref follow=a>x</ref>", "<references/>", "<nowiki>",
    "<nowiki/>", "<!--", "<!-- -->", "<b>", "</b>", "<i></b>", "<div>", "</div>", "<table>", "<td>", "<ul><li>",
    "<br/", "<span style='display:none'>", "<blockquote>", "*", "* a\n", "*#:;", "; a : b\n", ":{|\n", "== a ==\n",
    "=", " a\n", "\n", "\n ", "----", "{{a|", "{{a|b=", "{{#if:x|", "{{#switch:a|", "{{lc:", "{{padleft:a|500|",
    "{{#expr:1+", "{{convert|1|km|", "{{cite web|url=a|", "{{Infobox|a=b|", "{{lang|de|", "{{flag|", "[[a]]",
    "[[[[a]]]]", "[[a|[", "[[:", "[[a|b]", "[[Category:a]]", "[[File:a|thumb|", "[[File:a|thumb|{|\n",
    "x\n[[File:a|thumb|b]]", "[[%41", "[http://a ", "[http://a b]", "http://a", "http://a.b/c,", "&", "&#", "&nbsp;",
    "-{", "-{zh:a;", "}-", "__", "__a", "__NOTOC__", "~~~~", "<gallery>", "<poem>", "<math>", "<pre>",
    "<onlyinclude>", "<includeonly>", "<section begin=a/>", "(", "\t",
)  # fmt: skip
CLOSING = ("]]", "}}", "\n|}", "</ref>", "</div>", "''", "-->", "x]", "}-")


def repeated(text: str, size: int = SIZE) -> str:
    """`size` characters of `text` again and again."""
    return (text * (size // len(text) + 1))[:size]


def plain() -> Iterator[tuple[str, str]]:
    """(name, text) of each mark alone, and with each closing mark."""
    for mark in MARKS:
        yield repr(mark), repeated(mark)
        yield f"{mark!r} with signs between", repeated(mark + "x")
        yield f"{mark!r} on lines", repeated(mark + "\n")
        for closing in CLOSING:
            yield f"{mark!r} closed by {closing!r}", repeated(mark, SIZE // 2) + repeated(closing, SIZE // 2)


def mixed(chance: random.Random) -> Iterator[tuple[str, str]]:
    """(name, text) of marks mixed at random, without end."""
    while True:
        marks = [chance.choice(MARKS) for _ in range(chance.choice((2, 2, 3, 3, 4, 5)))]
        way = chance.randrange(3)
        if way == 0:
            text = repeated("".join(marks))
        elif way == 1:
            text = "".join(repeated(mark, SIZE // len(marks)) for mark in marks)
        else:
            text = "".join(chance.choice(marks) for _ in range(SIZE // 3))[:SIZE]
        yield f"{('repeated', 'in a row', 'shuffled')[way]} {marks}", text


def cost(text: str) -> tuple[float, bool]:
    """CPU seconds of converting and cleaning, and whether the converter gave up."""
    began = time.process_time()
    result = wikitext_to_html(text, title="Page", site=None, language="en")
    with suppress(ValueError):  # refused, in words
        clean.clean(result.html, base="")
    return time.process_time() - began, FAILED in dict(result.dropped)


def main() -> int:
    """Run; the exit code is 1 where a text took over a second or could not be converted."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--seconds", type=float, default=120.0, help="how long marks are mixed at random")
    options.add_argument("--seed", type=int, default=1)
    given = results.arguments(options).parse_args()
    costs: list[tuple[float, str]] = []
    bad = 0

    def tried(name: str, text: str) -> None:
        nonlocal bad
        seconds, failed = cost(text)
        costs.append((seconds, name))
        if failed or seconds > 1:
            bad += 1
            print(f"{'GAVE UP' if failed else 'SLOW'} {seconds:.2f} s  {name}", flush=True)

    for name, text in plain():
        tried(name, text)
    end = time.monotonic() + given.seconds
    for name, text in mixed(random.Random(given.seed)):
        if time.monotonic() > end:
            break
        tried(name, text)
    for seconds, name in sorted(costs, reverse=True)[:10]:
        print(f"{seconds:6.2f} s  {name}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(costs)} texts of {SIZE:,} characters; peak memory {memory} MB; over a second or given up: {bad}")
    found = {"texts": len(costs), "bad": bad, "slowest, s": max(costs)[0], "peak memory, MB": memory}
    results.keep(__file__, given, found)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
