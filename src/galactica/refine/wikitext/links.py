"""Square brackets: links inside the wiki and out of it, categories, pictures, the same page in other languages.

Runs on sanitised text (see `tags`), innermost brackets first and at most `MAX_LEVELS` times over the text, so a
picture's caption may hold links and nothing is read twice without end. Rules: a category goes to the page's list; a
link to another language goes; a link to a page that is no article (user, project, other wiki) keeps its words; a
picture keeps its caption, as the bytes of pictures are not in a dump. Standard: MediaWiki "Help:Links".
"""

from __future__ import annotations

import re
from html import escape, unescape

from galactica.refine.wikitext.names import ARTICLE, CATEGORY, FILE, INTERWIKI, LANGUAGE, MEDIA
from galactica.refine.wikitext.page import BLOCK_MARKER, GONE, MARKER, Page
from galactica.refine.wikitext.quotes import quotes
from galactica.refine.wikitext.tags import balance

MAX_LEVELS = 5
"""Brackets inside brackets that are read."""

_STOP = r"\s\[\]<>\"\ufdd0-\ufdd3"
# The letters that join a link when they follow it: [[cat]]s. Scripts that write words without spaces have none.
_TRAIL = "[a-zß-öø-ƿǎ-ʯа-џѣҋ-ԯα-ωά-ώ]*"
_INTERNAL = re.compile(rf"\[\[([^\[\]\n|<>]*)(?:\|((?:[^\[\]]|\[(?!\[)[^\[\]]*\])*))?\]\]({_TRAIL})")
_EXTERNAL = re.compile(
    rf"\[((?:https?:|ftps?:)?//[^{_STOP}]+)[ \t\xa0]*([^\[\]\n]*)\]"
    rf"|\[(?:mailto|irc|ircs|news|tel|geo|magnet|urn|gopher|skype|sip|xmpp|bitcoin):[^{_STOP}]+[ \t]*([^\[\]\n]*)\]"
    rf"|(?<![\w\"'/=>])((?:https?|ftp)://[^{_STOP}]+)",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#x?[0-9a-fA-F]+|\w+)\Z")
"""A character that is written as an entity, but for its semicolon."""

_URL_END = re.compile("&lt;|&gt;|''|&#34;")
_PIPE_TRICK = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）|[,،，].*)\s*\Z")

_FRAMED = frozenset(
    """
    thumb thumbnail frame framed frameless upright mini miniatur gerahmt hochkant vignette cadre encadré encadre
    redresse miniatura miniaturadeimagen mini miniaturadeimatge marco moldura miniaturaimagem destro riquadro
    kader omkaderd mała ramka tumme tummenagel ram miniatyr ramme pienoiskuva pienois kehys kehystetty küçükresim
    küçük çerçeve мини миниатюра мініатюра эскиз рамка минијатура мини-снимка умањено náhled náhľad bélyegkép
    bélyeg miniatyrbild miniaturbild 縮圖 缩略图 有框 サムネイル フレーム 섬네일 썸네일 섬네 nhỏ khung ממוזער ממוסגר
    تصغير مصغر بندانگشتی قاب انگشتدان بندانگشتي sličica umanjeno minijatura sīktēls sumaž pisi sumini miniatuur
    bawd eta iruditxoa mynd thumb= кадр პატარა მინი мини| nagapnail jmpl jempol bingkai ย่อ หัวเรื่องย่อ अंगूठाकार अंगूठा
    থাম্ব থাম্বনেইল மிகச்சிறிய ਥੰਬਨੇਲ smámynd smámyndd miniatyur miniatyurë parvum etiketo kutipa mînyatur eskiz
    """.split()
)
_PLAIN_OPTIONS = frozenset(
    """
    left right center centre none border baseline middle sub super top bottom text-top text-bottom links rechts
    zentriert ohne gauche droite centré néant izquierda derecha centro centrado no nessuno sinistra esquerda direita
    nenhum geen gecentreerd lewo prawo bez brak centruj vänster höger centrerad ingen venstre høyre høgre midten
    vasen oikea keskellä sağ sol orta слева справа центр центрировать без праворуч ліворуч дясно ляво дясно десно лево
    лијево центар vlevo vpravo okraj střed jobb bal középre balra jobbra 左 右 中 中央 無し なし
    居左 居右 居中 置中 左置 右置
    오른쪽 왼쪽 가운데 phải trái giữa không שמאל ימין مركز يسار يمين چپ راست وسط
    هیچ مرکز stânga dreapta desno lijevo sredina
    pa labi pa kreisi paremal vasakul keskel dešinėje kairėje ezkerrera eskuinera erdian dreta esquerra cap ขวา ซ้าย
    haut bas
    """.split()
)
_SIZE = re.compile(r"(?:\d{0,5}\s*(?:x\s*\d{1,5})?\s*[^\W\d_]{1,8}|\d{1,5}(?:x\d{1,5})?)\s*\Z")
_KEYED = re.compile(
    r"\s*(?:alt|link|page|lang|class|style|upright|thumb|thumbtime|start|end|manualthumb|hochkant|redresse|verweis|lien"
    r"|enlace|seite|альт|ссылка|верх|代替文|替代文本|替代|mini|miniatur|vignette|size|loop|muted)\s*=",
    re.IGNORECASE,
)


