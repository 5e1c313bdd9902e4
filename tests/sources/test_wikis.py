"""Codes of wikis as tags of languages."""

import pytest

from galactica.sources.wikis import wiki_language


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "de"), ("zh-classical", "lzh"), ("zh_min_nan", "nan"), ("no", "nb"), ("als", "gsw"), ("simple", "en"),
     ("roa-rup", "rup"), ("roa-tara", "nap-x-tara"), ("be-x-old", "be-tarask"), ("zh-hant", "zh-Hant"), ("ceb", "ceb"),
     ("commons", "und"), ("", "und"), ("x" * 50, "und")],
)  # fmt: skip
def test_the_code_of_a_wiki_is_the_tag_of_its_language(code, language):
    assert wiki_language(code) == language
