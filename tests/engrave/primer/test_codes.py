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

from galactica.engrave.primer.codes import PART_BYTES, code_texts, joined_codes, program_codes, source_digest
from galactica.engrave.primer.pages import Primer
from galactica.engrave.primer.printed import printed_program
from tests.engrave.primer.made import facts


def test_the_codes_on_the_pages_read_by_another_program_are_the_source() -> None:
    primer = Primer(facts(width_px=1260, height_px=1782))
    texts, printed = [], ""
    for page in primer.pages():
        printed += "".join(page.text)
        if page.text and "of the program." not in page.text[0] and page.number < len(primer) - 8:
            continue
        grey = np.where(page.picture, 0, 255).astype(np.uint8)
        found = zxingcpp.read_barcodes(grey)
        texts += [each.text for each in found if each.format == zxingcpp.BarcodeFormat.QRCode]
    assert joined_codes(texts) == printed_program()
    assert source_digest(printed_program()) in printed


def test_the_source_joins_from_codes_in_any_order() -> None:
    texts = code_texts("print(1)\n" * 500)
    assert len(texts) == 5
    assert all(len(each) <= PART_BYTES + 8 for each in texts)
    assert joined_codes(texts[::-1]) == "print(1)\n" * 500


def test_a_code_that_is_missing_is_named() -> None:
    texts = code_texts("print(1)\n" * 500)
    with pytest.raises(ValueError, match=r"\[3\]"):
        joined_codes([*texts[:2], *texts[3:]])


def test_the_same_source_gives_the_same_codes() -> None:
    assert program_codes("a = 1\n") == program_codes("a = 1\n")


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
