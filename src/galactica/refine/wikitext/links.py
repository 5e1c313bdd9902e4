"""Square brackets: links inside the wiki and out of it, categories, pictures, the same page in other languages.

Runs on sanitised text (see `tags`), innermost brackets first and at most `MAX_LEVELS` times over the text, so a
picture's caption may hold links and nothing is read twice without end. Order that must hold: links inside the wiki,
then those out of it (MediaWiki's own order), as an address may hold a bar and a label may hold a link. Rules: a
category goes to the page's list; a link to another language goes; a link to a page that is no article (user, project,
other wiki) keeps its words; a picture keeps its caption, as the bytes of pictures are not in a dump; a link in a link
ends the outer one. Standard: MediaWiki "Help:Links".
"""

from __future__ import annotations

import re
from html import escape, unescape

from galactica.refine.wikitext.names import ARTICLE, CATEGORY, FILE, LANGUAGE
from galactica.refine.wikitext.page import BLOCK_MARKER, GONE, MARKER, WikiPage
from galactica.refine.wikitext.pictures import picture

MAX_LEVELS = 5
"""Brackets inside brackets that are read."""

MAX_LABEL = 2000
"""Characters of the words of a link out of the wiki; a bound, as they may hold any sign but "]"."""

_STOP = r"\s\[\]<>\"\ufdd0-\ufdd3"
# The letters that join a link when they follow it: [[cat]]s, [[kedi]]ler. In scripts of words without spaces: none.
_TRAIL = "[a-zß-öø-ƿǎ-ʯа-џѣҋ-ԯα-ωά-ώա-ևა-ჿء-يٱ-ۓ\u0900-\u0963\u0980-\u09e3\u0a00-\u0d63]*"
_WITHOUT_TRAIL = ("zh", "yue", "wuu", "gan", "hsn", "lzh", "cdo", "hak")
_INTERNAL = re.compile(rf"\[\[([^\[\]\n|<>]*)(?:\|((?>(?:[^\[\]]|\[(?!\[)|\](?!\]))*)))?\]\](\]?)({_TRAIL})")
_AROUND_TAGS = re.compile(r"\[\[([^\[\]|\n]*+)(?:\|([^\[\]]*+))?\]\]")
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"<a [^<>]*>")

_ADDRESS = rf"(?:\[[0-9a-f:.]{{2,45}}\][^{_STOP}]*+|[^{_STOP}]++)"
_LABEL = rf"[ \t\xa0]*+([^\]\n]{{0,{MAX_LABEL}}}+)\]"
# The first sign is one of a few, for which the text can be searched fast; the rest says what it was.
_EXTERNAL = re.compile(
    rf"[\[hHfF](?i:(?<=\[)((?:https?:|ftps?:|gopher:|ircs?:|git:|svn:|telnet:|nntp:|worldwind:|redis:|mms:|ssh:|sftp:)?//{_ADDRESS}){_LABEL}"
    rf"|(?<=\[)((?:mailto|news|tel|geo|magnet|urn|skype|sip|sips|sms|xmpp|bitcoin|matrix):[^{_STOP}]++){_LABEL}"
    rf"|(?<!\[)(?<![\w/].)((?:(?<=h)ttps?|(?<=f)tp)://(?:\[[0-9a-f:.]{{2,45}}\])?[^{_STOP}|]*+))"
)
_ADDRESS_ALONE = re.compile(r"(?:[a-z][a-z0-9+.-]{1,11}:)?//|(?:mailto|news):", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#x?[0-9a-fA-F]+|\w+)\Z")
"""A character that is written as an entity, but for its semicolon."""

_URL_END = re.compile("&lt;|&gt;|''|&#34;")
_PIPE_TRICK = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）|[,،，].*)\s*\Z")


def links(page: WikiPage, text: str) -> str:
    """`text` with its brackets resolved; pictures and categories leave it."""
    for _ in range(MAX_LEVELS):
        if "[[" not in text:
            break
        text, count = _INTERNAL.subn(lambda match: _internal(page, match), text)
        if "[[" in text and "<" in text:
            text, more = _AROUND_TAGS.subn(lambda match: _unwrapped(page, match), text)
            count += more
        if not count:
            break
    return _outward(text)


def _outward(text: str) -> str:
    """The links out of the wiki."""
    return _EXTERNAL.sub(_external, text) if "//" in text or "[" in text else text


def _unwrapped(page: WikiPage, match: re.Match[str]) -> str:
    """Words with a link or tags in brackets, as an argument of a template may be: a link, with its label if any."""
    inside, label = match.groups()
    opening = _TAG.search(inside)
    if opening is None or _ADDRESS_ALONE.match(inside):
        return match[0]
    if label is None or not label.strip():
        label = inside
    if "<a " in label:
        return label
    link = _LINK.search(inside)
    if link is not None:
        return f"{link[0]}{_words(label)}</a>"
    target = _TAG.sub("", inside).strip()
    href = page.names.href(target) if page.names.split(unescape(target))[0] == ARTICLE else ""
    return f'<a href="{href}">{_words(label)}</a>' if href else label


