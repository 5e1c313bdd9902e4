"""PDF files that tests make: pages of text at places, in a standard font or in one that is named by glyphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
"""Of a page, in points (A4)."""


@dataclass
class Made:
    """A file: objects by number; 1 is the catalogue, 2 the pages, 3 the font, 4 a bold font."""

    objects: dict[int, bytes] = field(default_factory=dict)

    def add(self, body: str | bytes) -> int:
        number = max(self.objects, default=4) + 1
        self.objects[number] = body.encode("latin-1") if isinstance(body, str) else body
        return number

    def stream(self, content: bytes, extra: str = "") -> int:
        return self.add(f"<< /Length {len(content)} {extra} >>\nstream\n".encode() + content + b"\nendstream")

    def bytes(self, trailer: str = "") -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = {}
        for number, body in sorted(self.objects.items()):
            places[number] = len(out)
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start, count = len(out), max(self.objects) + 1
        out += f"xref\n0 {count}\n0000000000 65535 f \n".encode()
        for number in range(1, count):
            out += f"{places.get(number, 0):010} 00000 {'n' if number in places else 'f'} \n".encode()
        out += f"trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def shown(text: str, x: float, y: float, size: float = 10, font: str = "F1", matrix: str = "1 0 0 1") -> str:
    """Text at a point from the lower left corner."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {matrix} {x} {y} Tm ({escaped}) Tj ET\n"


def lines(texts: Iterable[str], x: float = 72, y: float = 700, size: float = 10, step: float = 12) -> str:
    """Lines below each other."""
    return "".join(shown(text, x, y - number * step, size) for number, text in enumerate(texts))


def pdf(
    pages: Sequence[str],
    *,
    info: str = "",
    catalogue: str = "",
    fonts: str = "",
    page: str = "",
    made: Made | None = None,
) -> bytes:
    """A file whose pages have these contents.

    Args:
        info: of the information dictionary, as PDF writes it.
        catalogue, page: more of the catalogue, of every page.
        fonts: more fonts: "/F9 12 0 R".
        made: objects that these refer to.
    """
    file = made or Made()
    first = file.add("null")
    file.objects.pop(first)
    numbers = [first + 2 * at for at in range(len(pages))]
    for number, content in zip(numbers, pages, strict=True):
        raw = content.encode("cp1252")
        file.objects[number + 1] = f"<< /Length {len(raw)} >>\nstream\n".encode() + raw + b"\nendstream"
        file.objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {number + 1} 0 R {page} "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R {fonts} >> >> >>"
        ).encode()
    kids = " ".join(f"{number} 0 R" for number in numbers)
    file.objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode("latin-1")
    file.objects[2] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
    for number, name in ((3, "Helvetica"), (4, "Helvetica-Bold")):
        file.objects[number] = (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        )
    trailer = f"/Info {file.add(f'<< {info} >>')} 0 R" if info else ""
    return file.bytes(trailer)


def page_numbers(made: Made, pages: int) -> list[int]:
    """The numbers that the pages will have, for bookmarks that lead there; after everything else was added."""
    first = max(made.objects, default=4) + 1
    return [first + 2 * at for at in range(pages)]


def named_by_glyphs(made: Made, text: str, letters: bool = True) -> tuple[int, str]:
    """(a font of numbered glyphs, the string that shows `text` in it); `letters` False: without saying which."""
    codes = {char: number for number, char in enumerate(dict.fromkeys(text), 1)}
    chars = "".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>\n" for char, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{chars}endbfchar\n"
        "endcmap end end"
    )
    to = f"/ToUnicode {made.stream(cmap.encode())} 0 R" if letters else ""
    about = made.add(
        "<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 "
        "/Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    inner = made.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {about} 0 R /DW 1000 /CIDToGIDMap /Identity >>"
    )
    font = made.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [{inner} 0 R] {to} >>"
    )
    return font, "".join(f"{codes[char]:04x}" for char in text)


def shown_glyphs(codes: str, x: float, y: float, size: float = 10, font: str = "F9") -> str:
    """Glyphs of `named_by_glyphs` at a point."""
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n"


WORDS = (
    "the river runs down to the sea and carries stones and sand from the hills where rain has fallen for a thousand "
    "years on grass and heather until it meets the tide at the old bridge below the town"
).split()


def prose(count: int, width: int = 9, seed: int = 0) -> list[str]:
    """Lines of words, each of a given number of words; the same for the same seed."""
    return [
        " ".join(WORDS[(seed * 7 + number * 5 + at * 3) % len(WORDS)] for at in range(width)) for number in range(count)
    ]
