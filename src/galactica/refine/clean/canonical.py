"""From a page's tags to the writer: the one loop over the text of the page.

`render` walks the serialised article tag by tag, asks `tags.judge` what each becomes (once for each spelling), and
tells the writer. Everything that depends on the place of a tag is decided here: where its address leads, whether its
id is a target, whether its language differs from what surrounds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from galactica.languages import right_to_left
from galactica.model.body import is_anchor
from galactica.refine.clean import maths
from galactica.refine.clean.links import path_of, rebase, resolve
from galactica.refine.clean.page import HtmlPage
from galactica.refine.clean.rules import RuleBook
from galactica.refine.clean.tags import Tag, TagKind, attributes_in, escape, judge, name_of, unescape, write_attributes
from galactica.refine.clean.writer import Frame, Writer

_TOKENS = re.compile(r'(<(?:!--.*?--|[^">]*+(?:"[^"]*+"[^">]*+)*+)>)', re.DOTALL)
_SIMPLE_LINK = re.compile(r'<a href="([^"&]*)"(?: title="([^"]*)")?(?: class="mw-redirect")?>')
_HERE = re.compile(r'<a href="(#[^"]+)"')
_ANCHOR = re.compile(r'<span id="([^"]*)"></span>')
_TARGETS = re.compile(r'href="[^"#]*#([^"]+)"')
_TITLE = re.compile(r' title="([^"]*)"')


MAX_REMEMBERED = 20_000
"""Spellings of tags that are remembered; then memory starts afresh."""

_remembered: tuple[dict[str, Tag], dict[str, Tag]] = ({}, {})


class BodyRenderer:
    """One page being rendered."""

    def __init__(self, page: HtmlPage, base: str, language: str, book: RuleBook) -> None:
        self.page = page
        self.base = rebase(base, page.base) if page.base else base
        self.book = book
        self.language = language or page.language
        self.writer = Writer()
        self.known = _remembered[page.found]
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
                what = self._judge(tag)
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
        return _without_idle_anchors(writer.end())

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

    def _judge(self, text: str) -> Tag:
        """What a tag becomes, remembered for the next page unless it is one of a kind."""
        plain = text
        place = text.find(' id="mw')
        if place > 0:
            end = text.find('"', place + 7)
            if 2 <= end - place - 7 <= 5:  # Parsoid numbers every tag: such an id is nobody's target
                plain = text[:place] + text[end + 1 :]
                what = self.known.get(plain)
                if what is not None:
                    return what
        if plain.startswith("<a ") and (simple := _SIMPLE_LINK.fullmatch(plain)):
            link = Tag(TagKind.LINK, "a")
            link.href = simple[1]
            if simple[2]:
                link.attributes = f' title="{escape(unescape(simple[2]))}"'
            return link
        if plain.startswith("<!"):
            return _COMMENT
        what = judge(plain, self.book, page=not self.page.found)
        if len(self.known) > MAX_REMEMBERED:
            self.known.clear()
        if what.kind is not TagKind.LINK and what.kind is not TagKind.IMAGE:
            self.known[plain] = what
        return what

    # -- opening ----------------------------------------------------------------------------------------------------

    def _open(self, what: Tag, text: str) -> None:
        """The kinds that are seldom."""
        if what.rule:
            self.dropped[what.rule] += 1
        match what.kind:
            case TagKind.DROP:
                if not what.void:
                    self._skip(name_of(text))
            case TagKind.BOUNDARY:
                self.writer.boundary()
                self._anchor(what)
                self.stack.append(_BOUNDARY)
            case TagKind.LINK:
                self._open_link(what)
            case TagKind.IMAGE:
                self._image(what)
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
                self._media(what, text)
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
        if (what.lang or what.dir) and not self._speak(what, frame):
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
        if (what.lang or what.dir) and not self._speak(what, frame):
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
            attributes = _without_told_title(attributes, address)
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
            or _address_of(what.id) in self._targets()
        ):
            writer.anchor(what.id)

    def _targets(self) -> frozenset[str]:
        """Addresses of places on this page that its links lead to."""
        if self.targets is None:
            self.targets = frozenset(resolve("", "#" + unescape(target)) for target in _TARGETS.findall(self.page.html))
        return self.targets

    def _speak(self, what: Tag, frame: Frame) -> bool:
        """Give the frame its language and direction where they are new here; False if it says nothing then."""
        writer = self.writer
        around = [*writer.blocks, *writer.inlines]
        language = next((f.lang for f in reversed(around) if f.lang), self.language)
        direction = next((f.dir for f in reversed(around) if f.dir), _direction(self.language))
        extra = ""
        if what.dir and (what.dir != direction or frame.name in ("bdo", "bdi")):
            extra += f' dir="{what.dir}"'
            frame.dir = what.dir
        lang = f' lang="{what.lang}"' if what.lang and what.lang.lower() != language.lower() else ""
        if lang:
            frame.lang = what.lang
        if not (extra or lang) and frame.name in _BARE and not what.attributes:
            return False
        frame.open = _sorted(frame.open, extra + lang)
        frame.again = _sorted(frame.again, extra + lang)
        return True

    # -- pictures, sound, formulas ----------------------------------------------------------------------------------

    def _image(self, what: Tag) -> None:
        found = (self._address(each) for each in what.addresses)
        address = next((each for each in found if each.startswith("./")), "")
        if not address or _tiny(what.attributes):
            self.dropped["tracking-pixel" if address else "image-elsewhere"] += 1
            return
        address = address.partition("#")[0]
        self.writer.content(_sorted(f"<img{what.attributes}>", f' src="{address}"'))

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

    def _media(self, what: Tag, text: str) -> None:
        """Sound or film with its sources and subtitles; what stands inside for old browsers is not shown."""
        name = what.name
        closing = f"</{name}>"
        inner, found = [], False
        for _, tag in self.tokens:
            if tag == closing or not tag:
                break
            kind = name_of(tag)
            if kind not in ("source", "track"):
                continue
            child = attributes_in(tag)
            address = self._address(child.get("src", ""))
            if address.startswith("./"):
                found = found or kind == "source"
                plain = _sorted(f"<{kind}{write_attributes(kind, child)}>", f' src="{address.partition("#")[0]}"')
                inner.append(plain)
        address = self._address(unescape(what.href)) if what.href else ""
        opening = f"<{name}{what.attributes}>"
        if address.startswith("./"):
            opening = _sorted(opening, f' src="{address.partition("#")[0]}"')
        elif not found:
            self.dropped["image-elsewhere"] += 1
            return
        self.writer.content(opening + "".join(inner) + closing)


_INLINE, _NOTE, _BOUNDARY = Frame("inline"), Frame("note"), Frame("boundary")
_CHANGING = frozenset({"table", "ol", "h2", "h3", "h4", "h5", "h6"})
_COMMENT = Tag(TagKind.NOTHING)
_COMMENT.void = True
_LOWER = {"h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6", "h6": "h6"}
_BARE = frozenset({"span", "div", "section", "aside"})
_PAIRS = re.compile(r' [a-z]+="[^"]*"')


def _address_of(identifier: str) -> str:
    """The address of the place on the same page that has this (escaped) id."""
    return resolve("", "#" + unescape(identifier).replace("%", "%25"))


def _without_idle_anchors(body: str) -> str:
    """The body without empty places that are no anchors and, after all that was dropped, no link leads to."""
    if '<span id="' not in body:
        return body
    led_to = frozenset(_HERE.findall(body))
    return _ANCHOR.sub(lambda hit: hit[0] if is_anchor(hit[1]) or _address_of(hit[1]) in led_to else "", body)


def _as_spaces(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\f", " ")


def _sorted(opening: str, more: str) -> str:
    """A start tag with more attributes, all in order of name."""
    if not more:
        return opening
    name = name_of(opening)
    return f"<{name}{''.join(sorted(_PAIRS.findall(opening) + _PAIRS.findall(more)))}>"


def _direction(language: str) -> str:
    return "rtl" if right_to_left(language) else "ltr"


def _tiny(attributes: str) -> bool:
    """Whether a picture is given as one pixel wide or high: it counts readers and shows nothing."""
    return ' width="1"' in attributes or ' height="1"' in attributes


def _without_told_title(attributes: str, address: str) -> str:
    """A link's attributes without a title that only repeats the path it leads to, as wikis write it."""
    hit = _TITLE.search(attributes)
    assert hit is not None
    told = hit[1].replace(" ", "_")
    if not address.endswith(told):
        path = path_of(address).removesuffix(".html").replace(" ", "_")
        if not path.endswith(unescape(told)):
            return attributes
    return attributes.replace(hit[0], "")
