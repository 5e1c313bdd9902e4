"""Language codes as ZIM files write them, and back."""

import pytest

from galactica.codes.language import iso_639_3, language_tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [("eng", "en"), ("fra,deu", "mul"), ("zh-hant", "zh-Hant"), ("=en", "en"), ("", "und"), ("gsw", "gsw"),
     ("pt_br", "pt-BR"), ("chi", "zh"), ("eng,en", "en"), ("12", "und")],
)  # fmt: skip
def test_language_codes_become_bcp_47(written, tag):
    assert language_tag(written) == tag


@pytest.mark.parametrize(
    ("tag", "code"), [("en", "eng"), ("zh-Hant", "zho"), ("de", "deu"), ("fa", "fas"), ("gsw", "gsw"), ("x-y", "und")]
)
def test_tags_become_iso_639_3(tag, code):
    assert iso_639_3(tag) == code


def test_every_two_letter_code_comes_back():
    for two in ("et", "sr", "hr", "ne", "or", "lv", "ms", "sq", "sw", "no", "nb", "is", "cs", "bo", "my"):
        assert language_tag(iso_639_3(two)) == two
