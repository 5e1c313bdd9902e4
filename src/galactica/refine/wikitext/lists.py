"""Ways of doing for blocks of text: lists, columns, quotations, captions, terms with what they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

_SIZE = re.compile(
    r"\d{1,4}(?:\.\d+)?(?:px|%|em|ex|pt|rem)?|#[0-9a-fA-F]{3,8}|left|right|center|centre|none|auto|[a-z-]+\s*:[^|]*",
    re.IGNORECASE,
)


def _title(given: Given) -> str:
    for key in ("title", "header", "titre", "titel", "título", "titolo", "heading", "заголовок", "tytuł"):
        if given.get(key):
            return given[key].strip()
    return ""


def bullets(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Numbered arguments as a list, under their title where they have one."""
    items = [value for value in positional(given) if value]
    title = _title(given)
    first = f"\n\n{title}\n" if title else ""
    if len(items) == 1 and items[0].lstrip().startswith(("*", "#")):
        return f"{first}\n{items[0]}\n"
    inner = "".join(f"<li>{item}</li>" for item in items)
    kind = "ol" if rule.label == "ol" else "ul"
    return f"{first}\n<{kind}>{inner}</{kind}>\n" if inner else first


def inline_list(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Numbered arguments, or the lines of a list, on one line with dots between."""
    items = [value for value in positional(given) if value]
    if len(items) == 1 and items[0].lstrip().startswith("*"):
        items = [line.lstrip("* ").strip() for line in items[0].split("\n") if line.strip("* ")]
    title = _title(given)
    return (f"{title}: " if title and items else title) + " · ".join(items)


def block(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """What it holds as lines of their own: a title, then every argument that is no size, colour or side."""
    texts = [value for value in positional(given) if value and not (len(value) < 40 and _SIZE.fullmatch(value))]
    if not texts:
        texts = [value for value in positional(given) if value][-1:]
    texts += [
        given[key]
        for key in (
            "content",
            "liste",
            "text",
            "list",
            "contenu",
            "inhalt",
            "texto",
            "содержание",
            "текст",
            "treść",
            "testo",
        )
        if given.get(key)
    ]
    title, footer = _title(given), given.get("footer", "")
    parts = [part.strip() for part in (title, *texts, footer) if part.strip()]
    return "\n" + "\n\n".join(parts) + "\n" if parts else ""


def columns_of_blocks(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """All numbered arguments as blocks, one after the other."""
    texts = [value for value in positional(given) if value and not (len(value) < 40 and _SIZE.fullmatch(value))]
    texts += [
        given[f"{name}{number}"] for name in ("col", "kol") for number in range(1, 9) if given.get(f"{name}{number}")
    ]
    title = _title(given)
    texts = [title, *texts] if title else texts
    return "\n" + "\n\n".join(texts) + "\n" if texts else ""


_SAID = (
    "text", "quote", "content", "zitat", "texto", "citation", "texte", "testo", "текст", "цитата", "cytat", "citát",
    "quotetext",
    "citat", "citaat", "sitaatti", "tekst", "本文", "nội dung", "verse", "poem", "lines", "original", "orig",
)  # fmt: skip
_TRANSLATED = (
    "übersetzung",
    "translation",
    "traduction",
    "traducción",
    "traduzione",
    "tradução",
    "vertaling",
    "перевод",
)
_WHO = (
    "author", "sign", "by", "autor", "auteur", "auteure", "autore", "автор", "character", "speaker", "person", "cite",
    "salign", "forfatter", "urheber", "auteurs", "tác giả", "kirjoittaja", "yazar", "attr1", "attr2", "attribution",
    "personaje",
)  # fmt: skip
_FROM = (
    "source", "title", "publication", "quelle", "fuente", "fonte", "источник", "źródło", "src", "ref", "zdroj", "kilde",
    "bron", "obra", "titre", "nguồn", "lähde", "date", "work", "année", "location",
)  # fmt: skip


def quotation(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """A quotation with who said it."""
    words = [
        word
        for word in positional(given)
        if word and not re.fullmatch(r"\d+(px|%|em)|[“”\"«»„]|left|right|center", word)
    ]
    given = {key.lower(): value for key, value in given.items()}
    named = [given[key] for key in _SAID if given.get(key)]
    if not named and words:
        named, words = words[:1], words[1:]
    named += [given[key] for key in _TRANSLATED if given.get(key)]
    if rule.label == "verses" and words:
        named, words = [*named, *words], []
    if not named:
        return ""
    said = words + [given[key] for key in (*_WHO, *_FROM) if given.get(key)]
    text = "\n\n".join(one.strip() for one in named)
    attribution = f"\n— {', '.join(said)}\n" if said else ""
    return f"\n<blockquote>\n{text}\n{attribution}</blockquote>\n"


CAPTIONS = (
    r"(?:caption|legende|légende|pie|untertitel|bildunterschrift|beschreibung|description|didascalia|legenda|подпись"
    r"|texte|descr|caption_|sous-titre|título_?imagen|subtitle|comment)_?\d*"
)
"""Pattern of the names of arguments that hold words under a picture."""

_CAPTION = re.compile(CAPTIONS, re.IGNORECASE)
FRAME = (
    "header",
    "title",
    "caption",
    "footer",
    "overall_caption",
    "titre",
    "título",
    "titolo",
    "titel",
    "fußzeile",
    "en-tête",
    "pied",
)
_PICTURE = re.compile(
    r"[^\n]{1,200}\.(?:jpe?g|png|svg|gif|tiff?|webp|og[gav]|webm|djvu|pdf)|\d+(?:px|%|em)?|(?:left|right|center|thumb)",
    re.IGNORECASE,
)


def picture_words(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Several pictures under one caption, or a caption each: the words stay."""
    words = [given[key] for key in given if _CAPTION.fullmatch(key) and key not in FRAME]
    words += [given[key] for key in FRAME if given.get(key)]
    words += [value for value in positional(given) if value and not _PICTURE.fullmatch(value)]
    figures = ""
    for caption in words[:200]:
        if caption.strip():
            html = page.render(
                caption.partition("|")[2] if re.match(r"[^|\n]*\.(?:jpe?g|png|svg|gif)\|", caption, re.I) else caption
            )
            figures += f"<figure><figcaption>{html}</figcaption></figure>" if html else ""
    return page.set_aside(figures, block=True) if figures else ""


def term(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{term|aft}}`, `{{defn|Toward the stern.}}`: a term, or what it means, in a list of such."""
    words = positional(given)
    text = given.get("content", "") or given.get("defn", "") or given.get("term", "") or given.get("text", "")
    if rule.label == "term":
        text = text or (words[1] if len(words) > 1 and words[1] else words[0] if words else "")
    text = " ".join(word for word in (text, *words) if word) if rule.label != "term" else text
    text = (f"{given['no']}. " if given.get("no") else "") + text + (f" {given['multi']}" if given.get("multi") else "")
    if not text.strip():
        return ""
    html = page.render(text)
    tag = "dt" if rule.label == "term" else "dd"
    # One list an entry: neighbours are joined by whoever reads them, and a missing end cannot swallow the page.
    return "\n" + page.set_aside(f"<dl><{tag}>{html}</{tag}></dl>", block=True) + "\n"
