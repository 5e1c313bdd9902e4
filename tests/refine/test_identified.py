"""A page says which item of Wikidata it is about in several ways; where it says two, it says none."""

from __future__ import annotations

import pytest

from galactica.model import Document
from galactica.model.document import Markup
from galactica.refine.article import Refined, refine
from galactica.refine.identified import item_of


def page(content: str, markup: Markup = "html", identifiers: tuple[str, ...] = ()) -> Document:
    return Document(source="s", path="p", title="T", markup=markup, content=content, identifiers=identifiers)


@pytest.mark.parametrize(
    "content",
    [
        '<script>RLCONF={"wgNamespaceNumber":0,"wgWikibaseItemId":"Q42"};</script><p>x</p>',
        '<p>x</p><li><a href="https://www.wikidata.org/wiki/Special:EntityPage/Q42">Wikidata item</a></li>',
        '<head><meta property="mw:PageProp/wikibase_item" content="Q42"/></head><p>x</p>',
        '<script type="application/ld+json">{"mainEntity":"http:\\/\\/www.wikidata.org\\/entity\\/Q42"}</script>',
    ],
    ids=["settings", "frame", "property", "linked data"],
)
def test_a_wikis_page_says_it_in_its_frame(content: str) -> None:
    assert item_of(page(content)) == ("wikidata:Q42",)


@pytest.mark.parametrize(
    "content",
    [
        "Text. {{Sister project links|s=no|d=Q42}}",
        "{{Taxonbar|from=Q42}}",
        "{{Authority control |qid= q42 }}",
        "{{Infobox person\n| name = [[A|B]]\n| spouse = {{marriage|C|1991}}\n| qid = Q42\n}}",
        "{{Infobox x|wikidata=Q42}} {{Taxonbar|from1=Q42}}",
    ],
)
def test_wikitext_says_it_in_templates_on_the_page_itself(content: str) -> None:
    assert item_of(page(content, "wikitext")) == ("wikidata:Q42",)


@pytest.mark.parametrize(
    "content",
    [
        "{{ill|Somebody|qid=Q42}} {{Wikidata|property|Q42|P31}} [[d:Q42]]",
        "{{Taxonbar|from1=Q42|from2=Q43}}",
        "{{Infobox x| founder = {{ill|A|qid=Q42}} }}",
        "{{Infobox x| founder = {{ill|A}} ",
        "{{Sister project links|d=Q42}} {{Taxonbar|from=Q43}}",
        "{{Taxonbar|from=Q0}}",
        "{{Infobox x|<!-- qid=Q42 --> }}",
    ],
)
def test_what_names_other_items_or_two_says_nothing(content: str) -> None:
    assert item_of(page(content, "wikitext")) == ()


def test_an_article_has_the_item_that_its_page_says_unless_its_source_says_one() -> None:
    said = refine(page("About. {{Taxonbar|from=Q42}}", "wikitext"), language="en")
    assert isinstance(said, Refined)
    assert said.identifiers == ("wikidata:Q42",)
    known = refine(page("About. {{Taxonbar|from=Q42}}", "wikitext", ("wikidata:Q7",)), language="en")
    assert isinstance(known, Refined)
    assert known.identifiers == ("wikidata:Q7",)


def test_hostile_text_takes_no_longer_than_its_length() -> None:
    assert item_of(page("{{infobox|" * 50_000, "wikitext")) == ()
    assert item_of(page("{{infobox" + "{{" * 500_000, "wikitext")) == ()
