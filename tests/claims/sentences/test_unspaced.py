"""How a thing is known, and called, in a script without spaces."""

from __future__ import annotations

import pytest

from galactica.claims.sentences.lexicon import Lexicon, lexicon, read_languages
from galactica.claims.sentences.names_unspaced import transcribed_alike
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


@pytest.mark.parametrize(
    ("title", "first", "kind"),
    [
        ("诺达克", "诺达克(Noddack,)法国商业电视的先驱和企业家。", "person"),
        ("诺达克", "诺达克(Noddack),生于法国上海,前法国足球运动员。", "person"),
        ("严长", "严长,出生于上海市,祖籍浙江杭州,大成学会董事。", "person"),
        ("大成阙", "大成阙位于里昂省东山县,年代为汉。", "building"),
    ],
)
def test_who_is_told_of_before_where_he_comes_from(title: str, first: str, kind: str) -> None:
    assert defined_unspaced(first.partition(",")[2], first, title, words())[0] == kind


@pytest.mark.parametrize(
    ("head", "title", "same"),
    [
        ("托尼·埃斯唐盖", "托尼·埃斯坦盖", True),
        ("林 芳正", "林芳正", True),
        ("詹姆斯·「吉姆」·英霍夫", "吉姆·英霍夫", True),
        ("里昂", "里昂地理", False),
        ("2008年里昂大会", "2012年里昂大会", False),
        ("里昂的河流", "里昂地河流", False),
    ],
)
def test_another_transcription_is_the_same_name_and_a_part_of_it_is_not(head: str, title: str, same: bool) -> None:
    assert transcribed_alike(head, title) is same


def test_a_thing_is_known_by_what_its_first_sentence_says_it_is_called_too() -> None:
    text = "里昂第二中学，简称里昂二中，是法国的一所中学。{}创建于1906年。"
    assert own("里昂第二中学", text.format("里昂二中"), "founded") == ["1906"]
    assert own("里昂第二中学", text.format("里昂三中"), "founded") == []


def test_whose_something_is_counts_as_naming_it() -> None:
    text = "里昂市是法国的一座城市。{}面积为47平方公里。"
    assert own("里昂市", text.format("里昂的"), "area") == ["47"]
    assert own("里昂市", text.format("它的"), "area") == ["47"]
    assert own("里昂市", text.format("巴黎的"), "area") == []


def test_a_life_goes_on_without_a_subject_where_nobody_else_was_named() -> None:
    life = "李明是一位作家。\n早年生平\n{}1984年毕业于里昂大学。"
    assert own("李明", life.format(""), "educated_at") == ["里昂大学"]
    assert own("李明", life.format("父亲是医生。"), "educated_at") == []
    town = "里昂公司是一家公司。\n历史\n成立于1958年。"
    assert own("里昂公司", town, "founded") == []


def test_what_another_thing_between_is_like_is_not_the_article_s() -> None:
    text = "里昂河是法国的一条河。里昂河流经山谷，北部有一座水坝，长300米。"
    assert own("里昂河", text, "length") == []


def test_a_birth_gives_no_time_to_the_offices_told_behind_it() -> None:
    text = "李明是一位作家。李明，1965年4月30日出生于里昂市，现任大成公司董事长、橡树社社长。"
    claims = sentence_claims(text, source="s", path="p", title="李明", language="zh")
    assert {each.time for each in claims if each.property == "office_held"} == {""}


def test_a_date_behind_the_subject_is_no_part_of_it() -> None:
    text = "李明是一位作家。李明1929年毕业于里昂大学。"
    assert own("李明", text, "educated_at") == ["里昂大学"]
    assert own("李明", text.replace("李明1929年", "王伟1929年"), "educated_at") == []


def test_what_a_person_is_is_no_part_of_the_name_behind_it() -> None:
    text = "《红日》是一部小说。《红日》由法国布道家约翰·史密斯所著。"
    assert own("红日", text, "author") == ["约翰·史密斯"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("东方航空", "东方航空是一家公司。中国东方航空成立于1993年。"),
        ("东方航空", "东方航空是一家公司。东方航空East Air成立于1993年。"),
        ("江津大成寺", "大成寺位于重庆市江津区。大成寺成立于1993年。"),
        ("红色的塔", "《红色塔》是一座塔，成立于1993年。"),
    ],
)
def test_a_name_with_a_country_or_letters_or_without_its_place_is_the_same(title: str, text: str) -> None:
    assert own(title, text, "founded") == ["1993"]


def test_a_name_that_ends_like_an_adverb_is_whole() -> None:
    assert own("千叶翔也", "千叶翔也是日本声优。", "nationality") == ["日本"]


def test_a_title_and_honours_behind_a_name_are_no_part_of_it() -> None:
    assert own("李明", "李明是一位作家。李明博士于1900年出生。", "date_of_birth") == ["1900"]
    assert own("李明", "李明，OBE（Li），是英国作家。", "nationality") == ["英国"]
    assert own("约翰一世", "约翰一世是一位国王。约翰于1900年去世。", "date_of_death") == ["1900"]


def test_what_is_told_of_a_person_goes_on_in_a_later_paragraph() -> None:
    text = "李明（1900年—1980年）是一位作家。\n1934年，调任里昂，任里昂市长。"
    assert own("李明", text, "office_held") == ["里昂市长"]
    assert own("李明", text.replace("1934年，", "1934年，其父"), "office_held") == []


def test_a_stray_mark_in_a_bracket_opens_no_quotation() -> None:
    assert own("红日", '《红日》（"）是一部由王伟执导的电影。', "director") == ["王伟"]
    assert own("红日", '《红日》是一部电影，"由王伟执导的电影。', "director") == []


def test_a_republic_is_no_list_of_places() -> None:
    assert own("里昂寺", "里昂寺位于捷克共和国布拉格。", "located_in") == ["捷克共和国布拉格"]


def test_inhabitants_are_nobodys_report() -> None:
    claims = sentence_claims("里昂是一座城市。2013年有人口3,000人。", source="s", path="p", title="里昂", language="zh")
    assert [(each.value, each.qualifiers) for each in claims if each.property == "population"] == [("3000", ())]
