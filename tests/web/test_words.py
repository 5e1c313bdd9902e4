"""The room's catalogues agree with each other and with the templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from galactica.languages import name_of, plural_categories, plural_category
from galactica.model.said import said
from galactica.sources import kinds as kinds_of_files
from galactica.sources import signatures
from galactica.web import words
from galactica.web.kinds import RESEARCHERS
from tests.model.test_said import sentences

PLACES = re.compile(r"\{(\w+)(?::[^{}]+)?\}")
"""Where values go in a sentence."""

OTHERS = [language for language in words.INTERFACES if language != "en"]


def catalogue(name: str) -> Mapping[str, str | words.Forms]:
    return words._catalogue(name)


def forms(sentence: str | words.Forms) -> dict[str, str]:
    """Category → the sentence in that form; "" for one that has no forms."""
    return {"": sentence} if isinstance(sentence, str) else {name: sentence[name] for name in sentence if name != "by"}


def wrong_forms(language: str, key: str, sentence: str | words.Forms, values: set[str]) -> Iterator[str]:
    """What is wrong with the forms of a sentence that has these values."""
    by = "" if isinstance(sentence, str) else sentence.get("by", words.COUNTED)
    if by:
        if by not in values:
            yield f"{key}: by {by}, which is no value of it"
        needed = plural_categories(language)
        whole = {plural_category(number * 1_000_000, language) for number in range(1, 4)}
        if not needed <= forms(sentence).keys() <= needed | whole:
            yield f"{key}: has {sorted(forms(sentence))}, and needs {sorted(needed)}"
    for category, text in forms(sentence).items():
        several = len([n for n in range(1000) if plural_category(n, language) == category]) > 1
        may_lack = {by} if category and not several else set()
        found = set(PLACES.findall(text))
        if found - values or values - found - may_lack:
            yield f"{key} {category}: {sorted(found)} for {sorted(values)}"


def english_values() -> dict[str, set[str]]:
    """Key → the values that the English words have in any form."""
    return {
        key: {name for text in forms(sentence).values() for name in PLACES.findall(text)}
        for key, sentence in catalogue("en.toml").items()
    }


def test_languages_are_found_from_their_files_and_each_has_all_three():
    assert words.INTERFACES[0] == "en"
    assert "zh-Hans" in words.INTERFACES
    folder = Path(words.__file__).parent
    files = {file.name for file in folder.glob("*.toml")} - {"licences.toml", "en.toml"}
    assert files == {f"{part}{language}.toml" for language in OTHERS for part in ("", "said.", "kinds.")}
    assert all(name_of(language) != language for language in words.INTERFACES)


@pytest.mark.parametrize("language", words.INTERFACES)
def test_every_language_says_everything_in_every_form_with_the_same_values(language):
    values = english_values()
    own = catalogue(f"{language}.toml")
    assert set(own) ^ set(values) == set()
    counted = {key for key, sentence in catalogue("en.toml").items() if not isinstance(sentence, str)}
    assert {key for key in counted if isinstance(own[key], str)} == set()
    assert [wrong for key, text in own.items() for wrong in wrong_forms(language, key, text, values[key])] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_the_program_is_said_in_every_language_with_the_same_values(language):
    values = {code: set(PLACES.findall(english)) for _, code, english in sentences()}
    own = catalogue(f"said.{language}.toml")
    assert set(own) ^ set(values) == set()
    assert [wrong for code, text in own.items() for wrong in wrong_forms(language, code, text, values[code])] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_kind_of_files_is_named_in_every_language(language):
    kinds = {called.partition(" ")[2] for called in signatures._BY_ENDING.values()}
    kinds |= {called.partition(" ")[2] for called, _, _ in signatures._UNREAD}
    kinds |= {*kinds_of_files._FORMATS.values(), kinds_of_files.UNKNOWN_KIND, "file of an ending"}
    own = catalogue(f"kinds.{language}.toml")
    assert kinds - set(own) == set()
    assert set(own) == set(catalogue("kinds.zh-Hans.toml"))
    assert "{ending}" in own["file of an ending"]


def test_no_sentence_has_blanks_around_it_or_quotation_marks_of_a_typewriter():
    for language in words.INTERFACES:
        for name in (f"{language}.toml", f"said.{language}.toml", f"kinds.{language}.toml"):
            for key, sentence in catalogue(name).items():
                for text in forms(sentence).values():
                    assert text == text.strip() or key in ("and", "colon"), (name, key)
                    assert "  " not in text, (name, key)
                    assert '"' not in text, (name, key)


def test_a_sentence_has_the_form_that_its_number_asks_for(monkeypatch):
    w = words.Words("en")
    monkeypatch.setattr(w, "language", "ru")
    monkeypatch.setattr(w, "_words", {"steps": {"one": "{n} шаг", "few": "{n} шага", "many": "{n} шагов"}})
    table = {"by": "number", "one": "{number} отрывок", "few": "{number} отрывка", "many": "{number} отрывков"}
    monkeypatch.setattr(w, "_said", {"read-so-many": table})
    assert [w.count("steps", n) for n in (1, 3, 5, 21, 12345)] == [
        "1 шаг",
        "3 шага",
        "5 шагов",
        "21 шаг",
        "12\xa0345 шагов",
    ]
    told = [said("read-so-many", "Read {number:passage}.", number=number) for number in (1, 22, 1500)]
    assert [w.said(each) for each in told] == ["1 отрывок", "22 отрывка", "1\xa0500 отрывков"]
    assert w.said(said("read-so-many", "Read {number}.", number="many")) == "many отрывков"


def test_a_form_for_whole_millions_may_be_missing(monkeypatch):
    w = words.Words("en")
    monkeypatch.setattr(w, "language", "fr")
    monkeypatch.setattr(w, "_words", {"steps": {"one": "{n} étape", "other": "{n} étapes"}})
    assert w.count("steps", 2_000_000) == "2\u202f000\u202f000 étapes"
    assert w.count("steps", 0) == "0 étape"


def test_numbers_and_sizes_are_written_as_the_language_does(monkeypatch):
    w = words.Words("en")
    assert [w.size(n) for n in (0, 999, 1000, 12_345_678, 5 * 10**15)] == [
        "0 B",
        "999 B",
        "1.0 kB",
        "12.3 MB",
        "5,000.0 TB",
    ]
    assert [w.figures(n) for n in (0, 0.25, 1, 12.34, 123.4, 1234, 20.0)] == [
        "0",
        "0.25",
        "1",
        "12.3",
        "123",
        "1,234",
        "20",
    ]
    monkeypatch.setattr(w, "language", "de")
    assert w.size(12_345_678) == "12,3 MB"
    assert w.number(0.5, 2) == "0,50"


def test_templates_ask_only_for_words_that_exist():
    folder = Path(words.__file__).parents[1] / "templates"
    english = catalogue("en.toml")
    for file in folder.iterdir():
        text = file.read_text("utf-8")
        for key in re.findall(r'w\(["\']([a-z_]+)["\'][,)]', text):
            assert key in english, (file.name, key)
        for key in re.findall(r'w\.count\(["\']([a-z_]+)["\']', text):
            assert not isinstance(english[key], str), (file.name, key)


def test_no_word_is_kept_that_nothing_says():
    package = Path(words.__file__).parents[1]
    files = [*(package / "templates").iterdir(), *package.glob("*.py"), *(package / "words").glob("*.py")]
    text = "".join(file.read_text("utf-8") for file in files)
    for key in words.CATALOGUES["en"].keys:
        said_in_code = f'"{key}"' in text or f"'{key}'" in text or key.startswith("look_") or key == "public_domain"
        assert said_in_code, key


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW,en;q=0.8", "zh-Hans"),
        ("zh-Hant-HK", "zh-Hans"),
        ("zh-Hans-CN;q=0.3", "zh-Hans"),
        ("en-GB,zh;q=0.9", "en"),
        ("zh;q=0.2,en;q=0.9", "en"),
        ("tlh,tlh-Latn;q=0.9", "en"),
        ("*", "en"),
        ("x-klingon,*;q=0.5", "en"),
        ("zh;q=0", "en"),
        ("zh;q=x", "en"),
        (";;;,,,q=", "en"),
        ("a" * 10_000, "en"),
    ],
)
def test_the_interface_follows_the_browser(accept, language):
    assert words.choose_language(accept) == language


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("pt-BR", "pt"),
        ("pt-PT,en;q=0.5", "pt-PT"),
        ("in", "id"),
        ("de-CH-1996,fr;q=0.9", "de"),
        ("de-DE-u-co-phonebk", "de"),
        ("nb,fr;q=0.2,de;q=0.3", "de"),
        ("FR-ca", "fr"),
        ("fr;q=0,de;q=0.1", "de"),
    ],
)
def test_a_tag_is_looked_up_by_ever_fewer_of_its_parts(accept, language, monkeypatch):
    monkeypatch.setattr(words, "INTERFACES", ("en", "de", "fr", "id", "pt", "pt-PT"))
    assert words.choose_language.__wrapped__(accept) == language


def test_licences_lead_to_their_text_and_are_called_as_the_language_does():
    english, chinese = words.CATALOGUES["en"], words.CATALOGUES["zh-Hans"]
    assert english.licence("CC-BY-SA-4.0") == ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/")
    assert english.licence(" Ask the author ") == ("Ask the author", "")
    assert english.licence("@about") == ("@about", "")
    assert english.licence("PDM-1.0") == ("Public domain", "https://creativecommons.org/publicdomain/mark/1.0/")
    assert chinese.licence("public-domain")[0] == "公有领域"


def test_lists_are_joined_as_the_language_joins_them():
    sentence = said("no-article-has", "No article has {words}.", words=["“x”", "“y”"])
    assert words.CATALOGUES["en"].said(sentence) == "No article has “x”, “y”."
    assert words.CATALOGUES["zh-Hans"].said(sentence) == "没有条目含有“x”、“y”。"
    assert words.CATALOGUES["de"].said(sentence) == "Kein Artikel enthält „x“, „y“."
    braced = said("no-article-has", "No article has {words}.", words=["“{x}”", "”", "“a” b"])
    assert words.CATALOGUES["de"].said(braced) == "Kein Artikel enthält „{x}“, ”, “a” b."


def test_values_keep_their_direction_in_what_runs_right_to_left():
    arabic = words.CATALOGUES["ar"]
    assert "«\u2068384,000 km\u2069»" in arabic.said(said("stands", "“{text}” stands.", text="384,000 km"))
    listed = arabic.said(said("read-passages", "Read {answers}.", answers=["“5 km”", "6 km"]))
    assert "\u2068\u200f«\u20685 km\u2069»، \u20686 km\u2069\u2069" in listed
    assert "«\u2068a b\u2069»" in arabic("nothing", query="a b")
    assert "\u2068galactica join /a\u2069" in arabic.said(
        said("join-first", "Run: galactica join {edition}", edition="/a")
    )
    for language in words.INTERFACES:
        catalogue = words.CATALOGUES[language]
        if catalogue.direction == "ltr":
            assert "\u2068" not in catalogue("nothing", query="a b"), language


def test_kinds_of_files_are_called_as_the_language_does():
    chinese = words.CATALOGUES["zh-Hans"]
    assert chinese.file_kind("Markdown page") == "Markdown 页面"
    assert chinese.file_kind(".xyz file") == ".xyz 文件"
    assert chinese.file_kind("quite another") == "quite another"
    assert words.CATALOGUES["en"].file_kind(".xyz file") == ".xyz file"


def test_a_language_that_the_room_does_not_speak_has_no_catalogue():
    with pytest.raises(KeyError):
        words.CATALOGUES["../en"]
    assert len(words.CATALOGUES) == len(words.INTERFACES)


def test_who_does_a_step_has_a_name_in_every_language():
    for catalogue in words.CATALOGUES.values():
        assert all(catalogue(key) for key in RESEARCHERS.values())
