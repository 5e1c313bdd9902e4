"""Language codes as ZIM files write them, and back."""

import pytest

from galactica.languages import iso_639_3, primary, tag, tag_of_list, within


@pytest.mark.parametrize(
    ("written", "usual"),
    [("eng", "en"), ("fra,deu", "mul"), ("zh-hant", "zh-Hant"), ("=en", "en"), ("", "und"), ("gsw", "gsw"),
     ("pt_br", "pt-BR"), ("chi", "zh"), ("eng,en", "en"), ("12", "und")],
)  # fmt: skip
def test_language_codes_become_bcp_47(written, usual):
    assert tag_of_list(written) == usual


@pytest.mark.parametrize(
    ("usual", "code"), [("en", "eng"), ("zh-Hant", "zho"), ("de", "deu"), ("fa", "fas"), ("gsw", "gsw"), ("x-y", "und")]
)
def test_tags_become_iso_639_3(usual, code):
    assert iso_639_3(usual) == code


def test_every_two_letter_code_comes_back():
    for two in ("et", "sr", "hr", "ne", "or", "lv", "ms", "sq", "sw", "no", "nb", "is", "cs", "bo", "my"):
        assert tag(iso_639_3(two)) == two


@pytest.mark.parametrize(
    ("written", "usual"),
    [("eng", "en"), ("ENG", "en"), ("en_GB", "en-GB"), ("EN-gb", "en-GB"), ("zh_Hant_TW", "zh-Hant-TW"),
     ("cmn-hans", "zh-Hans"), ("zho", "zh"), ("chi", "zh"), ("zh-yue", "yue"), ("pt_BR.UTF-8", "pt-BR"), ("iw", "he"),
     ("English", "en"), ("DEUTSCH", "de"), ("Français", "fr"), ("中文", "zh"), ("русский", "ru"), ("nynorsk", "nn"),
     ("gsw", "gsw"), ("arb", "ar"), ("sr-Latn", "sr-Latn"), ("und", "und"), (" fr ", "fr"), ("de-1996", "de-1996"),
     ("zh_min_nan", "nan"), ("be-x-old", "be-tarask"), ("simple", "en"), ("Chinese (Simplified)", "zh-Hans"),
     ("繁體中文", "zh-Hant"), ("Norsk bokmål", "nb"), ("i-klingon", "tlh"),
     ("", ""), ("klingonese", ""), ("english-ish", ""), ("12", ""), ("e", ""), ("en--gb", ""), ("x" * 500, "")],
)  # fmt: skip
def test_one_language_is_understood_however_it_is_written(written, usual):
    assert tag(written) == usual


def test_canonical_tags_are_canonical():
    for usual in ("en", "zh-Hant-TW", "pt-BR", "yue", "nb", "de-1996", "nap-x-tara"):
        assert tag(usual) == usual


@pytest.mark.parametrize(
    ("one", "wanted"),
    [("eng", "en"), ("en", "eng"), ("zh_Hant_TW", "zh"), ("zh_Hant_TW", "zh-hant"), ("zh-TW", "zh-Hant"),
     ("zh-Hant-TW", "zh-TW"), ("cmn", "Chinese"), ("en-GB", "English"), ("nb", "no"), ("pt-BR", "por"),
     ("simple", "simple"), ("odd_tag9", "odd_tag9")],
)  # fmt: skip
def test_an_article_is_in_a_language_however_both_are_written(one, wanted):
    assert within(one, wanted)


@pytest.mark.parametrize(
    ("one", "wanted"), [("en", "de"), ("zh-CN", "zh-Hant"), ("en", "en-GB"), ("yue", "zh"), ("und", "en"), ("en", "")]
)
def test_other_languages_are_others(one, wanted):
    assert not within(one, wanted)


@pytest.mark.parametrize(
    ("written", "language"),
    [("zh-Hant", "zh"), ("ENG", "en"), ("deu-AT", "de"), ("pt_BR", "pt"), ("iw", "he"), ("yue", "yue"), ("", ""),
     ("und", "und"), ("Suomi", "fi"), ("klingonese-x", "klingonese"), ("中文", "zh"), ("nds-NL", "nds")],
)  # fmt: skip
def test_the_language_of_a_tag_is_without_script_and_country(written, language):
    assert primary(written) == language


@pytest.mark.parametrize("written", ["English, French", "en fr", "eng;fra", "Deutsch/English", "en|fr"])
def test_several_languages_are_several(written):
    assert tag_of_list(written) == "mul"


@pytest.mark.parametrize(
    ("written", "usual"),
    [("English", "en"), ("English, eng", "en"), ("norsk bokmål", "nb"), ("mul", "mul"), ("unknown, nl", "nl"),
     ("?", "und")],
)  # fmt: skip
def test_a_list_of_one_language_is_that_language(written, usual):
    assert tag_of_list(written) == usual
