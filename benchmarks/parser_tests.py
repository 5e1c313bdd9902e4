"""MediaWiki's own parser tests: how often does a reader see the same words, and what kind is each difference of?

    python -m benchmarks.parser_tests [--kind WORDS]

Runs the tests that need nothing of the test wiki's templates: wikitext without double braces, with the HTML of
MediaWiki's own parser (tidied where both are given) and no option that asks for something else than a page (what is
done when a page is saved, comments, one section, lists of categories). Both HTMLs are made text by one rule: a break
at every block and `<br>`, white space outside `<pre>` is one space, empty lines go, nothing else is taken out. A test
counts as the same where both texts are equal. Each difference gets the first kind of `KINDS` whose rule fits.
Data: GALACTICA_DATA (default ../shared/data), folder `mediawiki-parser-tests`.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from benchmarks import results
from galactica.model import Site
from galactica.refine.wikitext import wikitext_to_html

SITE = Site(namespaces=(), language="en", first_letter=True, base="https://wiki.example/wiki/")
_SECTION = re.compile(r"!!\s*([A-Za-z][\w/+*-]*)")
_HTML = ("html/php+tidy", "html+tidy", "html/php", "html", "html/*")
_OTHER_OUTPUT = re.compile(
    r"\b(?:pst|msg|comment|disabled|section=|replace=|preload|lastsaved|wgRawHtml|cat\b|ill\b|showtitle|showindicators"
    r"|showflags|showtocdata)"
)
_LANGUAGE = re.compile(r"\blanguage=([\w-]+)")
_VARIANT = re.compile(r"\bvariant=([\w-]+)")
_TITLE = re.compile(r"\btitle=\[\[(.*?)\]\]")
_BREAK = re.compile(
    r"</?(?:p|div|table|thead|tbody|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|pre|blockquote|hr|br|caption|figure|figcaption"
    r"|section|center|gallery)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_FOOTNOTE = re.compile(
    r"<sup\b[^<>]*(?:class=\"[^\"]*\breference\b|role=\"doc-noteref)[^<>]*>.*?</sup>"
    r"|<span class=\"mw-cite-backlink\">(?:(?!</?span).|<span.*?</span>)*</span>",
    re.DOTALL,
)
_PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_EDIT = re.compile(
    r'<span class="mw-editsection">.*?</a><span class="mw-editsection-bracket">\]</span></span>', re.DOTALL
)
_CONTENTS = re.compile(r'<div id="toc".*?</ul>\s*</div>', re.DOTALL)
_HEADINGS = re.compile(r"<h[1-6]\b.*?</h[1-6]>", re.DOTALL)
_NUMBERED = re.compile(r"\[[^\[\]\s]*\]")
_UNEXPLAINED = "not explained"
_KEPT_SPACE, _KEPT_LINE = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParserTest:
    """One test: its file, name, options as written, wikitext and MediaWiki's HTML."""

    file: str
    name: str
    options: str
    wikitext: str
    html: str


def tests_in(file: str, text: str) -> Iterator[ParserTest]:
    """The tests of a file that can be run."""
    section, parts = "", dict[str, str]()
    for line in text.split("\n"):
        match = _SECTION.match(line)
        if match is None:
            parts[section] = parts.get(section, "") + line + "\n"
            continue
        section = match[1].lower()
        if section in ("test", "article"):
            parts = {}
        elif section == "end" and "test" in parts:
            html = next((parts[key] for key in _HTML if key in parts), None)
            options, wikitext = parts.get("options", ""), parts.get("wikitext")
            runs = wikitext is not None and "{{" not in wikitext and not _OTHER_OUTPUT.search(options)
            if runs and wikitext is not None and html is not None:
                name = " ".join(parts["test"].split())
                source = wikitext.removesuffix("\n")
                yield ParserTest(file=file, name=name, options=options, wikitext=source, html=html)
            parts = {}
        parts[section] = ""


def seen(html: str) -> str:
    """The text of an HTML that a reader sees; see the module's rule."""
    html = _FOOTNOTE.sub("", html)
    html = _PRE.sub(lambda match: match[0].replace(" ", _KEPT_SPACE).replace("\n", _KEPT_LINE), html)
    html = _TAG.sub("", _BREAK.sub(_KEPT_LINE, " ".join(html.split())))
    html = unescape(html).replace(_KEPT_SPACE, " ").replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in html.split(_KEPT_LINE))
    return "\n".join(line for line in lines if line)


