"""What languages call themselves, and which way they run."""

import pytest

from galactica.languages import name_among, name_of, right_to_left, separates_words


@pytest.mark.parametrize(
    ("written", "name"),
    [("fi", "Suomi"), ("fin", "Suomi"), ("zh-Hant", "繁體中文"), ("zh_hant", "繁體中文"), ("zh-TW", "中文"),
     ("simple", "Simple English"), ("en-GB", "English"), ("de-CH", "Deutsch"), ("qqq", "qqq"), ("und-Latn", ""),
     ("", ""), ("mul", "")],
)  # fmt: skip
def test_a_language_is_called_by_its_own_name(written, name):
    assert name_of(written) == name


@pytest.mark.parametrize("written", ["ar", "he", "heb", "fa-IR", "ckb", "dv", "nqo", "az-Arab", "ku_arab", "Urdu"])
def test_some_languages_run_from_right_to_left(written):
    assert right_to_left(written)


@pytest.mark.parametrize("written", ["en", "ku", "uz", "az", "ar-Latn", "pa", "", "und", "qqq"])
def test_all_others_do_not(written):
    assert not right_to_left(written)


@pytest.mark.parametrize("written", ["zh", "ja", "th", "yue", "lo", "zh-Hant-TW", "cmn"])
def test_some_languages_do_not_separate_words(written):
    assert not separates_words(written)


@pytest.mark.parametrize("written", ["en", "ko", "hi", "zh-Latn", "", "qqq"])
def test_most_languages_do(written):
    assert separates_words(written)


def test_languages_of_a_list_that_are_called_alike_are_told_apart_by_their_tags():
    tags = ["en-GB", "en-US", "fr", "und"]
    assert [name_among(tag, tags) for tag in tags] == ["English (en-GB)", "English (en-US)", "Français", ""]
    assert name_among("en-GB", ["en-GB", "fr"]) == "English"
