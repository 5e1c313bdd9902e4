"""The allowlist and its document say the same."""

import re
from pathlib import Path

from galactica.model import body

DOCUMENT = Path(__file__).parents[2] / "docs" / "formats" / "body.md"


def _named_in(section: str) -> set[str]:
    text = DOCUMENT.read_text(encoding="utf-8")
    part = text.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"`([a-z][a-z0-9-]*)`", part))


def test_every_allowed_tag_stands_in_the_document():
    assert _named_in("Tags") >= body.TAGS


def test_every_allowed_attribute_stands_in_the_document():
    every = {name for tag in body.TAGS for name in body.attributes_of(tag)}
    assert every <= _named_in("Attributes")


def test_every_allowed_role_stands_in_the_document():
    assert _named_in("Attributes") >= body.ROLES


def test_a_tag_is_of_one_kind():
    assert not body.BLOCK_TAGS & body.INLINE_TAGS
    assert not body.MATH_TAGS & (body.BLOCK_TAGS | body.INLINE_TAGS)


def test_nothing_active_is_allowed():
    assert not body.TAGS & {
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "svg",
        "link",
        "meta",
        "base",
    }
    for tag in body.TAGS:
        assert not [name for name in body.attributes_of(tag) if name.startswith("on") or name in ("style", "class")]


def test_formulas_carry_no_html_attributes():
    assert body.attributes_of("mi") == {"mathvariant"}
    assert "id" not in body.attributes_of("math")


def test_the_title_is_not_in_the_body():
    assert "h1" not in body.TAGS
