"""From a page's tags to the writer: the one loop over the text of the page.

`render` walks the serialised article tag by tag, asks what each becomes (`tags.judge`, once for each spelling:
`remembered`), and tells the writer. What depends on the place of a tag is decided here: where its address leads,
whether its id is a target (`places`), whether its language differs from what surrounds it (`speech`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from galactica.model.body import is_anchor
from galactica.refine.clean import embedded, maths
from galactica.refine.clean.attributes import attributes_in, tag_name
from galactica.refine.clean.frame import Frame
from galactica.refine.clean.links import rebase, resolve, without_told_title
from galactica.refine.clean.page import HtmlPage
from galactica.refine.clean.places import place_address, targets_of, without_idle_anchors
from galactica.refine.clean.remembered import judged, remembered
from galactica.refine.clean.rules import RuleBook
from galactica.refine.clean.speech import speak
from galactica.refine.clean.tags import Tag, TagKind
from galactica.refine.clean.writer import Writer

_TOKENS = re.compile(r'(<(?:!--.*?--|[^">]*+(?>(?:"[^"]*+"[^">]*+)*))>)', re.DOTALL)


class BodyRenderer:
    """One page being rendered."""

    def __init__(self, page: HtmlPage, base: str, language: str, book: RuleBook) -> None:
        self.page = page
        self.base = rebase(base, page.base) if page.base else base
        self.book = book
        self.language = language or page.language
        self.writer = Writer()
        self.known = remembered(found=page.found)
        self.dropped: Counter[str] = Counter()
        self.skip_title = page.title_is_heading
        self.notes = 0  # marks of footnotes that are open
        self.formula_seen = False
        self.targets: frozenset[str] | None = None
        # What the open tags became: None runs on, `_BOUNDARY` parts, `_INLINE` and `_NOTE` are inline, else a block.
        self.stack: list[Frame | None] = []
        self.spaced = False
        self.tokens: Iterator[tuple[str, str]] = iter(())

    def render(self) -> str:
        """The body."""
        html = self.page.html
        self.spaced = "<pre" not in html  # white space means the same everywhere
        if self.spaced:
            html = _as_spaces(html)
        pieces = _TOKENS.split(html)
        self.tokens = zip(pieces[::2], chain(pieces[1::2], ("",)), strict=True)
        writer, known, stack = self.writer, self.known, self.stack
        nothing, block, inline = TagKind.NOTHING, TagKind.BLOCK, TagKind.INLINE
        for text, tag in self.tokens:
            if text == " " and self.spaced:
                writer.space = writer.run
            elif text:
                if self.notes or not self.spaced:
                    self._text(text)
                else:
                    writer.text(text)
            if not tag:
                break
            if tag[1] == "/":
                if stack and (frame := stack.pop()) is not None:
                    if frame is _INLINE:
                        writer.close_inline()
                    elif frame is _BOUNDARY:
                        writer.boundary()
                    elif frame is _NOTE:
                        writer.close_inline()
                        self.notes -= 1
                    else:
                        writer.close_block(frame)
                continue
            what = known.get(tag)
            if what is None:
                what = judged(tag, self.book, found=self.page.found)
            kind = what.kind
            if kind is nothing and not what.id:
                if not what.void:
                    stack.append(None)
            elif kind is block:
                if (frame := what.frame) is None:
                    self._open_block(what)
                else:
                    stack.append(frame if writer.open_block(frame) else _BOUNDARY)
            elif kind is inline:
                self._push_inline(what, what.frame or self._frame(what))
            elif kind is TagKind.BREAK:
                writer.line_break()
            else:
                self._open(what, tag)
        return without_idle_anchors(writer.end())

    def _text(self, text: str) -> None:
        """Text where white space may matter, or inside the mark of a footnote."""
        writer = self.writer
        if self.notes:
            text = text.replace("[", "").replace("]", "")
        if not text:
            return
        if writer.blocks[-1].name == "pre":
            writer.preformatted(text)
        else:
            writer.text(_as_spaces(text))

    # -- opening ----------------------------------------------------------------------------------------------------

    def _open(self, what: Tag, text: str) -> None:
        """The kinds that are seldom."""
        if what.rule:
            self.dropped[what.rule] += 1
        match what.kind:
            case TagKind.DROP:
                if not what.void:
                    self._skip(tag_name(text))
            case TagKind.BOUNDARY:
                self.writer.boundary()
                self._anchor(what)
                self.stack.append(_BOUNDARY)
            case TagKind.LINK:
                self._open_link(what)
            case TagKind.IMAGE:
                self._embed(embedded.picture(what, self._address))
            case TagKind.TITLE:
                self._title(what)
            case TagKind.FORMULA:
                self._formula(what, text)
            case TagKind.MATH:
                markup = maths.math(text, self.tokens)
                if markup:
                    self.writer.content(markup)
                    self.formula_seen = True
            case TagKind.MEDIA:
                self._embed(embedded.sound_or_film(what, self.tokens, self._address))
            case TagKind.RULE:
                self.writer.rule()
            case _:
                self._anchor(what)
                if not what.void:
                    self.stack.append(None)

    def _skip(self, name: str) -> None:
        """Pass over everything up to the end tag of the tag just read."""
        depth = 1
        opening, closing = f"<{name}", f"</{name}>"
        length = len(opening)
        for _, tag in self.tokens:
            if tag == closing:
                depth -= 1
                if not depth:
                    return
            elif tag.startswith(opening) and tag[length] in " >":
                depth += 1

    def _frame(self, what: Tag) -> Frame:
        """A frame for this tag; kept with the tag where every use of it is the same."""
        name = what.name
        if self.page.shift and name in _LOWER:
            name = _LOWER[name]
        frame = Frame(name, what.attributes, what.id)
        if not (what.id or what.lang or what.dir) and name not in _CHANGING:
            what.frame = frame
        return frame

    def _push_inline(self, what: Tag, frame: Frame) -> None:
        if (what.lang or what.dir) and not speak(what, frame, self.writer, self.language):
            self._anchor(what)
            self.stack.append(None)
        elif self.writer.open_inline(frame):
            if what.note:
                self.notes += 1
                self.stack.append(_NOTE)
            else:
                self.stack.append(_INLINE)
        else:
            self.stack.append(None)

    def _title(self, what: Tag) -> None:
        if self.skip_title:
            self.skip_title = False
            self._skip("h1")
        else:
            self._open_block(what, Frame("h2", what.attributes, what.id))

    def _open_block(self, what: Tag, frame: Frame | None = None) -> None:
        frame = frame or self._frame(what)
        if frame.name in _LOWER and frame.open == frame.again and self.writer.anchors:
            # `<a name="x"></a><h2>`: the place just before a heading is the heading.
            frame.open = Frame(frame.name, what.attributes, self.writer.anchors.pop()).open
        if (what.lang or what.dir) and not speak(what, frame, self.writer, self.language):
            self.writer.boundary()
        elif self.writer.open_block(frame):
            self.stack.append(frame)
            return
        self._anchor(what)
        self.stack.append(_BOUNDARY)

    def _open_link(self, what: Tag) -> None:
        address = ""
        if what.href and not (self.writer.inlines and self.writer.inside("a")):
            address = self._address(what.href.replace("&amp;", "&"))
            if not address:
                self.dropped["address"] += 1
        if not address:
            self._anchor(what)
            self.stack.append(None)
            return
        attributes = what.attributes
        if attributes and " title=" in attributes:
            attributes = without_told_title(attributes, address)
        here = f' href="{address.replace("&", "&amp;")}"'
        frame = Frame("a", here + attributes)
        if what.id:
            frame.open = f'<a{here} id="{what.id}"{attributes}>'
        self._push_inline(what, frame)

    def _address(self, written: str) -> str:
        """Where an address on this page leads, from the source's root."""
        return resolve(self.base, written)

    def _anchor(self, what: Tag) -> None:
        """Keep the id of a tag that is not written, where something on the page leads to it or a heading needs it."""
        if not what.id:
            return
        writer = self.writer
        block = writer.blocks[-1]
        if block.name in _LOWER and len(writer.blocks) > writer.written and block.open == block.again:
            block.open = Frame(block.name, block.again[len(block.name) + 1 : -1], what.id).open
            return
        # Anchors proper may name the heading that follows; of the rest only those that are led to are of use.
        if (
            what.kind in (TagKind.LINK, TagKind.NOTHING)
            or is_anchor(what.id)
            or place_address(what.id) in self._targets()
        ):
            writer.anchor(what.id)

    def _targets(self) -> frozenset[str]:
        """Addresses of places on this page that its links lead to."""
        if self.targets is None:
            self.targets = targets_of(self.page.html)
        return self.targets

    # -- pictures, sound, formulas ----------------------------------------------------------------------------------

    def _embed(self, found: tuple[str, str]) -> None:
        """Markup, or the rule that it is left out by."""
        markup, rule = found
        if rule:
            self.dropped[rule] += 1
        else:
            self.writer.content(markup)

    def _formula(self, what: Tag, text: str) -> None:
        """A picture of a formula: superfluous after its MathML, else its alternative text is its TeX."""
        if not what.void:
            self.stack.append(None)
        if self.formula_seen:
            self.formula_seen = False
            return
        markup = maths.formula(attributes_in(text).get("alt", ""))
        if markup:
            self.writer.content(markup)


_INLINE, _NOTE, _BOUNDARY = Frame("inline"), Frame("note"), Frame("boundary")
_CHANGING = frozenset({"table", "ol", "h2", "h3", "h4", "h5", "h6"})
_LOWER = {"h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6", "h6": "h6"}


def _as_spaces(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\f", " ")
