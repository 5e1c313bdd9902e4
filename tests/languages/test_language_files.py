"""The files of languages: each is whole, and none says what the code does not read."""

import pytest

from galactica.languages import by_language, facts, known, tag
from galactica.languages.guessing import _SHARED

HEADS = {
    "guess": {"words", "letters", "prior"},
    "asking": set("sure beside inside patterns anywhere before begins weak company".split())
    | {"for_number", "for_time", "for_person"},
    "questions": set("common articles called which side ask noun yes_no yes_no_anywhere what_is copula".split()),
    "answers": set("number often some when since where why because how and stops between empty quantity loose".split()),
    "denying": {"words"},
}
KEYS = {"name", "called", "codes", "script", "variants", *HEADS}


@pytest.mark.parametrize("language", sorted(known()))
def test_a_file_is_called_as_its_language_and_says_what_is_read(language):
    own = facts(language)
    assert tag(language) == language
    assert set(own) <= KEYS
    assert len(own["script"]) == 4
    for head, keys in HEADS.items():
        assert set(own.get(head, {})) <= keys, head
    for variant, entry in own.get("variants", {}).items():
        assert set(entry) <= {"name", "called", "codes"}, variant


def test_every_name_means_one_language():
    meant: dict[str, str] = {}
    for language in known():
        own = facts(language)
        for where, entry in ((language, own), *own.get("variants", {}).items()):
            for name in filter(None, (each.strip() for each in entry.get("called", "").split("|"))):
                assert meant.setdefault(name, where) == where
                assert tag(name) == tag(name.upper()) == where
                assert name == name.casefold()


def test_only_languages_that_share_a_script_are_told_by_small_words():
    assert {facts(language)["script"] for language in by_language("guess")} == set(_SHARED)


def test_english_stands_first():
    assert next(iter(by_language("guess"))) == "en"
    assert facts("nothing") == {}
