"""What is known while one page is converted: its wiki, what was set aside, what was dropped, and how much is left.

Pieces of finished HTML are set aside and stand in the text as a marker (two code points that no text may hold, with a
number between), so that no later pass reads them as wikitext. They come back at the very end, in the order in which
a reader meets them; that is also when footnotes get their numbers.

Bounds, all against hostile input: nesting of conversions inside conversions `MAX_NESTING`; characters that templates
may produce and characters of HTML in all, each in proportion to the page's length. What goes over is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import unescape

from galactica.model import Site
from galactica.refine.wikitext.names import Names, names_of
from galactica.refine.wikitext.notes import Notes
from galactica.refine.wikitext.tags import balance

INLINE, BLOCK, CLOSE = "\ufdd0", "\ufdd2", "\ufdd1"
"""Noncharacters (Unicode 23.7) around the number of a piece set aside: within a line, or a block of its own."""

GONE = "\ufdd3"
"""Stands where a template or a picture left nothing: the space after it must not make a line preformatted."""

LEFT = "\ufdd4"
"""Stands for a line on which a template or picture left nothing: a heading with nothing else under it goes with it."""

MARKER = re.compile("[\ufdd0\ufdd2]([0-9]+)\ufdd1")
_ANY_TAG = re.compile(r"<[^<>]*>")
BLOCK_MARKER = re.compile("\ufdd2[0-9]+\ufdd1")

MAX_NESTING = 12
"""Conversions inside conversions: a footnote in a cell of a table in an infobox needs 4."""

Later = Callable[[], str]
Converter = Callable[["WikiPage", str], str]


class WikiPage:
    """The state of one conversion. `expand` resolves templates, `render` turns expanded text into HTML.

    Args:
        title: the page's title, plain.
        site: what the dump said of the wiki; None where nothing is known.
        language: BCP 47 tag of the page.
        size: characters of the page's text, which the bounds are in proportion to.
    """

    def __init__(
        self, *, title: str, site: Site | None, language: str, size: int, expander: Converter, renderer: Converter
    ) -> None:
        self.title = title
        self.language = language.lower()
        self.names: Names = names_of(site, self.language)
        self.notes = Notes(self.note_text)
        self.categories: dict[str, None] = {}
        self.dropped: Counter[str] = Counter()
        self.anchors: dict[str, int] = {}
        self.bare: set[str] = set()  # ids of headings under which the author wrote nothing
        self.lead = True  # the template that is evaluated stands before the first heading
        self.template_budget = 6 * size + 200_000
        self.html_budget = 12 * size + 1_000_000
        self._pieces: list[str | Later] = []
        self._nesting = 0
        self._expander = expander
        self._renderer = renderer

    @property
    def top_level(self) -> bool:
        """True while the page's own text is walked, not a piece of it."""
        return self._nesting == 1

    def expand(self, text: str) -> str:
        """Wikitext with templates, comments and extension tags resolved; "" beyond `MAX_NESTING`."""
        if self._nesting >= MAX_NESTING:
            return ""
        self._nesting += 1
        try:
            return self._expander(self, text)
        finally:
            self._nesting -= 1

    def render(self, expanded: str) -> str:
        """HTML (with markers) of expanded text; a lone paragraph comes without its <p>."""
        if self._nesting >= MAX_NESTING:
            return ""
        self._nesting += 1
        try:
            html = self._renderer(self, expanded).strip()
            if "<" in html:
                html = balance(html)  # a piece cannot close what stands around it
        finally:
            self._nesting -= 1
        if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
            html = html[3:-4]
        return html

    def convert(self, text: str) -> str:
        """HTML (with markers) of wikitext."""
        return self.render(self.expand(text))

    def note_text(self, text: str) -> str:
        """The finished HTML of a footnote's wikitext, given when the reader first meets it."""
        if self._nesting >= MAX_NESTING:
            return ""
        self._nesting += 1
        try:
            return self.restore(self.render(self.expand(text)))
        finally:
            self._nesting -= 1

    def set_aside(self, piece: str | Later, *, block: bool = False) -> str:
        """Keep finished HTML (or what will make it when it is met) and return the marker that stands for it."""
        self._pieces.append(piece)
        return f"{BLOCK if block else INLINE}{len(self._pieces) - 1}{CLOSE}"

    def floats(self, marker: str) -> bool:
        """Whether a block that was set aside is a picture with its caption, which stands beside the text."""
        piece = self._pieces[int(marker[1:-1])] if int(marker[1:-1]) < len(self._pieces) else ""
        return isinstance(piece, str) and piece.startswith("<figure")

    def words(self, html: str) -> str:
        """`html` with the words of what was set aside in it, footnotes' marks and formulas apart; without tags."""

        def piece(match: re.Match[str]) -> str:
            found = self._pieces[int(match[1])] if int(match[1]) < len(self._pieces) else ""
            return found if isinstance(found, str) and not found.startswith(("<math", "<figure", "<pre")) else ""

        if CLOSE in html:
            html = MARKER.sub("", MARKER.sub(piece, html))
        return unescape(_ANY_TAG.sub("", html) if "<" in html else html)

    def restore(self, html: str) -> str:
        """Put back what was set aside, in reading order. Each piece's own markers are of earlier pieces, so it ends."""
        if CLOSE not in html:
            return html
        return MARKER.sub(self._piece, html)

    def _piece(self, match: re.Match[str]) -> str:
        number = int(match[1])
        if number >= len(self._pieces) or self.html_budget <= 0:
            return ""
        piece = self._pieces[number]
        html = piece if isinstance(piece, str) else piece()
        self.html_budget -= len(html) + 8
        return self.restore(html)

    def spend(self, produced: str) -> str:
        """What a template made, or "" where the page has made too much already."""
        self.template_budget -= len(produced)
        return produced if self.template_budget > 0 else ""

    def drop(self, name: str) -> str:
        """Count a template as dropped; returns what stands in its place: nothing."""
        self.dropped[name] += 1
        return ""

    def anchor(self, text: str) -> str:
        """The id of a heading: its text with underscores, made unique. Source: MediaWiki's html5 fragment mode."""
        name = "_".join(text.split()) or "section"
        count = self.anchors.get(name, 0) + 1
        self.anchors[name] = count
        return name if count == 1 else f"{name}_{count}"
