import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes import joints as module
from galactica.codes.joints import joined_words, joints
from tests.properties import examples


@pytest.mark.parametrize(
    ("text", "without", "whole"),
    [
        ("the U.N. met", "UN", True),
        ("N.A.T.O", "NATO", True),
        ("e.g. this", "eg", True),
        ("a Ph.D. thesis", "PhD", True),
        ("Vue.js", "Vuejs", True),
        ("К.П.С.С.", "КПСС", True),
        ("E. E. Cummings", "EE", True),
        ("E.E. Cummings", "EE", True),
        ("А. С. Пушкин", "АС", True),
        ("12,500 people", "12500", True),
        ("12.500 Leute", "12500", True),
        ("12\u202f500 gens", "12500", True),
        ("12’500 Leute".replace("’", "'"), "12500", True),
        ("1,250,000", "1250000", True),
        ('מנכ"ל', "מנכל", True),
        ("il·lusió", "illusió", True),
        ("in C++ or", "Cplusplus", True),
        ("in F#.", "Fsharp", True),
        ("on .NET now", "dotNET", True),
        (".NET", "dotNET", True),
        ("re-elected", "reelected", False),
        ("F-16", "F16", False),
        ("merry-go-round", "merrygoround", False),
        ("don't", "dont", False),
        ("O'Neill's", "ONeill", False),
        ("Ma'ariv", "Maariv", False),
        ("R&D", "RD", False),
        ("نمی‌دانم", "نمیدانم", False),
    ],
)
def test_what_marks_hold_together_is_seen(text, without, whole):
    assert [(joint.text, joint.whole) for joint in joints(text)] == [(without, whole)]
    assert joined_words(text) == [without]


@pytest.mark.parametrize(
    "text",
    ["1914-1918", "3.14", "Tesla's", "The end. A start", "end.", "a, b", "-", "x-", "'quoted'", "wait...", "1,2",
     "4, 500", "AT & T", "say “no”", '5"', "a" * 30 + "-" + "b" * 30, "a-b-c-d-e-f-g-h", "12.34.5678", "#1", "a + + b"],
)  # fmt: skip
def test_other_marks_hold_nothing_together(text):
    assert joined_words(text) == []


def test_joints_tell_where_they_stand():
    text = "Of e-mail and e-mail in the U.S.A. today"
    assert [text[joint.start : joint.end] for joint in joints(text)] == ["e-mail", "e-mail", "U.S.A"]


@examples(400)
@given(st.text(alphabet="abC1é.-'&, (+#\u00a0\u200cд·\"צ", max_size=30))
def test_looking_over_the_bytes_first_misses_nothing_before_which_is_space(text):
    text = re.sub(r"[\u00a0\u200c\"·](?=\.[A-Za-z])", " ", text)
    found = [(m.start(), m.end()) for m in module._JOINT.finditer(text) if module._joined(m[0], m.lastgroup or "")]
    assert [(joint.start, joint.end) for joint in joints(text)] == found
