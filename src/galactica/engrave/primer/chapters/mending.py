"""Chapter: interleaving, and Reed-Solomon inside a sheet, with a damaged codeword mended step by step."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import numpy as np

from galactica.codes.reed_solomon import check_bytes, correct_codewords
from galactica.engrave.primer.document import Piece, dashed, h1, h2, hexed, listing, p, steps
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.practice import GRID, PracticeSheet
from galactica.engrave.primer.worked.mending import MendTrace, check_sums, mend_trace
from galactica.engrave.sheet.header import pack_header

_SAID = b"NO INK IS LOST"
_CHECK = 6
_DAMAGE = ((3, 0x20), (9, 0x01))


def mending_chapter(number: int, facts: PrimerFacts, practice: PracticeSheet) -> Iterator[Piece]:
    """What a codeword is, how it is checked and corrected, and how a sheet's bytes are codewords."""
    yield h1(f"{number}. Mending a damaged sheet")
    yield p(
        """Some cells will be read wrongly: dust, scratches, stains. Therefore check bytes were added, from which
        wrong bytes are found and put right. The method is called Reed-Solomon. If you read a sheet without any
        error you can skip the mending; you need the first two parts and the last one anyway."""
    )
    yield h2("Codewords")
    yield p(
        """Bytes are put together in codewords. A codeword has n bytes, w[0] to w[n - 1]; the last e of them are
        check bytes, the n - e before them are what is said. All sums and products are those of the chapter before
        this one. The check bytes were chosen so that in every codeword all e check sums are 0. The check sums are
        S[0] to S[e - 1]:"""
    )
    yield listing(
        "S[i] = w[0] * x^(n-1)  +  w[1] * x^(n-2)  +  ...  +  w[n-2] * x  +  w[n-1]",
        "       where x is 2 to the power of i, and x^k here is x to the power of k",
    )
    yield p("The quick way to compute it: begin with 0; for each byte w[0], w[1] ... to the last: s = s * x + byte.")
    yield p(
        """If all check sums are 0, the codeword is right. If at most e div 2 bytes are wrong, they can be found and
        corrected."""
    )
    yield h2("The header's codeword")
    raw = pack_header(practice.header, GRID)
    word = raw + _checked(raw, 64)
    yield p(
        f"""The 128 bytes of a header are one codeword: n = 128, e = 64. So up to 32 wrong bytes can be corrected.
        The first 64 bytes are the header. Check: of the practice sheet (the chapter on squares shows its 128 bytes)
        all 64 check sums are 0. If its byte 5 is 01 in place of 00, the first four check sums are
        {hexed(_damaged_sums(word, 5, 64)[:4])}."""
    )
    yield h2("Correcting a codeword")
    yield p(
        """Compute S[0] to S[e - 1]. If any is not 0, do this. C, B and T are lists of bytes (polynomials: C[0] is
        the part without x, C[1] belongs to x, C[2] to x * x, and so on). L, m and r are common numbers, and what is
        inside of [ ] is calculated as common numbers are; b and d are bytes."""
    )
    yield steps(
        "Set C = [1], B = [1], L = 0, m = 1, b = 1.",
        """For r = 0, 1, ... e - 1: let d = S[r] + C[1] * S[r-1] + C[2] * S[r-2] + ... + C[L] * S[r-L] (where C has
        no such place, it is 0). If d is 0: add 1 to m, and go on with the next r. Else: keep a copy T of C; for
        each place i of B, add (d / b) * B[i] to C[i + m], making C longer with zeros if needed. Then, if 2 L is not
        more than r: set L = r + 1 - L, B = T, b = d, m = 1; else add 1 to m.""",
        "If 2 L is more than e, there are too many wrong bytes: give up. L is now the number of wrong bytes.",
        """Make the list O of L bytes: O[i] = C[0] * S[i] + C[1] * S[i-1] + ... + C[i] * S[0], for i from 0 to L -
        1.""",
        """For every place j from 0 to n - 1: let x = 1 / (2 to the power of n - 1 - j). Compute C(x) = C[0] + C[1]
        * x + C[2] * x^2 + C[3] * x^3 + ... If it is 0, byte w[j] is wrong: compute O(x) in the same way, and D =
        C[1] + C[3] * x^2 + C[5] * x^4 + ... Add (O(x) / D) / x to w[j].""",
        "If not exactly L places were found wrong, there are too many errors: give up. Else the codeword is right now.",
    )
    yield from _worked()
    yield from _sheet(facts, practice)


def _checked(said: bytes, check: int) -> bytes:
    return check_bytes(np.frombuffer(said, dtype=np.uint8)[:, None], check)[:, 0].tobytes()


def _damaged_sums(word: bytes, place: int, check: int) -> bytes:
    if any(check_sums(word, check)):
        raise ValueError("a codeword whose check sums are not 0")
    wrong = bytearray(word)
    wrong[place] ^= 1
    return bytes(check_sums(bytes(wrong), check))


