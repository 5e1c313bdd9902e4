"""What one tag of a page becomes: decided once for each spelling and remembered.

A tag is judged by itself, as text: its name, its attributes, the first rule that names it. What depends on where it
stands (whose child it is, whether its id is linked to, where its address leads) is left to the writer.
"""

from __future__ import annotations

import re
from enum import IntEnum

from galactica.model.body import BARE_TAGS, BLOCK_TAGS, INLINE_TAGS, MATH_TAGS, ROLES
from galactica.refine.clean.attributes import (
    SPACE,
    VALUES,
    attributes_in,
    escape_attribute,
    tag_name,
    with_more,
    write_attributes,
)
from galactica.refine.clean.frame import Frame
from galactica.refine.clean.pictures import addresses
from galactica.refine.clean.rules import RuleBook


class TagKind(IntEnum):
    """What the writer does with a tag."""

    NOTHING = 0  # transparent: its text runs on
    BOUNDARY = 1  # transparent, but a new line of text starts before and after it
    DROP = 2  # gone, with all inside
    INLINE = 3
    BLOCK = 4
    LINK = 5
    IMAGE = 6
    BREAK = 7
    RULE = 8
    MATH = 9
    MEDIA = 10
    TITLE = 11  # an h1
    FORMULA = 12  # a formula drawn as a picture


class Tag:
    """What a start tag becomes.

    Attributes:
        kind: see `TagKind`.
        name: the canonical name, "" where none is written.
        attributes: canonical attributes in order of name, without `id`, values escaped, e.g. ' colspan="2"'.
        id: its id or the name of an anchor, escaped; "" where there is none or it is generated.
        lang, dir: as they stand, for comparing with what surrounds it.
        href: address of a link, sound or film, escaped as in the source.
        addresses: where the file of a picture may lie, likeliest first.
        void: whether no end tag follows.
        rule: name of the rule that decided, for counting.
        note: whether it is the mark of a footnote.
        frame: what the writer writes for it, where that is always the same.
    """

    __slots__ = (
        "addresses",
        "attributes",
        "dir",
        "frame",
        "href",
        "id",
        "kind",
        "lang",
        "name",
        "note",
        "rule",
        "void",
    )

    def __init__(self, kind: TagKind, name: str = "") -> None:
        self.kind = kind
        self.name = name
        self.attributes = ""
        self.id = ""
        self.lang = ""
        self.dir = ""
        self.href = ""
        self.addresses: tuple[str, ...] = ()
        self.void = False
        self.rule = ""
        self.note = False
        self.frame: Frame | None = None


_GENERATED_ID = re.compile(r"mw[\w-]{2,5}", re.ASCII)
_ID_SPACE = re.compile(r"\s")

RENAMED = {
    **{"ins": "u", "tt": "code", "acronym": "abbr", "dir": "ul", "menu": "ul"},
    **{"h1": "h2"},
}
"""Tags that mean what another says."""

DROPPED = frozenset(
    {"applet", "button", "canvas", "datalist", "dialog", "embed", "frameset", "iframe", "input", "map", "meter"}
    | {"noembed", "noframes", "noscript", "object", "optgroup", "option", "plaintext", "portal", "progress"}
    | {"script", "select", "style", "svg", "template", "textarea", "xmp", "title", "head"}
)
"""Tags without text for a reader: they go with all inside."""

BOUNDARIES = frozenset(
    {"address", "article", "body", "center", "div", "fieldset", "footer", "form", "header", "hgroup", "html", "legend"}
    | {"listing", "main", "nav", "search", "section", "aside"}
)
"""Tags that only arrange: unwrapped, but their borders still part the text."""

VOID = frozenset(
    {"area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link"}
    | {"meta", "param", "source", "track", "wbr"}
)
"""Tags after which a serialiser writes no end tag (HTML Standard 13.3)."""


