"""PowerPoint presentations of 97 to 2003 (.ppt, .pps, .pot): a heading and an anchor for each slide, in the order of
showing.

Kept: text by its levels, tables, links, pictures that browsers show, notes of speakers and remarks after their slide.
What stands on masters is decoration, and numbers, dates and feet say the same on every slide: both are not read. What
is counted: files of other programs, other pictures, what is damaged. Standard: [MS-PPT] §2.4.14, §2.5.1, §2.5.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from galactica.sources.contract import Item
from galactica.sources.office import metadata, parts, property_set, slides
from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line, text_html
from galactica.sources.office.ppt_records import PptFile, PptRecord
from galactica.sources.office.ppt_shapes import PptPictures, PptShape, shapes, table_html
from galactica.sources.office.ppt_text import (
    BODY,
    CENTRED_TITLE,
    HALF_BODY,
    QUARTER_BODY,
    TITLE,
    PptText,
    put_paragraphs,
    text_paragraphs,
    texts,
)

_LIST, _PERSIST = 0x0FF0, 0x03F3
_SLIDES, _NOTES = 0, 2
_SLIDE, _SLIDE_ATOM, _NOTES_PART, _DRAWING = 0x03EE, 0x03EF, 0x03F0, 0x040C
_LINKS, _HYPERLINK, _NUMBER, _STRING = 0x0409, 0x0FD7, 0x0FD3, 0x0FBA
_ENVIRONMENT, _FONTS, _FONT = 0x03F2, 0x07D5, 0x0FB7
_REMARK = 0x2EE0
_TITLES = (TITLE, CENTRED_TITLE)
_LISTED = (BODY, HALF_BODY, QUARTER_BODY)


def read(file: CompoundFile, path: str, key: str) -> Iterator[Item]:
    """Yield what a presentation holds.

    Raises:
        PartError: it is under a password, or its parts cannot be found.
    """
    reader = _Ppt(PptFile(file), TextFlow(path=path, key=key))
    about = reader.read()
    yield from parts.documents(reader.flow, about, "presentation")


class _Ppt:
    def __init__(self, file: PptFile, flow: TextFlow) -> None:
        self.flow = flow
        self._file = file
        self._pictures = PptPictures(file, flow)
        self._addresses = dict(self._links())
        self._fonts = list(self._font_names())
        self._number = 0

    def read(self) -> metadata.Described:
        """Everything into the flow; says what the file says of itself, with a title."""
        notes = {identity: part for part, identity, _ in self._listed(_NOTES)}
        first_title = ""
        seen: set[int] = set()
        for number, (part, _, outline) in enumerate(self._listed(_SLIDES), 1):
            self._number = number
            slide = self._file.part(part)
            if slide is None or slide.kind != _SLIDE or part in seen:
                self.flow.dropped["office:damaged-slide"] += 1
                continue
            seen.add(part)
            title = self._slide(slide, outline)
            first_title = first_title or title
            atom = self._file.first(slide, _SLIDE_ATOM)
            noted = int.from_bytes(self._file.bytes_of(atom)[16:20], "little") if atom is not None else 0
            if noted in notes:
                self._notes(notes.pop(noted))
            self._remarks(slide)
        if self._file.compound.damaged:
            self.flow.dropped["office:damaged-part"] += len(self._file.compound.damaged)
        about = property_set.of_compound(self._file.compound)
        return replace(about, title=metadata.titled(about, self.flow.path, "", first_title))

    def _listed(self, instance: int) -> Iterator[tuple[int, int, list[PptText]]]:
        """(number of its part, number of the slide, its texts in the outline) of slides or notes, in order."""
        for each in self._file.inside(self._file.document):
            if each.kind != _LIST or each.instance != instance:
                continue
            about: bytes = b""
            records: list[PptRecord] = []
            for record in self._file.inside(each):
                if record.kind != _PERSIST:
                    records.append(record)
                    continue
                if about:
                    yield self._entry(about, records)
                about, records = self._file.bytes_of(record), []
            if about:
                yield self._entry(about, records)

    def _entry(self, about: bytes, records: list[PptRecord]) -> tuple[int, int, list[PptText]]:
        part, identity = int.from_bytes(about[:4], "little"), int.from_bytes(about[12:16], "little")
        return part, identity, [text for text in texts(self._file, records) if isinstance(text, PptText)]

    def _slide(self, slide: PptRecord, outline: list[PptText]) -> str:
        """A slide with its shapes; says its title."""
        found = list(self._shapes(slide))
        left = dict(enumerate(outline))
        said = [[self._text(each, left) for each in shape.texts] for shape in found]
        titled = next(
            (
                (shape, text)
                for shape, held in zip(found, said, strict=True)
                for text in held
                if text is not None and (shape.title or (shape.kind < 0 and text.kind in _TITLES))
            ),
            None,
        )
        others = [number for number, text in left.items() if text.kind in _TITLES]
        title = Line()
        if titled is not None or others:
            text = titled[1] if titled is not None else left.pop(others[0])
            for each in text_paragraphs(text, self._addresses, self._fonts, self._number):
                if each.line.held:
                    if title.held:
                        title.br()
                    title.markup(each.line.html(), seen=True)
                    title.words.extend(each.line.words)
        slides.begin_slide(self.flow, self._number, title)
        for shape, held in zip(found, said, strict=True):
            self._shape(
                shape, [text for text in held if text is not None and (titled is None or text is not titled[1])]
            )
        for text in left.values():  # in the outline, and on no shape
            self._put(text, self.flow)
        return title.plain

    def _shapes(self, part: PptRecord) -> Iterator[PptShape]:
        drawing = self._file.first(part, _DRAWING)
        if drawing is not None:
            yield from shapes(self._file, drawing)

    def _text(self, text: PptText | int, left: dict[int, PptText]) -> PptText | None:
        return left.pop(text, None) if isinstance(text, int) else text

    def _shape(self, shape: PptShape, held: list[PptText]) -> None:
        if shape.cells:
            cells = [(place, self._inner(each)) for place, each in shape.cells]
            self.flow.block(table_html(cells))
        if shape.silent:
            return
        if shape.embedded:
            self.flow.dropped["office:embedded-file"] += 1
        if shape.picture:
            line = Line()
            self._pictures.put(shape.picture, shape.told, line)
            self.flow.paragraph(line)
        for text in held:
            self._put(text, self.flow)

    def _inner(self, shape: PptShape) -> str:
        inner = self.flow.inner()
        for text in shape.texts:
            if isinstance(text, PptText):
                self._put(text, inner, listed=False)
        return self.flow.close(inner)

    def _put(self, text: PptText, flow: TextFlow, *, listed: bool = True) -> None:
        if text.signs and len(text.signs) >= len(text.letters.strip()):
            return  # the number of the slide or a date alone
        listed = listed and text.kind in _LISTED
        put_paragraphs(text_paragraphs(text, self._addresses, self._fonts, self._number), flow, listed=listed)

    def _notes(self, number: int) -> None:
        part = self._file.part(number)
        if part is None or part.kind != _NOTES_PART:
            self.flow.dropped["office:damaged-notes"] += 1
            return
        inner = self.flow.inner()
        for shape in self._shapes(part):
            for text in shape.texts if not shape.silent else ():
                if isinstance(text, PptText):
                    self._put(text, inner)
        slides.slide_note(self.flow, self.flow.close(inner))

    def _remarks(self, slide: PptRecord) -> None:
        for each in self._file.all_inside(slide):
            if each.kind == _REMARK:
                said = {one.instance: self._string(one) for one in self._file.inside(each) if one.kind == _STRING}
                if said.get(1, "").strip():
                    slides.slide_note(self.flow, f"<p>{text_html(said[1])}</p>", said.get(0, ""))

    def _string(self, record: PptRecord) -> str:
        return self._file.bytes_of(record).decode("utf-16-le", "replace").rstrip("\0")

    def _links(self) -> Iterator[tuple[int, str]]:
        """(number, address) of the links that lead out of the presentation, or to a slide of it."""
        held = self._file.first(self._file.document, _LINKS)
        if held is None:
            return
        order = {identity: number for number, (_, identity, _) in enumerate(self._listed(_SLIDES), 1)}
        for each in self._file.inside(held):
            if each.kind != _HYPERLINK:
                continue
            number, said = 0, dict[int, str]()
            for one in self._file.inside(each):
                if one.kind == _NUMBER:
                    number = int.from_bytes(self._file.bytes_of(one)[:4], "little")
                elif one.kind == _STRING:
                    said[one.instance] = self._string(one)
            place = said.get(3, "")
            identity = place.partition(",")[0]
            if said.get(1):
                yield number, said[1] + (f"#{place}" if place and "#" not in said[1] else "")
            elif identity.isdecimal() and len(identity) < 12 and int(identity) in order:
                yield number, f"#slide:{order[int(identity)]}"

    def _font_names(self) -> Iterator[str]:
        environment = self._file.first(self._file.document, _ENVIRONMENT)
        fonts = self._file.first(environment, _FONTS) if environment is not None else None
        for each in self._file.inside(fonts) if fonts is not None else ():
            if each.kind == _FONT:
                yield self._file.bytes_of(each)[:64].decode("utf-16-le", "replace").partition("\0")[0]
