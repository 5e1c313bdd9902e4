"""A page as a list of blocks of text, each inside the elements that arrange it.

A block is a run of text between two borders of elements that stand as blocks on a screen: a paragraph, a heading, an
item of a menu, a cell. It is what is kept or left out. The page is read once, tag by tag, from lexbor's serialisation,
in which tags nest properly; what the rules of `refine.clean` drop is no block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from galactica.refine.clean.attributes import SPACE, attributes_in, tag_name
from galactica.refine.clean.rules import RuleBook
from galactica.refine.clean.tags import DROPPED, VOID
from galactica.refine.main_content.hints import hinted

MAX_BLOCKS = 20_000
"""Blocks of a page that are looked at; a page with more is kept whole (the most seen was 4,100)."""

MAX_NAMES = 400
"""Characters of `class` and `id` that are looked at for hints."""

MAX_SPELLINGS = 20_000
"""Spellings of tags that are remembered from page to page; then memory starts afresh."""

_TOKENS = re.compile(r'(<(?:!--.*?--|[^">]*+(?>(?:"[^"]*+"[^">]*+)*))>)', re.DOTALL)

_HIDDEN = re.compile(
    r' (?:style="[^"]*(?:display\s*:\s*none|visibility\s*:\s*hidden)[^"]*"|hidden(?:="[^"]*")?(?=[ >]))', re.IGNORECASE
)

INLINE = frozenset(
    "a abbr acronym audio b base bdi bdo big br button cite code col colgroup data del dfn em embed font i img input "
    "ins kbd label link mark math meta meter nobr object output param picture progress q rp rt ruby s samp select "
    "small source span strike strong sub sup svg textarea time track tt u var video wbr".split()
)
"""Tags that stand in a line of text; all others stand as blocks."""

_ONE_OF_A_KIND = re.compile(
    r" (?:href|title|alt|src|srcset|sizes|target|datetime|content|width|height"
    r'|data-[\w:.-]{1,60}|aria-[a-z]{1,20}|on[a-z]{1,20})="[^"]*"'
)
"""Attributes that differ from tag to tag and that no rule for dropping asks for."""

STRONG = frozenset({"b", "strong", "em", "i", "u", "mark"})
MEDIA = frozenset({"img", "video", "audio", "picture", "math"})

NAMES = (
    "p li ul ol dl dt dd div td th tr table tbody section article main aside nav header footer form figure figcaption "
    "blockquote pre h1 h2 h3 h4 h5 h6 details summary address center body fieldset"
).split()
"""Names of elements that features know; any other is one kind."""

NUMBER = {name: number for number, name in enumerate(NAMES, 1)}


class Spelling:
    """What a start tag means here.

    Attributes:
        role: "block", "inline", "link", "media", "strong", or "skip" for what a rule drops.
        number: of its name among `NAMES`, from 1; 0 for others.
        level: of a heading; 0 for others.
        hints: of its class, id, role and itemprop (`hints.hinted`).
        key: the same for tags that a site's template writes alike.
        void: whether no end tag follows.
        rule: that drops it.
    """

    __slots__ = ("hints", "key", "level", "name", "number", "role", "rule", "void")

    def __init__(self, text: str, book: RuleBook) -> None:
        name = tag_name(text)
        self.void = name in VOID or text.startswith("<!")
        self.name = name
        self.number = NUMBER.get(name, 0)
        self.hints = 0
        self.role = "inline"
        self.rule = ""
        self.level = int(name[1]) if len(name) == 2 and name[0] == "h" and name[1].isdigit() else 0
        self.key = name
        if text.startswith("<!"):
            return
        attributes = attributes_in(text)
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:MAX_NAMES]
        if name in DROPPED:
            self.role, self.rule = "skip", "no-text"
            return
        style = attributes.get("style")
        folded = attributes if style is None else {**attributes, "style": SPACE.sub("", style).lower()}
        rule = book.find(name, folded, page=False)
        if rule is not None and rule.action == "drop" and name != "body":
            self.role, self.rule = "skip", rule.name
            return
        if name not in INLINE:
            self.role = "block"
            self.hints = hinted(f"{names} {attributes.get('role', '')} {attributes.get('itemprop', '')}")
            self.key = f"{name} {attributes.get('class', '')}"
        elif name in MEDIA:
            self.role = "media"
        elif name == "a":
            self.role = "link"
        elif name in STRONG:
            self.role = "strong"


@dataclass(slots=True)
class PageOutline:
    """The blocks and elements of a page, in its order, as parallel lists.

    Attributes:
        tokens: text and tags in turn, as they stand in the page: tags at odd places.
        parent: of each element, the element that it stands in; -1 for the first.
        spelling: of each element.
        starts, ends: of each element, places in `tokens` of its tags.
        owner: of each block, the element that it stands in directly.
        first, last: of each block, places in `tokens`: [first, last).
        texts: of each block, white space collapsed; "" where it holds pictures only.
        linked, strong: of each block, characters in links and in strong tags.
        links, media, breaks: of each block, how many links, pictures, line breaks there are.
        dropped: rule of the cleaner → how many tags it dropped.
    """

    tokens: list[str]
    parent: list[int] = field(default_factory=list)
    spelling: list[Spelling] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    strong: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    media: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)


_known: dict[str, Spelling] = {}
_COMMENT = Spelling("<!---->", RuleBook((), (), ()))


def outline_of(html: str, book: RuleBook, *, opened: bool = False) -> PageOutline:
    """The outline of a serialised page; what rules drop is taken out of its tokens and counted.

    Args:
        opened: what is hidden by style or attribute counts as shown.
    """
    reader = _OutlineReader(_TOKENS.split(html), book)
    reader.open_hidden(every=opened)
    reader.read()
    return reader.page


class _OutlineReader:
    """One page being read."""

    def __init__(self, tokens: list[str], book: RuleBook) -> None:
        self.page = PageOutline(tokens)
        self.book = book
        self.stack: list[Spelling] = []
        self.elements = [-1]
        self.here = -1  # the element that is open
        self.pieces: list[str] = []  # of the block that is being read
        self.first = 0  # where it begins
        self.linked = self.strong = self.links = self.media = self.breaks = 0
        self.in_links = self.in_strong = 0  # how many such tags are open

    def open_hidden(self, *, every: bool) -> None:
        """Let tags not hide anything: the page's own (some hide it until a script has run), or every tag."""
        tokens = self.page.tokens
        for at in range(1, len(tokens) if every else 2, 2):
            if "none" in tokens[at] or "hidden" in tokens[at]:
                tokens[at] = _HIDDEN.sub("", tokens[at])

    def read(self) -> None:
        if len(_known) > MAX_SPELLINGS:
            _known.clear()
        known = _known
        tokens, pieces = self.page.tokens, self.pieces
        at = 1
        while at < len(tokens):
            text, tag = tokens[at - 1], tokens[at]
            if text and not text.isspace():
                pieces.append(text)
                if self.in_links:
                    self.linked += len(text)
                if self.in_strong:
                    self.strong += len(text)
            elif text and pieces:
                pieces.append(" ")
            if tag[1] == "/":
                if self.stack:
                    self._close(at)
            else:
                at = self._open(known.get(tag) or self._spelled(tag), at)
            at += 2
        self._end_block(len(tokens))

    def _spelled(self, tag: str) -> Spelling:
        if tag[1] == "!":
            return _COMMENT
        usual = _ONE_OF_A_KIND.sub("", tag)
        what = _known.get(usual)
        if what is None:
            what = _known[usual] = Spelling(usual, self.book)
        return what

    def _open(self, what: Spelling, at: int) -> int:
        """Take in a start tag; returns the place of the last token that is done."""
        role = what.role
        if role == "block":
            self._end_block(at)
            page = self.page
            page.parent.append(self.here)
            self.here = len(page.spelling)
            page.spelling.append(what)
            page.starts.append(at)
            page.ends.append(len(page.tokens))
            self.elements.append(self.here)
        elif role == "skip":
            if what.name not in INLINE:
                self._end_block(at)
            return self._skip(what, at)
        elif role == "link":
            self.in_links += 1
            self.links += 1
        elif role == "strong":
            self.in_strong += 1
        elif role == "media":
            self.media += 1
        elif what.name == "br":
            self.breaks += 1
            if self.pieces:
                self.pieces.append(" ")
        if not what.void:
            self.stack.append(what)
        return at

    def _skip(self, what: Spelling, at: int) -> int:
        """Take out a tag that a rule drops, with all inside; returns where its end tag is."""
        tokens = self.page.tokens
        dropped = self.page.dropped
        dropped[what.rule] = dropped.get(what.rule, 0) + 1
        depth = 0 if what.void else 1
        tokens[at] = ""
        while depth and at + 2 < len(tokens):
            tokens[at + 1] = ""
            at += 2
            tag = tokens[at]
            if tag[1] == "/":
                depth -= 1
            elif tag[1] != "!" and tag_name(tag) not in VOID:
                depth += 1
            tokens[at] = ""
        return at

    def _close(self, at: int) -> None:
        role = self.stack.pop().role
        if role == "block":
            self._end_block(at)
            self.page.ends[self.here] = at + 1
            self.elements.pop()
            self.here = self.elements[-1]
        elif role == "link":
            self.in_links -= 1
        elif role == "strong":
            self.in_strong -= 1

    def _end_block(self, at: int) -> None:
        """A border of blocks: what was read since the last one is a block, where it is anything."""
        if self.pieces or self.media:
            text = " ".join("".join(self.pieces).split())
            if text or self.media:
                page = self.page
                page.owner.append(max(self.here, 0))
                page.first.append(self.first)
                page.last.append(at)
                page.texts.append(text)
                page.linked.append(self.linked)
                page.strong.append(self.strong)
                page.links.append(self.links)
                page.media.append(self.media)
                page.breaks.append(self.breaks)
            self.pieces.clear()
        self.linked = self.strong = self.links = self.media = self.breaks = 0
        self.first = at + 1
