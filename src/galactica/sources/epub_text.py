"""A page of a book as the HTML of its parts: a listener that is told of the page tag by tag (`PageText`).

Rules: what a page arranges by (sections, heads and feet) keeps its text in place; a printed page's beginning becomes an
anchor, a footnote and its mark get their roles, what stands over ruby its brackets; formulas stay, pictures, sound and
film are shown by their files in the book (`epub_shown`), links lead to the parts. A page is cut before the tag that
holds an id of the contents, or before the block that only begins there. What is left out is counted (`dropped`).
"""

from __future__ import annotations

import html
from urllib.parse import quote

from galactica.model.body import MATH_TAGS, attributes_of
from galactica.sources import epub_flow, epub_marks, epub_shown, epub_tags
from galactica.sources.epub_aloud import APART
from galactica.sources.epub_flow import OpenTag, PageFlow, PageHeading, PagePart
from galactica.sources.epub_styles import PageStyles
from galactica.sources.epub_tags import HEADINGS
from galactica.sources.xml_stream import MAX_OPEN, VOID, TooMuchError

_NOTED = ' role="doc-noteref"'
_EMBEDDED = frozenset({"object", "embed", "iframe"})


class PageText(PageFlow):
    """One page.

    Args:
        cuts: ids at which a part begins; parts are numbered by them from 1, what stands before the first is part 0.
        pages: id → label of the printed page that begins there; "" is the page's beginning.
        clips: id → (path of the recording that says the text there, second).
        soup: whether end tags may be missing.
    """

    def __init__(
        self,
        files: epub_shown.Files,
        cuts: tuple[str, ...],
        pages: dict[str, str],
        clips: dict[str, tuple[str, float]] | None = None,
        *,
        soup: bool = False,
    ) -> None:
        super().__init__()
        self.files = files
        self._styles = PageStyles(files, self.dropped)
        self.title = ""
        self.language = ""
        self.kinds: frozenset[str] = frozenset()
        self._cuts = {mark: number for number, mark in enumerate(cuts, 1)}
        self._pages = pages
        self._clips = clips or {}
        self._soup = soup
        self._drawing: epub_shown.Drawing | None = None
        self._in_title = False
        self._heading = 0
        if "" in pages:
            self._page = pages[""]
            self._write(epub_marks.page_mark(self._page))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        if self._drawing is not None:
            self._drawing.start(name, attributes)
        elif self._skipping:
            self._depth += name == self._skipping
        elif name in epub_tags.GONE:
            self.dropped[f"epub:{name}"] += name != "style"
            self._skip(name)
        elif name == "title" and not self._inside("math"):
            self._in_title = True
        elif len(self._open) >= MAX_OPEN:
            if not self._soup:
                raise TooMuchError
            self.dropped["epub:too-deep"] += 1  # its text stays
        else:
            if self._soup:
                self._imply_ends(name)
            mark = attributes.get("id") or (attributes.get("name", "") if name == "a" else "")
            self._heading += name in HEADINGS
            if not mark and name in HEADINGS and f"heading-{self._heading}" in self._cuts:
                mark = f"heading-{self._heading}"
            if mark in self._cuts:
                self._cut(self._cuts.pop(mark))
            if mark in self._pages and mark and not epub_marks.break_kind(name, attributes):
                self.begin_page(self._pages[mark])
            if mark in self._clips:
                self._say(*self._clips[mark])
            if name == "svg":
                self._drawing = epub_shown.Drawing(attributes)
            else:
                self._tag(name, attributes, mark)

    def end(self, name: str) -> None:
        """A tag ends."""
        if self._drawing is not None:
            if self._drawing.end(name):
                self._draw()
        elif self._skipping:
            self._depth -= name == self._skipping
            if not self._depth:
                self._styles.end()
                self._skipping = ""
        elif name == "title":
            self._in_title = False
        elif self._open and self._open[-1].name == name:
            self._close()
        elif self._soup and name not in VOID and any(each.name == name for each in self._open[-64:]):
            while self._open[-1].name != name:
                self._close()
            self._close()

    def text(self, text: str) -> None:
        """Text."""
        if self._drawing is not None:
            self._drawing.text(text)
        elif self._in_title:
            self.title = (self.title + text)[:1_000]
        elif self._skipping == "style":
            self._styles.text(text)
        elif not self._skipping and not (self._open and self._open[-1].special == "film"):
            self.parts[-1].size += len(text.strip())
            plain = "&" not in text and "<" not in text and ">" not in text
            self._write(text if plain else html.escape(text, quote=False))

    def finish(self) -> list[PagePart]:
        """The parts of the page, all tags closed."""
        if self._drawing is not None:
            self._draw()
        if self._skipping or any(tag.special == "film" for tag in self._open):
            self.dropped["epub:not-closed"] += 1
        while self._open:
            self._close()
        return self.parts

    def _tag(self, name: str, attributes: dict[str, str], mark: str) -> None:
        inner = self._open[-1].special if self._open else ""
        if inner == "film":
            if name in ("source", "track"):
                self._write(epub_shown.film_tag(name, attributes, self.files, self.dropped))
        elif name == "math" or inner == "math":
            self._formula(name, attributes)
        elif name in ("img", "image"):
            self._show(epub_shown.picture_tag(attributes, self.files, self.dropped), mark)
            self._skip(name)
        elif name in ("audio", "video"):
            self._show(epub_shown.film_tag(name, attributes, self.files, self.dropped), mark)
            self._push(name, name, special="film")
        elif name in _EMBEDDED:
            self._embed(name, attributes, mark)
        elif kind := epub_marks.break_kind(name, attributes):
            told = "" if kind == "named" else epub_marks.label_of(attributes, "")
            self._push(name, special=f"page {kind}", label=self._pages.get(mark) or told, after=mark)
        elif name in ("switch", "case", "default"):
            self._choose(name, attributes)
        else:
            self._plain(name, attributes, mark)

    def _embed(self, name: str, attributes: dict[str, str], mark: str) -> None:
        """Another file: a picture or film is shown, else what stands inside for it, else a link leads to it."""
        shown = epub_shown.embedded_tag(name, attributes, self.files, self.dropped)
        if shown.startswith("<a ") and name == "object":
            self._push(name, special="object", after=shown)
        elif shown:
            self._show(shown, mark)
            self._skip(name)
        else:
            self._push(name)

    def _plain(self, name: str, attributes: dict[str, str], mark: str) -> None:
        """A tag of text."""
        out, role = epub_tags.becomes(name), ""
        kinds = epub_marks.kinds_of(attributes)
        if name in ("html", "body"):
            self.language = attributes.get("xml:lang") or attributes.get("lang") or self.language
            self.kinds |= kinds
            attributes = {"dir": attributes["dir"]} if "dir" in attributes else {}
        if epub_marks.is_note(name, kinds):
            out, role = (out if out in ("li", "div") else "aside"), "doc-footnote"
            if out == "li":
                self._mark_list()
        elif out in ("ol", "ul") and (epub_marks.is_note_list(kinds) or self._among_notes()):
            role = "doc-endnotes"
        attributes = self._styles.told(name, attributes, note=role == "doc-footnote")
        special = "notes" if epub_marks.is_note_list(kinds) else ""
        if "navigation" in kinds or (name == "nav" and "toc" not in kinds):
            special = "leads"
        told = epub_tags.attributes_kept(out, attributes, mark, role) if out else ""
        again = epub_tags.attributes_kept(out, attributes, "", role) if told else ""
        label = after = ""
        heading = None
        if out == "a":
            special, label = self._link(name, attributes, kinds)
            told += f' href="{html.escape(label)}"' if label else ""
            again = told
        elif out == "rp" and (ruby := self._around("ruby")):
            ruby.label = "bracketed"
        elif out == "rt" and (ruby := self._around("ruby")) and not ruby.label:
            self._write("<rp>(</rp>")
            after = "<rp>)</rp>"
        elif out in HEADINGS:
            part = self.parts[-1]
            place = len(part.pieces)
            leads = any(each.special == "leads" for each in self._open)
            heading = PageHeading(at=place, level=HEADINGS[out], before=part.size, attributes=told, leads=leads)
            part.headings.append(heading)
        if out in VOID:
            self._write(f"<{out}{told}>")
            out = ""
        self._push(name, out, told, again, special=special, label=label, after=after, heading=heading)

    def _link(self, name: str, attributes: dict[str, str], kinds: frozenset[str]) -> tuple[str, str]:
        """(what kind of link it is, where it leads)."""
        written = attributes.get("href", "") or attributes.get("xlink:href", "")
        if name in ("noteref", "annoref") and not written:
            written = "#" + attributes.get("idref", "").removeprefix("#")
        address = self.files.link(written) if written else ""
        if written and not address:
            self.dropped["epub:link"] += 1
        if name == "noteref" or not kinds.isdisjoint(("noteref", "doc-noteref")):
            return "mark", address
        return "back" if not kinds.isdisjoint(("backlink", "doc-backlink", "referrer")) else "", address

    def _formula(self, name: str, attributes: dict[str, str]) -> None:
        """A tag of MathML; tags of other kinds inside it only hold text."""
        if name not in MATH_TAGS:
            self._push(name, special="math")
            return
        allowed = attributes_of(name) if attributes else ()
        told = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items() if key in allowed)
        self._push(name, name, told, told, special="math")
        if name == "math":
            self.parts[-1].shown += 1

    def _closed(self, tag: OpenTag) -> None:
        """What a tag leads to that has just ended."""
        if tag.special.startswith("page "):
            self._end_page(tag)
        elif tag.out in ("a", "sup"):
            self._settle_mark(tag)
        elif tag.special == "object" and self._is_hollow(tag):
            self._write(tag.after)

    def _settle_mark(self, tag: OpenTag) -> None:
        """Give a footnote's mark its role, and take away a link that only leads back."""
        pieces = self.parts[-1].pieces
        if len(pieces) - tag.at > epub_flow.SHORT:
            return
        said = self._said(tag.at)
        if tag.special == "back" and epub_marks.is_way_back(said):
            self._take_back(tag)
            self.dropped["epub:backlink"] += 1
            return
        raised = [number for number in range(tag.at, len(pieces)) if pieces[number].startswith("<sup")]
        links = [number for number in range(tag.at, len(pieces)) if pieces[number].startswith("<a ")]
        if any(_NOTED in pieces[number] for number in raised):
            return
        marked = tag.special == "mark"
        if not marked and not (raised and len(links) == 1 and epub_marks.is_note_mark(said, pieces[links[0]])):
            return
        around = self._open[-1] if self._open else None
        if tag.out == "a":
            if not marked and self._said(raised[0]) != said:
                return
            for number in range(tag.at, len(pieces)):
                if pieces[number].startswith(("<sup", "</sup")):
                    pieces[number] = ""
            if around is not None and around.out == "sup" and not self._said(around.at, tag.at):
                pieces[around.at] = pieces[around.at].replace("<sup", f"<sup{_NOTED}", 1)
            else:
                pieces[tag.at] = f"<sup{_NOTED}>{pieces[tag.at]}"
                pieces[-1] += "</sup>"
        elif self._said(links[0]) == said:
            pieces[tag.at] = pieces[tag.at].replace("<sup", f"<sup{_NOTED}", 1)

    def _say(self, path: str, second: float) -> None:
        """A recording says the text that begins here."""
        if path != self._recording:
            address = self.files.shown("/" + quote(path))
            if not address:
                return
            self._recording, self._second = path, -APART
            self._show(f'<audio controls src="{html.escape(address)}"></audio>')
        if abs(second - self._second) >= APART:
            self._second = second
            told = f"{second:.3f}".rstrip("0").rstrip(".")
            self._write(f'<span id="time:{told}"></span>')

    def _draw(self) -> None:
        assert self._drawing is not None
        found, self._drawing = self._drawing, None
        self._show(epub_shown.drawing_tag(found, self.files, self.dropped))
