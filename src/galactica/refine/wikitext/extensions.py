"""Extension tags: what stands between <nowiki>, <pre>, <ref>, <math>, <gallery> and the like becomes finished HTML.

The text inside is raw: it has not been expanded. Each rule either sets finished HTML aside (`WikiPage.set_aside`) or
gives wikitext back. Tags that only steer a wiki (templatestyles, inputbox, graph …) give nothing and are counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from galactica.refine.wikitext.page import WikiPage

Attributes = dict[str, str]

_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
MAX_LINES = 5000
"""Lines of a poem or a gallery; what is more is left out and counted."""

_NOWIKI_PAIR = re.compile(r"<nowiki>((?:(?!</?nowiki>).)*)</nowiki>", re.DOTALL)
_GALLERY_LINE = re.compile(r"[^|\n]*\|(.*)")
_GALLERY_OPTION = re.compile(
    r"\s*(?:(?:alt|link|lang|page|class|thumbtime|start|end)\s*=.*|\d{0,5}x?\d{1,5}\s*px\s*)", re.DOTALL
)


def written_attributes(text: str) -> Attributes:
    """Attributes as written, names in lower case; the first of two of a name stays."""
    out: Attributes = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text[:4000]):
        value = (double or single or bare).strip()
        out.setdefault(name.lower(), _plain(value) if "&" in value else value)
    return out


def extension(page: WikiPage, name: str, attributes: str, inside: str | None) -> str:
    """Wikitext (mostly a marker) for an extension tag; `inside` is None for `<name />`."""
    return EXTENSIONS[name](page, written_attributes(attributes), inside)


def _nowiki(page: WikiPage, given: Attributes, inside: str | None) -> str:
    # Nothing inside is something too: it parts apostrophes and stands before what would be a block mark.
    return page.set_aside(escape(_plain(inside or ""), quote=False))


def _plain(text: str) -> str:
    """Raw text whose character references still count (they do inside nowiki and pre)."""
    from html import unescape

    return unescape(text)


def _pre(page: WikiPage, given: Attributes, inside: str | None) -> str:
    text = _plain(_NOWIKI_PAIR.sub(r"\1", inside or ""))
    text = text.removeprefix("\n")
    return page.set_aside(f"<pre>{escape(text, quote=False)}</pre>", block=True) if text.strip() else ""


def _code(page: WikiPage, given: Attributes, inside: str | None) -> str:
    text = (inside or "").strip("\n")
    language = re.sub(r"[^\w+#-]", "", given.get("lang", ""))[:30]
    mark = f' class="language-{language.lower()}"' if language else ""
    body = f"<code{mark}>{escape(text, quote=False)}</code>"
    if "inline" in given or given.get("enclose") == "none":
        return page.set_aside(body)
    return page.set_aside(f"<pre>{body}</pre>", block=True) if text else ""


def _ref(page: WikiPage, given: Attributes, inside: str | None) -> str:
    name, group, text = given.get("name", ""), given.get("group", ""), inside or ""
    if given.get("follow") and text.strip() and page.notes.follow(given["follow"], group, text):
        return ""
    page.notes.define(name, group, text)
    if not name and not text.strip():
        return ""
    return page.set_aside(lambda: page.notes.cite(name, group, text))


def _references(page: WikiPage, given: Attributes, inside: str | None) -> str:
    if inside:
        page.expand(inside)  # its <ref name=…> become known; their marks are not shown
    group = given.get("group", "")
    return page.set_aside(lambda: page.notes.listing(group), block=True)


def _math(page: WikiPage, given: Attributes, inside: str | None) -> str:
    tex = " ".join((inside or "").split())
    if not tex:
        return ""
    kind = "block" if given.get("display") == "block" else "inline"
    return page.set_aside(
        f'<math alttext="{escape(tex)}" display="{kind}"><mtext>{escape(tex, quote=False)}</mtext></math>'
    )


def _chemistry(page: WikiPage, given: Attributes, inside: str | None) -> str:
    """`<chem>H2O</chem>`: digits after a letter or bracket are counts."""
    text = escape((inside or "").strip(), quote=False)
    return page.set_aside(re.sub(r"(?<=[A-Za-z)\]])(\d+)", r"<sub>\1</sub>", text)) if text else ""


def _poem(page: WikiPage, given: Attributes, inside: str | None) -> str:
    if not inside or not inside.strip():
        return ""
    inside = _NOWIKI_PAIR.sub(lambda match: match[0].replace("\n", "</nowiki>\n<nowiki>"), inside)
    lines = page.expand(inside.strip("\n")).split("\n")
    if len(lines) > MAX_LINES:
        page.drop("<poem>")
    verses = [_verse(page, line) for line in lines[:MAX_LINES]]
    paragraphs = "<br>".join(verses).split("<br><br>")
    body = "".join(f"<p>{verse}</p>" for verse in paragraphs if verse)
    return page.set_aside(f"<blockquote>{body}</blockquote>", block=True)


def _verse(page: WikiPage, line: str) -> str:
    """A line of a poem: the space before it stays, a colon before it says the same."""
    words = line.lstrip(" \t:")
    indent = min(len(line) - len(words), 40)
    return "\xa0" * indent + page.render(words) if words.strip() else ""


def _gallery(page: WikiPage, given: Attributes, inside: str | None) -> str:
    """The pictures are not in a dump; what is said under them stays: the last part that is no option."""
    figures = []
    lines = (inside or "").split("\n")
    if len(lines) > MAX_LINES:
        page.drop("<gallery>")
    for line in lines[:MAX_LINES]:
        match = _GALLERY_LINE.match(line)
        if not match:
            continue
        words = [part for part in _bars(match[1]) if part.strip() and not _GALLERY_OPTION.fullmatch(part)]
        caption = page.convert(words[-1]).strip() if words else ""
        if caption:
            figures.append(f"<figure><figcaption>{caption}</figcaption></figure>")
    heading = page.convert(given["caption"]) if given.get("caption") else ""
    first = f"<p>{heading}</p>" if heading else "\n"  # no picture beside the text: see WikiPage.floats
    return page.set_aside(first + "".join(figures), block=True) if figures or heading else ""


def _bars(text: str) -> list[str]:
    """`text` split at the "|" that are not inside a link or a template."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"\[\[|\]\]|\{\{|\}\}|\|", text):
        if match[0] == "|":
            if not depth:
                parts.append(text[start : match.start()])
                start = match.end()
        else:
            depth = max(0, depth + (1 if match[0] in ("[[", "{{") else -1))
    return [*parts, text[start:]]