def links(page: Page, text: str) -> str:
    """`text` with its brackets resolved; pictures and categories leave it."""
    if "//" in text or "[" in text:
        text = _EXTERNAL.sub(lambda match: _external(page, match), text)
    for _ in range(MAX_LEVELS):
        if "[[" not in text:
            break
        text, count = _INTERNAL.subn(lambda match: _internal(page, match), text)
        if not count:
            break
        if "[http" in text or "[//" in text:
            text = _EXTERNAL.sub(lambda match: _external(page, match), text)
    return text


def _external(page: Page, match: re.Match[str]) -> str:
    address, label, other, bare = match.groups()
    if bare is not None:
        end = _URL_END.search(bare)
        shown = (bare[: end.start()] if end else bare).rstrip(".,;:!?\\" if "(" in bare else ".,;:!?\\)")
        stop = len(shown)
        if bare[stop : stop + 1] == ";" and _ENTITY.search(shown):
            stop += 1  # the end of an entity, not of a clause
        return f'<a href="{bare[:stop]}">{bare[:stop]}</a>{bare[stop:]}'
    if address is None:
        return other or ""
    end = _URL_END.search(address)
    if end:
        label = f"{address[end.start() :]} {label}".strip()
        address = address[: end.start()]
    if "<a " in label:
        return label
    label = label.strip() or f"[{_short(address)}]"
    return f'<a href="{address}">{label}</a>'


def _short(address: str) -> str:
    """What a link without words shows: its host."""
    return address.partition("//")[2].partition("/")[0].removeprefix("www.")[:60] or "link"


def _internal(page: Page, match: re.Match[str]) -> str:
    target, label, trail = match.groups()
    if MARKER.search(target):
        target = MARKER.sub("", target)
    if "%" in target:
        target = _unquoted(target)
    target = target.strip()
    forced = target.startswith(":")
    if forced:
        target = target.lstrip(": ")
    number = ARTICLE
    if ":" in target:
        number, rest = page.names.split(unescape(target))
        if number in (FILE, MEDIA):
            if not forced and number == FILE:
                return (_picture(page, label) or GONE) + trail
            return _words(rest if label is None else label) + trail
        if number == CATEGORY and not forced:
            name = page.names.capital(rest.partition("#")[0])
            if name:
                page.categories.setdefault(name)
            return GONE + trail
        if number == LANGUAGE and not forced and page.names.split(rest)[0] != CATEGORY:
            return GONE + trail
    if not target or target[0] in "{}":
        return _words(label or "") + trail
    if label is None:
        label = target
    elif not label.strip():
        label = _PIPE_TRICK.sub("", target.partition(":")[2] if number != ARTICLE else target) or target
    if number == CATEGORY or number in (INTERWIKI, LANGUAGE) or number != ARTICLE:
        return _words(label) + trail
    label = _words(label)
    if "<a " in label:
        return label + trail
    href = page.names.href(target)
    return f'<a href="{href}">{label}{trail}</a>' if href else label + trail


def _words(label: str) -> str:
    """A label whose bars can no longer be taken for a table's or a picture's."""
    if "|" in label:
        label = label.replace("|", "&#124;")
    return label.replace("\n", " ") if "\n" in label else label


def _unquoted(target: str) -> str:
    from urllib.parse import unquote

    plain = unquote(target, errors="strict") if "%" in target else target
    return target if any(sign in plain for sign in "[]{}|<>\n") else escape(unescape(plain), quote=False)


def _picture(page: Page, label: str | None) -> str:
    """A figure with its caption, or nothing where it has none that the wiki would show."""
    if label is None:
        return ""
    framed, caption = False, ""
    for part in label.split("|"):
        word = part.strip()
        lowered = word.lower()
        if lowered in _FRAMED:
            framed = True
        elif not word or lowered in _PLAIN_OPTIONS or (_SIZE.match(word) and word[0] in "0123456789xX"):
            continue
        elif _KEYED.match(word):
            framed = framed or lowered.startswith(("upright", "thumb", "mini", "hochkant", "redresse", "верх"))
        else:
            caption = word
    if not caption or not framed:
        return ""
    # A caption is one line of text; what was set aside as blocks inside it would break out of the figure.
    caption = balance(quotes(BLOCK_MARKER.sub(" ", caption.replace("\n", " "))))
    return page.set_aside(f"<figure><figcaption>{caption}</figcaption></figure>", block=True)
