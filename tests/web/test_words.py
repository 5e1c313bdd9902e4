"""The room's catalogues agree with each other and with the templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from galactica.model.said import said
from galactica.sources import kinds as kinds_of_files
from galactica.sources import signatures
from galactica.web import words
from galactica.web.kinds import RESEARCHERS


def test_every_language_says_everything():
    english = words.CATALOGUES["en"].keys
    for language, catalogue in words.CATALOGUES.items():
        assert catalogue.keys == english, language


def test_templates_ask_only_for_words_that_exist():
    folder = Path(words.__file__).parents[1] / "templates"
    for file in folder.iterdir():
        text = file.read_text("utf-8")
        for key in re.findall(r'w\(["\']([a-z_]+)["\'][,)]', text):
            assert key in words.CATALOGUES["en"].keys, (file.name, key)
        for key in re.findall(r'w\.count\(["\']([a-z_]+)["\']', text):
            assert f"{key}.one" in words.CATALOGUES["en"].keys, (file.name, key)


def test_no_word_is_kept_that_nothing_says():
    package = Path(words.__file__).parents[1]
    text = "".join(file.read_text("utf-8") for file in [*(package / "templates").iterdir(), *package.glob("*.py")])
    for key in words.CATALOGUES["en"].keys:
        stem = key.removesuffix(".one").removesuffix(".many")
        assert f'"{stem}"' in text or f"'{stem}'" in text or stem.startswith("look_"), key


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW,en;q=0.8", "zh-Hans"),
        ("en-GB,zh;q=0.9", "en"),
        ("zh;q=0.2,en;q=0.9", "en"),
        ("fr,de", "en"),
        ("zh;q=0", "en"),
        ("zh;q=x", "en"),
        (";;;,,,q=", "en"),
        ("a" * 10_000, "en"),
    ],
)
def test_the_interface_follows_the_browser(accept, language):
    assert words.choose_language(accept) == language


def test_licences_lead_to_their_text():
    assert words.licence("CC-BY-SA-4.0") == ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/")
    assert words.licence("Ask the author") == ("Ask the author", "")


def test_lists_are_joined_as_the_language_joins_them():
    sentence = said("no-article-has", "No article has {words}.", words=["“x”", "“y”"])
    assert words.CATALOGUES["en"].said(sentence) == "No article has “x”, “y”."
    assert words.CATALOGUES["zh-Hans"].said(sentence) == "没有条目含有“x”、“y”。"


def test_every_kind_of_files_has_its_chinese():
    kinds = {called.partition(" ")[2] for called in signatures._BY_ENDING.values()}
    kinds |= {called.partition(" ")[2] for called, _, _ in signatures._UNREAD}
    kinds |= {*kinds_of_files._FORMATS.values(), kinds_of_files.UNKNOWN_KIND}
    chinese = words.CATALOGUES["zh-Hans"]
    assert {kind for kind in kinds if chinese.file_kind(kind) == kind} == set()
    assert chinese.file_kind("Markdown page") == "Markdown 页面"
    assert chinese.file_kind(".xyz file") == ".xyz 文件"
    assert words.CATALOGUES["en"].file_kind(".xyz file") == ".xyz file"


def test_who_does_a_step_has_a_name_in_every_language():
    for catalogue in words.CATALOGUES.values():
        assert all(catalogue(key) for key in RESEARCHERS.values())
