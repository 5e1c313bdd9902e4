"""Chapter: the program: in short, as source, and as QR codes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from galactica.engrave.primer.codes import QUIET, ProgramCode, code_texts, program_codes, source_digest
from galactica.engrave.primer.document import (
    FigureLabel,
    Listing,
    Piece,
    PrimerFigure,
    Symbols,
    h1,
    h2,
    p,
)

CODE_MM = 82.0
"""Width of a QR code with what stays white around it."""

_SHORT = """
for each picture:
    find the four finders; turn the picture upright            (the upper left one has a white middle)
    read a header: 32 x 32 cells at (20, 20); undo the mask; mend it as a codeword of 128, e = 64
    C, R, e, used = header[41], header[42], header[43], header[44..47]
    find the marks; read the free cells row by row; undo the mask; make bytes
    N = (number of bytes) div 255
    for j = 0 to 254, i = 0 to N - 1:   word[i][j] = bytes[j N + ((i + j j) mod N)]
    mend each word (n = 255, e)
    payload = word[0][0], word[1][0] ... word[N-1][0], word[0][1] ... , up to byte 254 - e; cut to used
    keep (header, payload), if the SHA-256 of the payload begins with header[48..59]
for each group (header[36..37]):
    d, M = header[39], header[40];  place = header[38]
    if data sheets (places 0 to d - 1) are missing: make them from the parity sheets
for each data sheet, in order of the places, then of the groups:
    at = 0
    while at + 18 <= length and payload[at] is not 0:
        kind, packing, piece, pieces, number, size, crc = the 18 bytes of the head
        keep the bytes payload[at + 18 ... at + 17 + size] as this piece of the block (kind, number)
        at = at + 18 + size
for each block (kind, number): join its pieces; if packing is 1, unpack; compare the CRC-32
for each block R in order of its number:
    while bytes are left: letter = 1 byte; size = 4 bytes; record = size bytes
        if letter is A: read the record as a map; write its title and body
"""


def program_chapter(number: int, source: str, *, part: int = 0) -> Iterator[Piece]:
    """The program.

    Args:
        part: bytes of it in a QR code; 0: without such codes.
    """
    lines = source.split("\n")[:-1]
    yield h1(f"{number}. The program")
    yield p("First, the whole way in short. It says nothing that the chapters before do not say.")
    yield Listing(lines=tuple(_SHORT.strip("\n").split("\n")))
    yield h2("The source")
    yield p(
        """This is a program that does all of it. It is written in the language Python, version 3.8 or any later
        one, and uses nothing but what comes with that language. If you have Python, type the program, or read it
        from the QR codes behind it, save it as decoder.py, put pictures of the sheets into a folder, and type:
        python3 -I decoder.py FOLDER OUT. A picture is a file whose name ends in .pgm: the letters P5, a space, the
        width in dots (decimal), a space, the height, a space, 255, one byte 0a, and then one byte for each dot, row
        by row: 0 is black, 255 white. If you have no Python, read it: the words are English, and the chapters say
        what each part does."""
    )
    yield p(
        f"""The program is text in ASCII: {len(lines)} lines, each ended by the byte 0a, {len(source):,} bytes in
        all. Its CRC-32 is {zlib.crc32(source.encode()):08x}, and its SHA-256 {source_digest(source)}. In the list
        below, each line has in front of it the last 4 signs of its own CRC-32 (of the line without its end), its
        number, and a bar. These are not part of the program."""
    )
    yield Listing(lines=tuple(_numbered(lines)))
    if part:
        yield from _codes(source, part)


def _numbered(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        yield f"{zlib.crc32(line.encode()) & 0xFFFF:04x} {number:3d}|{line}"


def _codes(source: str, part: int) -> Iterator[Piece]:
    texts = code_texts(source, part)
    yield h1("The program in QR codes")
    yield p(
        f"""These squares are QR codes, which many machines of our time can read. There are {len(texts)}. Each holds
        text: its number, a slash, {len(texts)}, a colon, and a stretch of the program. Take away everything up to
        the first colon, and put the stretches one behind another in the order of their numbers. The whole must be
        {len(source):,} bytes with the SHA-256 {source_digest(source)}."""
    )
    made = program_codes(source, part)
    for at in range(0, len(made), 2):
        yield _two(made[at : at + 2], len(made))


def _two(codes: tuple[ProgramCode, ...], count: int) -> PrimerFigure:
    size = len(codes[0].rows)
    module = CODE_MM / (size + QUIET)
    shapes: list[FigureLabel | Symbols] = []
    for at, code in enumerate(codes):
        x = 89.0 * at
        shapes.append(FigureLabel(x=x + 42.0, y=2.0, text=f"{code.number} of {count}", size=4.0))
        shapes.append(Symbols(rows=code.rows, x=x + 4 * module, y=5.0 + 4 * module, module=module))
    told = (f"    QR codes {codes[0].number} to {codes[-1].number} of {count}: see the pages.",)
    return PrimerFigure(shapes=tuple(shapes), height=90.0, told=told)
