"""The files of languages: each is whole, and none says what the code does not read."""

import pytest

from galactica.ask.pieces import role_names
from galactica.languages import by_language, facts, known_languages, tag
from galactica.languages.guessing import _SHARED
from galactica.languages.lexicon import LEXICON_LANGUAGES

HEADS = {
    "guess": {"words", "letters", "prior"},
    "asking": set("sure beside inside patterns anywhere before begins weak company".split())
    | {"for_number", "for_time", "for_person"},
    "questions": set(
        "letters common endings plurals articles genitive called which side ask noun what_is copula".split()
    )
    | {"yes_no", "yes_no_anywhere", "yes_no_last"},
    "answers": {
        "calls",
        "year",
        "changed",
        "became",
        "changes",
        "varies",
        "who",
        "doing",
        "clause",
        "relative",
        "parts",
        "every",
    }
    | {"counting", "counters", "in_a_row", "divisions", "states", "deeds", "why_called", "names_for"}
    | {"amount", "by_whom", "before_deed", "possessive", "pointing", "having"}
    | set("number often some when since where why because how and stops between range empty quantity loose".split()),
    "denying": {"words"},
    "dates": set("months also read whole month_year day same before_christ century".split()),
    "numbers": set("words tens ordinals scales about least most".split()),
    "roles": set(role_names()[1:]),
    "nouns": set("endings beginnings forms beside doubled".split()),
}
KEYS = {"name", "called", "codes", "script", "variants", "missing", *HEADS}
DATES = by_language("dates")


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_a_file_is_called_as_its_language_and_says_what_is_read(language):
    own = facts(language)
    assert tag(language) == language
    assert set(own) <= KEYS
    assert len(own["script"]) == 4
    for head, keys in HEADS.items():
        assert set(own.get(head, {})) <= keys, head
    for variant, entry in own.get("variants", {}).items():
        assert set(entry) <= {"name", "called", "codes"}, variant


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_a_file_has_every_head_or_says_why_not(language):
    own = facts(language)
    missing = [line.split(": ", 1) for line in own.get("missing", [])]
    heads = [head for line in missing for head in line[0].split()]
    wanted = HEADS if language in LEXICON_LANGUAGES else HEADS.keys() - {"nouns"}
    assert sorted([*heads, *(head for head in HEADS if head in own)]) == sorted(wanted)
    assert all(len(line) == 2 and line[1] for line in missing)


@pytest.mark.parametrize("language", [tag for tag, entry in DATES.items() if {"months", "also"} & set(entry)])
def test_a_year_has_twelve_months(language):
    assert {len(DATES[language][key].split()) for key in ("months", "also") if key in DATES[language]} == {12}


@pytest.mark.parametrize("language", [tag for tag, entry in DATES.items() if "whole" in entry])
def test_a_pattern_of_a_date_takes_day_month_and_year(language):
    values = {"d": 17, "d2": 17, "m": "<month>", "n": 9, "n2": "09", "y": 1851}
    whole, without = (DATES[language][key].format(**values) for key in ("whole", "month_year"))
    assert ["17" in whole, "1851" in whole] == [True, True]
    assert ["17" in without, "1851" in without] == [False, True]


def test_every_name_means_one_language():
    meant: dict[str, str] = {}
    for language in known_languages():
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