def ours(test: ParserTest) -> str:
    """The HTML that this program makes of a test's wikitext."""
    language, variant, title = (found.search(test.options) for found in (_LANGUAGE, _VARIANT, _TITLE))
    tag = variant or language
    return wikitext_to_html(
        test.wikitext, title=title[1] if title else "Parser test", site=SITE, language=tag[1] if tag else "en"
    ).html


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _without_furniture(html: str) -> str:
    """MediaWiki's HTML without its links to edit sections and its list of contents."""
    return _CONTENTS.sub("", _EDIT.sub("", html))


def _without_bare_headings(test: ParserTest, made: str) -> bool:
    html = _without_furniture(test.html)
    headings = {seen(heading) for heading in _HEADINGS.findall(html)}
    ours_lines = made.split("\n")
    kept = [line for line in seen(html).split("\n") if line not in headings or line in ours_lines]
    return [line for line in kept if line not in headings] == [line for line in ours_lines if line not in headings]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of difference.

    Attributes:
        name: what it is, in a few words.
        ours: True where the difference is wanted, or comes from the test wiki and not from the marks.
        fits: (test, MediaWiki's text, our text) → whether a difference is of this kind.
    """

    name: str
    ours: bool
    fits: Callable[[ParserTest, str, str], bool]


def _pattern(pattern: str, where: str = "wikitext") -> Callable[[ParserTest, str, str], bool]:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda test, theirs, made: found.search(getattr(test, where)) is not None


KINDS = (
    Kind(
        name="links to edit a section, and the list of contents, are no part of an article",
        ours=True,
        fits=lambda test, theirs, made: seen(_without_furniture(test.html)) == made,
    ),
    Kind(
        name="a heading under which nothing stands goes",
        ours=True,
        fits=lambda test, theirs, made: "<h" in test.html and _without_bare_headings(test, made),
    ),
    Kind(
        name="an address without words shows its host, not a number",
        ours=True,
        fits=lambda test, theirs, made: (
            ("[1]" in test.html + theirs and _NUMBERED.sub("[]", theirs) == _NUMBERED.sub("[]", made))
            or "[۱]" in theirs
        ),
    ),
    Kind(
        name="the same words in other lines",
        ours=False,
        fits=lambda test, theirs, made: _squeezed(theirs) == _squeezed(made),
    ),
    Kind(
        name="the same words and signs, a space more or less",
        ours=False,
        fits=lambda test, theirs, made: "".join(theirs.split()) == "".join(made.split()),
    ),
    Kind(
        name="tags that only the test wiki has",
        ours=True,
        fits=_pattern(r"<(?:tag|tåg|statictag|asidetag|style|link|meta|sealtag|divtagpf|aside)\b"),
    ),
    Kind(
        name="conversion between the scripts of a language",
        ours=True,
        fits=lambda test, theirs, made: "variant=" in test.options or "langconvert" in test.wikitext,
    ),
    Kind(
        name="messages of Cite, ImageMap and thumbnails about mistakes of an author",
        ours=True,
        fits=lambda test, theirs, made: re.search(r"Cite error|Error: |Error creating|Invalid <", theirs) is not None,
    ),
    Kind(
        name="a picture, sound or film that the test wiki has or lacks: its name, or a picture in its place",
        ours=True,
        fits=lambda test, theirs, made: (
            (
                re.search(r"\[\[(?:File|Image|Media)|<gallery", test.wikitext, re.IGNORECASE) is not None
                and _picture_names(theirs) == _picture_names(made)
            )
            or (".png" in test.wikitext and "<img" in test.html)
        ),
    ),
    Kind(
        name="pictures: captions and what stands in them",
        ours=False,
        fits=_pattern(r"\[\[(?:File|Image|Media):|<gallery"),
    ),
    Kind(
        name="a link to no possible title keeps its brackets in MediaWiki, here its words alone",
        ours=True,
        fits=lambda test, theirs, made: (
            "[[" in test.wikitext
            and "[[" in theirs
            and (re.sub(r"[\[\]|]", "", theirs) == re.sub(r"[\[\]|]", "", made) or not made.count("[["))
        ),
    ),
    Kind(
        name="an outer link in two brackets with a bar, which MediaWiki cuts, is a link",
        ours=True,
        fits=_pattern(r"\[\[https?:[^\]]*\|"),
    ),
    Kind(
        name="other wikis that the test wiki knows; subpages, which it has",
        ours=True,
        fits=lambda test, theirs, made: (
            "subpage" in test.options or re.search(r"\[\[:*(?:mi|mul|meatball|es|ko|en)\b:?", test.wikitext) is not None
        ),
    ),
    Kind(
        name="a note that follows another which comes later (follow=)",
        ours=False,
        fits=_pattern(r"<ref[^<>]*\bfollow="),
    ),
    Kind(
        name="a caption stands before its table, wherever it is written",
        ours=True,
        fits=lambda test, theirs, made: (
            "|+" in test.wikitext and sorted(theirs.split("\n")) == sorted(made.split("\n"))
        ),
    ),
    Kind(
        name="character references inside an address, and those that stand for no character",
        ours=False,
        fits=_pattern(r"(?:http|irc)://\S*&(?:#|zwnj)|&#x10fffe"),
    ),
    Kind(
        name="HTML that does not close, or stands where it may not",
        ours=True,
        fits=_pattern(r"</?(?:div|p|table|tr|td|th|ul|ol|li|dl|dd|dt|b|i|s|u|small|span|center|pre|blockquote|h\d)\b"),
    ),
)
"""Kinds of differences, the first that fits counts. What is `ours` is meant so or no matter of the marks."""


def _picture_names(text: str) -> str:
    return re.sub(
        r"(?:(?:File|Image|Media):)?[^\n\[\]|]*?\.(?:jpe?g|png|gif|svg|ogv|ogg)|\s", "", text, flags=re.IGNORECASE
    )


def all_tests(data: Path) -> Iterator[ParserTest]:
    """The tests that can be run, file by file."""
    with tarfile.open(data / "mediawiki-parser-tests" / "tests.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            stream = archive.extractfile(member)
            if stream is not None and member.name.endswith(".txt"):
                yield from tests_in(member.name.rpartition("/")[2], stream.read().decode("utf-8"))


def main() -> int:
    """Run; the exit code is always 0, as what differs is a finding."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--kind", help="show the differences whose kind holds these words")
    given = results.arguments(options).parse_args()
    data = Path(os.environ.get("GALACTICA_DATA", "../shared/data"))
    if not (data / "mediawiki-parser-tests").is_dir():
        print(f"skipped: no parser tests in {data} (set GALACTICA_DATA)")
        return 0
    same, total = Counter[str](), Counter[str]()
    kinds: dict[str, list[ParserTest]] = {kind.name: [] for kind in KINDS}
    for test in all_tests(data):
        total[test.file] += 1
        made, theirs = seen(ours(test)), seen(test.html)
        if made == theirs:
            same[test.file] += 1
            continue
        name = next((kind.name for kind in KINDS if kind.fits(test, theirs, made)), _UNEXPLAINED)
        kinds.setdefault(name, []).append(test)
        if given.kind is not None and given.kind in name:
            print(f"{'=' * 100}\n{test.name} [{name}]\n{test.wikitext}\n--- MediaWiki\n{theirs}\n--- here\n{made}")
    _report(same, total, kinds)
    figures = {file: {"same": same[file], "tests": total[file]} for file in total}
    results.keep(__file__, given, {**figures, "kinds of differences": {name: len(of) for name, of in kinds.items()}})
    return 0


def _report(same: Counter[str], total: Counter[str], kinds: dict[str, list[ParserTest]]) -> None:
    for file in total:
        print(f"{same[file]:5} of {total[file]:5}  {file}")
    everything, alike = sum(total.values()), sum(same.values())
    print(f"{alike:5} of {everything:5}  the same visible text: {100 * alike / everything:.1f} %")
    wanted = {kind.name for kind in KINDS if kind.ours}
    for is_wanted, title in ((True, "meant so, or of the test wiki:"), (False, "not as MediaWiki shows it:")):
        rows = [(len(tests), name) for name, tests in kinds.items() if tests and (name in wanted) is is_wanted]
        print(f"{sum(count for count, _ in rows):5}           {title}")
        for count, name in sorted(rows, reverse=True):
            print(f"{count:13}   {name}")


if __name__ == "__main__":
    sys.exit(main())