def _text_inside(page: WikiPage, given: Attributes, inside: str | None) -> str:
    return page.expand(inside or "")


def _link_text(page: WikiPage, given: Attributes, inside: str | None) -> str:
    """`<maplink text="…">` and `<phonos>`: what a reader would see of them."""
    return given.get("text", "")


def _nothing(name: str) -> Callable[[WikiPage, Attributes, str | None], str]:
    def rule(page: WikiPage, given: Attributes, inside: str | None) -> str:
        return page.drop(f"<{name}>")

    return rule


def _silent(page: WikiPage, given: Attributes, inside: str | None) -> str:
    return ""


EXTENSIONS: dict[str, Callable[[WikiPage, Attributes, str | None], str]] = {
    "nowiki": _nowiki, "pre": _pre, "ref": _ref, "references": _references, "math": _math, "chem": _chemistry,
    "ce": _chemistry, "syntaxhighlight": _code, "source": _code, "gallery": _gallery, "poem": _poem,
    "section": _silent, "templatestyles": _silent, "indicator": _silent, "maplink": _link_text, "phonos": _link_text,
    "languages": _silent, "translate": _text_inside, "langconvert": _text_inside, "charinsert": _nothing("charinsert"),
} | {
    name: _nothing(name)
    for name in (
        "timeline", "score", "hiero", "templatedata", "imagemap", "inputbox", "categorytree", "graph", "mapframe",
        "dynamicpagelist", "rss",
    )
}  # fmt: skip
"""Tag name → its rule."""
