"""The program in QR codes: what an independent reader reads from the pages is the program, to the byte."""

from __future__ import annotations

import hashlib
import re

import numpy as np
import pytest

pytest.importorskip("PIL")
pytest.importorskip("segno")
pytest.importorskip("zopfli")
pytest.importorskip("zxingcpp")

import zxingcpp

from galactica.engrave.primer.codes import (
    PARTS,
    QUIET,
    code_texts,
    joined_codes,
    part_bytes,
    program_codes,
    source_digest,
)
from galactica.engrave.primer.pages import Primer
from galactica.engrave.primer.printed import printed_program
from tests.engrave.primer.made import facts


def test_the_codes_on_the_pages_read_by_another_program_are_the_source() -> None:
    primer = Primer(facts(width_px=1260, height_px=1782))
    texts, printed, begun = [], "", False
    for page in primer.pages():
        printed += "".join(page.text)
        begun = begun or page.text[:1] == ("The program in QR codes",)
        if begun:
            grey = np.where(page.picture, 0, 255).astype(np.uint8)
            found = zxingcpp.read_barcodes(grey)
            texts += [each.text for each in found if each.format == zxingcpp.BarcodeFormat.QRCode]
    assert joined_codes(texts) == printed_program()
    assert source_digest(printed_program()) in printed


def test_the_source_joins_from_codes_in_any_order() -> None:
    texts = code_texts("print(1)\n" * 500, 980)
    assert len(texts) == 5
    assert joined_codes(texts[::-1]) == "print(1)\n" * 500


def test_a_code_that_is_missing_is_named() -> None:
    texts = code_texts("print(1)\n" * 500, 980)
    with pytest.raises(ValueError, match=r"\[3\]"):
        joined_codes([*texts[:2], *texts[3:]])


def test_the_same_source_gives_the_same_codes() -> None:
    assert program_codes("a = 1\n", 980) == program_codes("a = 1\n", 980)


def test_the_printed_lines_are_the_program_with_a_checksum_each() -> None:
    import zlib

    from galactica.engrave.primer import primer_text

    text = primer_text(facts())
    found = re.findall(r"^([0-9a-f]{4}) +(\d+)\|(.*)$", text, re.M)
    lines = [line for _, _, line in found]
    assert [int(number) for _, number, _ in found] == list(range(1, len(lines) + 1))
    assert "\n".join(lines) + "\n" == printed_program()
    assert all(int(check, 16) == zlib.crc32(line.encode()) & 0xFFFF for check, _, line in found)
    assert hashlib.sha256(printed_program().encode()).hexdigest() in text


@pytest.mark.parametrize(("squares", "size"), PARTS)
def test_a_full_code_has_the_squares_that_are_reckoned_with(squares: int, size: int) -> None:
    codes = program_codes("x" * size * 120, size)
    assert {len(code.rows) for code in codes} == {squares}
    assert part_bytes(squares + QUIET) == size


def test_coarse_pages_have_more_and_smaller_codes_four_dots_a_square() -> None:
    made = Primer(facts(width_px=1134, height_px=1701))
    page = next(page for page in made.pages() if page.text[:1] == ("The program in QR codes",))
    grey = np.where(page.picture, 0, 255).astype(np.uint8)
    found = [each.text for each in zxingcpp.read_barcodes(grey) if each.format == zxingcpp.BarcodeFormat.QRCode]
    assert found
    assert all(each.partition("/")[2].startswith(f"{len(code_texts(printed_program(), 650))}:") for each in found)
