"""Formulas of Office as MathML that survives cleaning, with every symbol."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from galactica.refine.clean import clean
from galactica.sources.office.omml import mathml, office_formula
from galactica.sources.office.xmltree import parse

SPACE = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def r(text: str, properties: str = "") -> str:
    return f"<m:r>{properties}<m:t>{text}</m:t></m:r>"


def e(text: str, tag: str = "e") -> str:
    return f"<m:{tag}>{r(text)}</m:{tag}>"


def formula(inner: str) -> str:
    return office_formula(parse(f"<m:oMath {SPACE}>{inner}</m:oMath>".encode()))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (f"<m:f>{e('a', 'num')}{e('b', 'den')}</m:f>", "<mfrac><mrow>A</mrow><mrow>B</mrow></mfrac>"),
        (f"<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/>{e('a')}</m:rad>", "<msqrt><mrow>A</mrow></msqrt>"),
        (f"<m:rad>{e('b', 'deg')}{e('a')}</m:rad>", "<mroot><mrow>A</mrow><mrow>B</mrow></mroot>"),
        (f"<m:sSub>{e('a')}{e('b', 'sub')}</m:sSub>", "<msub><mrow>A</mrow><mrow>B</mrow></msub>"),
        (f"<m:d>{e('a')}{e('b')}</m:d>", "<mrow><mo>(</mo><mrow>A</mrow><mo>|</mo><mrow>B</mrow><mo>)</mo></mrow>"),
        (
            f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>{e('a', 'sub')}{e('b', 'sup')}{e('c')}</m:nary>",
            "<munderover><mo>∑</mo><mrow>A</mrow><mrow>B</mrow></munderover><mrow>C</mrow>",
        ),
        (f"<m:acc>{e('a')}</m:acc>", '<mover accent="true"><mrow>A</mrow><mo>^</mo></mover>'),
        (f"<m:func>{e('a', 'fName')}{e('b')}</m:func>", "<mrow>A</mrow><mo>\u2061</mo><mrow>B</mrow>"),
        (
            f"<m:m><m:mr>{e('a')}{e('b')}</m:mr></m:m>",
            "<mtable><mtr><mtd><mrow>A</mrow></mtd><mtd><mrow>B</mrow></mtd></mtr></mtable>",
        ),
        (f"<m:limLow>{e('a')}{e('b', 'lim')}</m:limLow>", "<munder><mrow>A</mrow><mrow>B</mrow></munder>"),
        (f"<m:borderBox>{e('a')}</m:borderBox>", "A"),
    ],
)
def test_what_a_formula_is_made_of(written: str, meant: str):
    for letter in "abc":
        meant = meant.replace(letter.upper(), f"<mi>{letter}</mi>") if f"<mi>{letter}" not in meant else meant
    assert formula(written) == f"<math><mrow>{meant}</mrow></math>"


def test_numbers_letters_signs_and_words_are_told_apart():
    found = formula(r("2x+1,5") + r(" if ", "<m:rPr><m:nor/></m:rPr>") + r("sin", "<m:rPr><m:sty m:val='p'/></m:rPr>"))
    assert "<mn>2</mn><mi>x</mi><mo>+</mo><mn>1,5</mn><mtext> if </mtext>" in found
    assert '<mi mathvariant="normal">s</mi>' in found


def test_every_symbol_survives_cleaning():
    every = [
        f"<m:f>{e('a', 'num')}{e('b', 'den')}</m:f>",
        f"<m:sPre>{e('c', 'sub')}{e('d', 'sup')}{e('f')}</m:sPre>",
        f"<m:sSubSup>{e('g')}{e('h', 'sub')}{e('i', 'sup')}</m:sSubSup>",
        f"<m:nary><m:naryPr><m:chr m:val='∏'/><m:supHide/></m:naryPr>{e('j', 'sub')}<m:sup/>{e('k')}</m:nary>",
        f"<m:eqArr>{e('l')}{e('m')}</m:eqArr>",
        f"<m:groupChr>{e('n')}</m:groupChr>",
        f"<m:bar>{e('o')}</m:bar>",
        f"<m:limUpp>{e('p')}{e('q', 'lim')}</m:limUpp>",
        f"<m:box>{e('r')}</m:box>",
        f"<m:unknown>{e('s')}</m:unknown>",
    ]
    body = clean(f"<p>{formula(''.join(every))}</p>", base="a").body
    for letter in "abcdfghijklmnopqrs∏":
        assert f">{letter}</m" in body, letter


def test_mathml_of_opendocument_keeps_its_structure():
    root = ElementTree.fromstring(
        "<math><semantics><mrow><mi>a</mi></mrow><annotation>a</annotation></semantics></math>"
    )
    assert mathml(root) == (
        '<math><semantics><mrow><mi>a</mi></mrow><annotation encoding="">a</annotation></semantics></math>'
    )