def _worked() -> Iterator[Piece]:
    word = _SAID + _checked(_SAID, _CHECK)
    damaged = bytearray(word)
    for place, value in _DAMAGE:
        damaged[place] ^= value
    trace = mend_trace(bytes(damaged), _CHECK)
    column = np.frombuffer(bytes(damaged), dtype=np.uint8)[:, None].copy()
    correct_codewords(column, _CHECK)
    if not trace.word == word == column[:, 0].tobytes():
        raise ValueError("corrected otherwise than by the program")
    yield h2("Example")
    yield p(
        f"""What is said are the {len(_SAID)} letters "{_SAID.decode()}". With e = {_CHECK} check bytes the codeword
        has n = {len(word)} bytes. Two of them are damaged. All numbers in these lists are hexadecimal."""
    )
    yield listing(
        f"place     {' '.join(f'{at:2d}' for at in range(len(word)))}   (decimal)",
        f"codeword  {hexed(word)}",
        f"damaged   {hexed(bytes(damaged))}",
        f"S[0] to S[{_CHECK - 1}] of the codeword: {hexed(bytes(check_sums(word, _CHECK)))}",
        f"S[0] to S[{_CHECK - 1}] of the damaged:  {hexed(bytes(trace.sums))}",
    )
    yield listing(*_located(trace), caption="Steps 1 and 2: what stands at the end of each turn r")
    yield listing(*_corrected(trace, len(word)), caption="Steps 3 to 5")
    yield p(f'The codeword is now {hexed(trace.word)}, and its first {len(_SAID)} bytes say "{_SAID.decode()}".')


def _list(values: Sequence[int]) -> str:
    return "[" + " ".join(f"{value:02x}" for value in values) + "]"


def _located(trace: MendTrace) -> Iterator[str]:
    yield " r   d   L   C                    B                    b   m"
    for step in trace.steps:
        yield (
            f"{step.n:2d}  {step.difference:02x}  {step.length:2d}   {_list(step.locator):20s} {_list(step.old):20s} "
            f"{step.last:02x}  {step.shift:2d}"
        )


def _corrected(trace: MendTrace, size: int) -> Iterator[str]:
    yield f"L = {trace.steps[-1].length}: so many bytes are wrong.     O = {_list(trace.product)}"
    for place, value in trace.found:
        yield f"place {place} (from the end: {size - 1 - place}) is wrong: add {value:02x} to it"


def _sheet(facts: PrimerFacts, practice: PracticeSheet) -> Iterator[Piece]:
    grid = facts.grid
    words, check = grid.codewords, grid.check_bytes
    yield h2("The codewords of a whole sheet")
    yield p(
        f"""Now the bytes of the free cells. Let F be how many there are (the number of free cells div 8), and N = F
        div 255. They are N codewords of n = 255 bytes each, of which e are check bytes. The header says e (its byte
        43). In this printing e = {check}, F = {grid.free_cells // 8:,} and N = {words:,}; so {check // 2} wrong
        bytes of each 255 can be corrected. The bytes of one codeword do not stand side by side, so that a stain
        hits a little of many codewords and not all of one. Byte j of codeword i (j from 0 to 254, i from 0 to N -
        1) is, among the F bytes, the one at the place"""
    )
    yield listing("j N + ((i + j j) mod N)")
    yield p("What is behind the first 255 N bytes is not used.")
    if words > 99:
        yield listing(
            *(
                f"this printing, N = {words}: byte {j:3d} of codeword {i:3d} is at place "
                f"{j * words + (i + j * j) % words:,}"
                for i, j in ((0, 0), (0, 1), (5, 1), (words - 1, 1), (17, 100), (0, 254))
            )
        )
    yield p(
        f"""When all codewords are right, what is said is put together: the payload. Byte number p of the payload is
        byte (p div N) of codeword (p mod N). So first come all bytes 0 of codewords 0 to N - 1, then all bytes 1,
        and so on up to byte 254 - e. The header says how many bytes of it are used (bytes 44 to 47); the others are
        zeros. A sheet of this printing holds up to {grid.capacity:,} bytes."""
    )
    own = GRID
    word = _codeword(practice.plain, 0)
    other = _codeword(practice.plain, 3)
    yield p(
        f"""Try it with the practice sheet: F = {own.free_cells // 8:,}, N = {own.codewords}, e = {own.check_bytes}.
        Codeword 0 begins with {hexed(word[:12])}, and ends with {hexed(word[-6:])}; codeword 3 begins with
        {hexed(other[:12])}. All their check sums are 0. The payload has {len(practice.payload):,} bytes; the first
        are {hexed(practice.payload[:24])} and the last {hexed(practice.payload[-8:])}. The CRC-32 of the payload
        (next chapter) is {zlib.crc32(practice.payload):08x}."""
    )
    yield dashed(
        """To practise mending: change some of its cells, up to 31 bytes of a codeword, and see whether you get the
        same payload."""
    )


def _codeword(plain: bytes, i: int) -> bytes:
    words = GRID.codewords
    word = bytes(plain[j * words + (i + j * j) % words] for j in range(255))
    if any(check_sums(word, GRID.check_bytes)):
        raise ValueError("no codeword")
    return word
