"""The language of an article whose source is silent, and of the paragraphs in it that are in another one."""

from __future__ import annotations

import pytest

from galactica.model import Document
from galactica.model.document import Markup
from galactica.refine.article import Refined, refine
from galactica.refine.clean import sanitise

ENGLISH = "The river rises in the hills above the town and flows through meadows and woods before it meets the sea."
GERMAN = "Der Fluss entspringt in den Hügeln oberhalb der Stadt und fließt durch Wiesen und Wälder bis zum Meer."
CHINESE = "记者问他为什么喜欢这里，他说这里的人们对他很热情，所以他决定在这座城市里住下来。"
ARABIC = "ينبع النهر من التلال فوق المدينة ويتدفق عبر المروج والغابات الصغيرة قبل أن يصل إلى البحر الكبير."


def _made(content: str, *, source: str = "und", own: str = "", markup: Markup = "text") -> Refined:
    document = Document(source="s", path="a", title="T", markup=markup, content=content, language=own)
    made = refine(document, language=source)
    assert isinstance(made, Refined)
    assert sanitise(made.body) == made.body
    return made


def test_an_interview_in_chinese_is_chinese() -> None:
    assert _made(f"问：你好吗？\n\n答：{CHINESE}").language == "zh-Hans"


def test_what_a_source_or_a_document_says_holds() -> None:
    assert _made(GERMAN, source="fr").language == "fr"
    assert _made(GERMAN, own="nl").language == "nl"


@pytest.mark.parametrize("source", ["und", "mul", ""])
def test_a_source_that_names_none_or_several_is_silent(source: str) -> None:
    assert _made(GERMAN, source=source).language == "de"


def test_a_short_text_stays_as_its_source_has_it() -> None:
    assert _made("12 km").language == "und"
    assert _made("12 km", source="mul").language == "mul"


def test_paragraphs_in_another_language_are_marked_and_the_text_is_the_same() -> None:
    made = _made("\n\n".join((ENGLISH, ENGLISH, GERMAN, ARABIC, "Short.")))
    assert made.language == "en"
    assert f'<p lang="de">{GERMAN}</p>' in made.body
    assert f'<p dir="rtl" lang="ar">{ARABIC}</p>' in made.body
    assert made.body.count(" lang=") == 2
    assert made.text == "\n".join((ENGLISH, ENGLISH, GERMAN, ARABIC, "Short."))


def test_an_article_whose_language_is_said_is_not_marked() -> None:
    assert " lang=" not in _made(f"{ENGLISH}\n\n{GERMAN}", source="en").body


def test_tags_that_a_page_gives_its_parts_are_kept_and_one_that_repeats_the_article_goes() -> None:
    page = f'<p lang="de">{GERMAN}</p><p lang="en">Few words.</p><p>{GERMAN}</p>'
    made = _made(page, markup="html")
    assert made.language == "de"
    assert made.body == f'<p>{GERMAN}</p>\n<p lang="en">Few words.</p>\n<p>{GERMAN}</p>'


def test_a_body_in_which_something_larger_has_a_language_is_left_as_it_is() -> None:
    page = f'<p>{ENGLISH}</p><p>{ENGLISH}</p><blockquote lang="de"><p>{GERMAN}</p></blockquote><p>{ARABIC}</p>'
    made = _made(page, markup="html")
    assert made.language == "en"
    assert f"<p>{ARABIC}</p>" in made.body


def test_many_paragraphs_cost_a_bounded_time() -> None:
    made = _made("\n\n".join(f"{number} {GERMAN}" for number in range(1_000)))
    assert made.language == "de"