def judge_tag(text: str, book: RuleBook, *, page: bool) -> Tag:
    """What the start tag `text` (as lexbor serialises it) becomes; `page` where no article was found in the page."""
    name = tag_name(text)
    attributes = attributes_in(text)
    tag = _by_name(name, attributes)
    folded = attributes
    if "style" in attributes:
        folded = {**attributes, "style": SPACE.sub("", attributes["style"]).lower()}
    rule = book.find(name, folded, page=page)
    if rule is not None:
        tag.rule = rule.name
        match rule.action:
            case "drop":
                tag.kind = TagKind.DROP
            case "unwrap":
                tag.kind = TagKind.BOUNDARY if name in BLOCK_TAGS or name in BOUNDARIES else TagKind.NOTHING
                tag.name = ""
            case "rename":
                _rename(tag, rule.value, attributes)
            case "role":
                attributes["role"] = rule.value
    tag.void = name in VOID
    if tag.kind in (TagKind.DROP, TagKind.MATH, TagKind.MEDIA):
        return tag
    _identify(tag, attributes)
    if tag.kind is TagKind.LINK and not tag.href:
        tag.kind = TagKind.NOTHING
    if name in BARE_TAGS and tag.kind in (TagKind.NOTHING, TagKind.BOUNDARY) and not tag.rule.startswith("unwrap"):
        _keep_bare(tag, name, attributes)
    role = attributes.get("role", "")
    if role in ROLES and tag.name in _ROLE_TAGS:
        tag.attributes = with_more(tag.attributes, f' role="{role}"')
        tag.note = role == "doc-noteref"
    return tag


_ROLE_TAGS = frozenset({"a", "aside", "div", "li", "ol", "section", "sup", "ul"})


def _by_name(name: str, attributes: dict[str, str]) -> Tag:
    """What a tag becomes by its name alone."""
    if name in DROPPED:
        tag = Tag(TagKind.DROP)
        tag.rule = "no-text"
        return tag
    if name in ("a", "img", "br", "hr", "math", "audio", "video", "h1"):
        tag = Tag(_SPECIAL[name], RENAMED.get(name, name))
        tag.attributes = write_attributes(name, attributes)
        tag.href = attributes.get("href", "") if name == "a" else attributes.get("src", "")
        if name == "img":
            tag.addresses = addresses(attributes)
        return tag
    name = RENAMED.get(name, name)
    if name in ("source", "track") or name in MATH_TAGS:
        return Tag(TagKind.NOTHING)
    if name in BARE_TAGS or name in BOUNDARIES:
        return Tag(TagKind.NOTHING if name == "span" else TagKind.BOUNDARY)
    if name in BLOCK_TAGS or name in INLINE_TAGS:
        tag = Tag(TagKind.BLOCK if name in BLOCK_TAGS else TagKind.INLINE, name)
        tag.attributes = write_attributes(name, attributes)
        return tag
    return Tag(TagKind.NOTHING)


_SPECIAL = {
    "a": TagKind.LINK,
    "img": TagKind.IMAGE,
    "br": TagKind.BREAK,
    "hr": TagKind.RULE,
    "math": TagKind.MATH,
    "audio": TagKind.MEDIA,
    "video": TagKind.MEDIA,
    "h1": TagKind.TITLE,
}


def _rename(tag: Tag, name: str, attributes: dict[str, str]) -> None:
    if name == "formula":
        tag.kind = TagKind.FORMULA
        tag.name = "math"
        return
    tag.kind = TagKind.BLOCK if name in BLOCK_TAGS else TagKind.INLINE
    tag.name = name
    tag.attributes = write_attributes(name, attributes)


def _identify(tag: Tag, attributes: dict[str, str]) -> None:
    """Its id (or, of an anchor, its name) and its language and direction, where they are well formed."""
    mark = attributes.get("id") or (attributes.get("name", "") if tag.kind is TagKind.LINK else "")
    if mark and len(mark) <= 256 and not _GENERATED_ID.fullmatch(mark) and not _ID_SPACE.search(mark):
        tag.id = escape_attribute(mark)
    lang = attributes.get("lang") or attributes.get("xml:lang", "")
    if lang and VALUES["lang"].fullmatch(lang):
        tag.lang = lang
    direction = attributes.get("dir", "").lower()
    if direction and VALUES["dir"].fullmatch(direction):
        tag.dir = direction


def _keep_bare(tag: Tag, name: str, attributes: dict[str, str]) -> None:
    """A span, div, section or aside stays only for what it carries."""
    role = attributes.get("role", "") in ROLES and name != "span"
    if role or tag.lang or tag.dir:
        tag.kind = TagKind.INLINE if name == "span" else TagKind.BLOCK
        tag.name = name
