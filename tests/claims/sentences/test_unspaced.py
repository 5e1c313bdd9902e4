"""How a thing is known, and called, in a script without spaces."""

from __future__ import annotations

import pytest

from galactica.claims.sentences.lexicon import Lexicon, lexicon, read_languages
from galactica.claims.sentences.reading import sentence_claims
from galactica.claims.sentences.unspaced import LONGEST_NOUN, called_by_kind, defined_unspaced


def words(language: str = "zh") -> Lexicon:
    found = lexicon(language)
    assert found is not None
    return found


def own(title: str, text: str, name: str) -> list[str]:
    claims = sentence_claims(text, source="s", path="p", title=title, language="zh")
    return [each.value for each in claims if each.property == name and not each.subject]


def test_no_noun_of_a_kind_is_longer_than_is_looked_for() -> None:
    files = [words(each) for each in read_languages() if not words(each).spaced]
    assert files
    assert max(len(noun) for each in files for noun in each.kinds) <= LONGEST_NOUN


@pytest.mark.parametrize(
    ("base", "first", "kind"),
    [
        ("里昂银行", "里昂银行于1993年成立,总部设于河内,共有分店。", "org"),
        ("大成岭", "大成岭(Elm)位于里昂市东路交界,东临榆湖,车站即在其山脚下。", "nature"),
        ("红日", "《红日》是导演王伟的代表作之一,在1975年首映。", "film"),
        ("红日", "《红日》是由作家王伟所创作的,内容讲述一生。", "book"),
        ("李明", "李明,笔名大成,里昂人;里昂学院政治系毕业。", "person"),
        ("李明山", "李明山,俗名黄浩,别号乌目山僧,著述很多。", "person"),
    ],
)
def test_what_a_name_means_is_told_by_its_end_its_marks_and_dates_before_any_noun(
    base: str, first: str, kind: str
) -> None:
    assert defined_unspaced(first[len(base) :], first, base, words())[0] == kind


def test_a_thing_is_called_by_its_kind_with_this_or_bare() -> None:
    school = frozenset(("大学",))
    assert called_by_kind("该校由", "org", school, words()) == 2
    assert called_by_kind("这所大学由", "org", school, words()) == 4
    assert called_by_kind("学校创建", "org", school, words()) == 2
    assert called_by_kind("公司创建", "org", school, words()) == 0
    assert called_by_kind("影片由", "film", frozenset(("电视剧",)), words()) == 0


def test_a_school_is_founded_and_no_company_that_stands_beside_it() -> None:
    text = "大成大学是法国的一所大学，位于里昂。学校创建于1905年。公司创建于1906年。"
    assert own("大成大学", text, "founded") == ["1905"]


def test_an_extract_that_left_the_name_out_is_about_its_title() -> None:
    text = "是一部2008年上映的香港电影，由李明监制，王伟执导。"
    assert own("红日", text, "director") == ["王伟"]
    assert own("红日", "有人说很好。" + text, "director") == []