def _external(match: re.Match[str]) -> str:
    address, label, other, other_label, bare = match.groups()
    if bare is not None:
        bare = match[0]
        end = _URL_END.search(bare)
        shown = (bare[: end.start()] if end else bare).rstrip(".,;:!?\\" if "(" in bare else ".,;:!?\\)")
        stop = len(shown)
        if shown.endswith("://"):
            return bare
        if bare[stop : stop + 1] == ";" and _ENTITY.search(shown):
            stop += 1  # the end of an entity, not of a clause
        return f'<a href="{bare[:stop]}">{bare[:stop]}</a>{bare[stop:]}'
    if address is None:
        return str(other_label).strip() or f"[{str(other).partition(':')[2]}]"
    end = _URL_END.search(address)
    if end:
        label = f"{address[end.start() :]} {label}".strip()
        address = address[: end.start()]
    if "|" in address:
        address = address.replace("|", "%7C")  # no bar of a table
    label = label.strip()
    if "<a " in label:
        return _cut_at_links(address, label)
    if GONE in label or BLOCK_MARKER.search(label):
        return label  # a picture that leads there
    return f'<a href="{address}">{label or f"[{_short(address)}]"}</a>'


def _cut_at_links(address: str, label: str) -> str:
    """A label that holds links: it leads to the address up to the first of them, or after them where none is before."""
    before, opening, rest = label.partition("<a ")
    if before.strip():
        return f'<a href="{address}">{before.rstrip()}</a>{before[len(before.rstrip()) :]}{opening}{rest}'
    inner, closing, after = rest.rpartition("</a>")
    if not any(sign.isalnum() for sign in after):
        return label
    return f'{before}{opening}{inner}{closing} <a href="{address}">{after.strip()}</a>'


def _short(address: str) -> str:
    """What a link without words shows: its host."""
    return address.partition("//")[2].partition("/")[0].removeprefix("www.")[:60] or "link"


def _internal(page: WikiPage, match: re.Match[str]) -> str:
    target, label, bracket, trail = match.groups()
    if bracket:
        if label is not None and "[" in label:
            label += bracket  # [[IPA|[a]]]
        else:
            trail = bracket + trail
    if "\ufdd1" in target:
        if label is None:
            return f"&#91;&#91;{target}&#93;&#93;{trail}"  # <nowiki> shows the brackets
        target = MARKER.sub("", target)
    if "%" in target:
        target = _unquoted(target)
    target = target.strip()
    forced = target.startswith(":")
    if forced:
        target = target.lstrip(": ")
    number = ARTICLE
    if ":" in target or target.startswith("//"):
        if _ADDRESS_ALONE.match(target):
            # An address in brackets too many; with a bar before its words it was meant as a link out of the wiki.
            return f"[{target} {label}]{bracket}{trail}" if label else match[0]
        number, rest = page.names.split(unescape(target))
        if number == FILE and not forced:
            return (picture(page, label, _outward) or GONE) + trail
        if number == CATEGORY and not forced:
            name = page.names.capital(rest.partition("#")[0])
            if name:
                page.categories.setdefault(name)
            return GONE + trail
        if number == LANGUAGE and not forced and page.names.split(rest)[0] != CATEGORY:
            return GONE + trail
    if not target and label is None:
        return f"&#91;&#91;&#93;&#93;{trail}"
    if not target or target[0] in "{}":
        return _words(label or "") + trail
    target, label = _named(page, target, label, number)
    words = _words(label)
    if not words.strip():
        return GONE + words + trail
    if "<a " in words:
        return words + trail
    if number != ARTICLE:
        return words.replace(":", "&#58;") + trail  # no colon of a definition's
    href = page.names.href(target)
    if href and trail and (trail[0] == "]" or page.language.startswith(_WITHOUT_TRAIL)):
        return f'<a href="{href}">{words}</a>{trail}'
    return f'<a href="{href}">{words}{trail}</a>' if href else words + trail


def _named(page: WikiPage, target: str, label: str | None, number: int) -> tuple[str, str]:
    """Where a link leads and what it shows."""
    if page.names.subpages and number == ARTICLE and target[0] in "/.":
        full = _subpage(page.title, target)
        if full:
            shown = target.strip("/") if target.startswith("/") and target.endswith("/") else target
            if target.startswith("../"):
                shown = full.rpartition("/")[2] if target.endswith("/") and target.strip("./") else full
            return full, label if label else shown
    if label is None:
        # Apostrophes in a title are its own (Neapolitan has d\'\'o), unless they are put around it.
        if "''" in target and target[:2] == target[-2:] == "''":
            return target.strip("'") or target, target
        return target, target.replace("''", "&#39;&#39;")
    if not label:
        return target, _PIPE_TRICK.sub("", target.partition(":")[2] if number != ARTICLE else target) or target
    return target, label


def _subpage(title: str, target: str) -> str:
    """The page that `/Part` or `../Part` leads to; "" where it leads above all pages."""
    if target.startswith("/"):
        return f"{title}/{target.strip('/')}" if target.strip("/") else ""
    parts = title.split("/")
    while target.startswith("../"):
        target = target[3:]
        if len(parts) < 2:
            return ""
        parts.pop()
    return "/".join([*parts, target.strip("/")]).rstrip("/") if not target.startswith(".") else ""


def _words(label: str) -> str:
    """A label whose bars can no longer be taken for a table's or a picture's."""
    if "|" in label:
        label = label.replace("|", "&#124;")
    if ":" in label and ("//" in label or "[" in label):  # an address in the words of a link is no link
        label = label.replace("://", "&#58;//").replace("[", "&#91;").replace("]", "&#93;")
    return label.replace("\n", " ") if "\n" in label else label


def _unquoted(target: str) -> str:
    from urllib.parse import unquote

    plain = unquote(target, errors="strict") if "%" in target else target
    return target if any(sign in plain for sign in "[]{}|\n") else escape(unescape(plain), quote=False)
