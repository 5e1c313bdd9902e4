"""References in BibTeX and RIS: each an article, its letters resolved, its numbers kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.sources.tex_letters import plain_tex
from tests.sources.retold import told_all

BIB = r"""% remark
@string{kj = "Kiel Journal"}
@comment{not this}
@article{lind2019,
  author = {Lind, Jr., Ada and M{\"u}ller, J\"org and {World Health Organization}},
  title = "Tides of {K}iel: 10--12~m \& $x^2$",
  journal = kj # { B}, year = 2019, volume = 12,
  doi = {10.1000/p.1}, keywords = {sea; tide}, abstract = {Short. \emph{Very} short.}, file = {x.pdf}
}
@book(b, title={One}, year=1912, isbn={0-14-143976-9})
@misc{c, title = {Three {unclosed}
@misc{d, title = {Four}}
"""


def test_each_entry_of_bibtex_is_an_article(tmp_path: Path) -> None:
    first, second, third, fourth = told_all(tmp_path, "refs.bib", BIB)
    document = first.document
    assert (document.title, document.path) == ("Tides of Kiel: 10–12 m & x^2", "refs.bib/lind2019")
    assert document.creators == ("Ada Lind Jr.", "Jörg Müller", "World Health Organization")
    assert (document.published, document.identifiers) == ("2019", ("doi:10.1000/p.1",))
    assert document.categories == ("sea", "tide")
    assert first.text.split("\n") == [
        "Short. Very short.",
        "Kind\tjournal article",
        "Author\tAda Lind Jr., Jörg Müller, World Health Organization",
        "Journal\tKiel Journal B",
        "Year\t2019",
        "Volume\t12",
        "DOI\t10.1000/p.1",
    ]
    assert first.dropped == {"bibtex:for-programs": 1}
    assert second.document.identifiers == ("isbn:9780141439761",)
    assert third.document.title.startswith("Three unclosed")
    assert fourth.document.title == "Four"


def test_references_of_ris_are_articles(tmp_path: Path) -> None:
    text = (
        "TY  - JOUR\nAU  - Lind, Ada\nAU  - Berg, Otto\nTI  - Tides of\n Kiel\nJO  - KJ\nPY  - 2019/05/03\n"
        "DO  - 10.1000/p.1\nAB  - Short.\nKW  - sea\nL1  - x.pdf\nER  - \n\nTY  - BOOK\nTI  - Two\nER  - \n"
    )
    first, second = told_all(tmp_path, "refs.ris", text)
    assert (first.document.title, first.document.creators) == ("Tides of Kiel", ("Ada Lind", "Otto Berg"))
    assert (first.document.published, first.document.categories) == ("2019-05-03", ("sea",))
    assert first.text.startswith("Short.\nKind\tjournal article\nAuthor\tAda Lind, Otto Berg\nJournal\tKJ")
    assert first.dropped == {"ris:for-programs": 1}
    assert second.text == "Kind\tbook"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"M{\"u}ller, Gr\"{o}\ss e", "Müller, Größe"),
        (r"{\L}\'od\'z {\o} \c{c} \v{S} {\'\i}", "Łódź ø ç Š í"),
        (r"5\,\% --- 3\$ a_b \_", "5 % — 3$ a_b _"),
        (r"\textit{In vitro} {\em x}", "In vitro x"),
        ("plain", "plain"),
    ],
)
def test_letters_of_tex_are_resolved(written: str, plain: str) -> None:
    assert plain_tex(written) == plain


@pytest.mark.parametrize("piece", ["@a{", "@a{b, c = {", '@a{b, c = "', "{", "@", "\\", "@a{b, c = d # "])
def test_no_list_takes_long(tmp_path: Path, piece: str) -> None:
    found = told_all(tmp_path, "a.bib", "@a{b, title = {T}}\n" + piece * 20_000)
    assert found[0].document.title.startswith("T")
