"""What becomes of a template that has no rule: its words stay where a sentence or page would have a hole without them.

Within a running line, the numbered arguments that are words are kept as text; a template that has lines to itself and
many named values becomes a table, one that holds prose becomes paragraphs. What looks like a mark of maintenance (it
stands right behind a word or a full stop), like navigation, like a link to a database, or like a number that is looked
up or computed elsewhere ("population/Riga" with the name of a town) is left out. All of them are counted, kept or not:
a rule is what they want.
"""

from __future__ import annotations

import re

from galactica.refine.wikitext import infobox
from galactica.refine.wikitext.language_names import is_language
from galactica.refine.wikitext.page import WikiPage

Given = dict[str, str]

MAX_INLINE = 400
"""Characters of one argument that is kept within a line; a longer one is a block."""

MIN_ROWS = 3
"""Named values that a template in the middle of a page must have to become a table."""

_SERVICE = re.compile(
    r"\b(?:nav|navbox|navbar|naviblock|navigation|navigat\w*|stub|portal\w*|commons\w*|wik(?:i|t)\w*|icon|flag\w*|succession"
    r"|sucesión|sidebar|cleanup|unreferenced|refimprove|citation needed|fact|cn|source\w*|quelle\w*|vandal\w*"
    r"|protect\w*"
    r"|infobox start|location map|map|karte|positionskarte|mapa|pp|toc|coord\w*|geo\w*|anchor|defaultsort|cat\w*"
    r"|tracking"
    r"|documentation|doc|authority|normdaten|delete|merge\w*|move|moved|update|outdated|outofdate|copyedit|pov|neutrality"
    r"|translat\w*|under construction|inuse|graph|timeline|imdb|twitter|facebook|youtube|allmusic|dmoz|curlie"
    r"|population"
    r"|discogs|musicbrainz|gutenberg|librivox|spotify|instagram|reflist|references|archive\w*|dead|toter|error|template"
    r"|sprachen|interwiki|babel|user|talk|archivbox|redirect\w*|disambig\w*|shortcut|hatnote|distinguish|otheruses|links"
    r"|bandeau|ébauche|ebauche|palette|portail|catégorie|lien|liens|controle de autoridade|esboço|esbozo"
    r"|artículo|footnotes"
    r"|abschnitt|schwesterprojekte|autres projets|switcher|sigfig|pop density|color|colour|màu|đổi hướng|sao bài|chủ đề"
    r"|абзац|стиль|шаблон|навигация|внешние ссылки|заготовка|категория|rq|нет|нп|источник\w*|проверить|значимость)\b"
    r"|stub$|-stub|icon$|^vol-|^metadaten|^sơ khai|^thể loại|[・]?リンク$|^ウィキ|出典|スタブ|ポータル"
    r"|複数の問題|dự án|kế vị"
    r"|半保護|告知|参照方法|正確性|曖昧さ回避|来源|來源|消歧|小作品|合并|刪除|删除|模板|導航|需要|非原创|缺少|リダイレクト|前後番組"
    r"|脚注|更新|一次資料|位置図|מיזמים|מפת|/",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\W*(?:[^\W\d_]{3,14}\.?\s+(?:de\s+)?)?(?:19|20)\d\d(?:\s*[-/年.]\s*\d{1,2}\s*月?)?\W*|\d{1,2}[-./]\d{4}"
)
_CODE = re.compile(
    r"(?:[^\n]{1,200}\.(?:jpe?g|png|svg|gif|tiff?|webp|og[gav]|webm|djvu|pdf|mp3|wav))|(?:https?:)?//\S+|#[0-9a-fA-F]{3,8}"
    r"|\d{1,4}(?:px|%|em)|(?:left|right|center|none|yes|no|thumb|auto|nobold|clear|both)|[a-z-]+\s*:\s*[^\s;]+;?|[QqPp]\d+|\W*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?:)?//\S+|\W*")
_COMPUTED = re.compile(r"#(?:expr|ifexpr|ifeq|if|switch|time)\s*:[^|]*\Z", re.IGNORECASE)
_EXPRESSION = re.compile(r"#(?:expr|ifexpr)\s*:[^|]*\Z", re.IGNORECASE)
_CELL = re.compile(r"\|\||!!|\|")
_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LIST = re.compile(r"[*#:;]+\s*")
_MARK = re.compile("[\ufdd0\ufdd2][0-9]+\ufdd1")


def caught(page: WikiPage, name: str, given: Given, before: str, after: str) -> str:
    """What is kept of an unknown template; "" where nothing is. Counts it in any case.

    Args:
        before: the text before it, as far as it is known; at least the line's end of it.
        after: the text behind it, not yet expanded.
    """
    page.drop(name[:60])
    if not given or _SERVICE.search(name):
        return ""
    line = before.rpartition("\n")[2]
    rest = after.partition("\n")[0]
    if _COMPUTED.search(line):
        return unknown_value(before)
    if not before.strip() and not after.strip() and not page.top_level:
        return _as_source(given)  # all that stands in a footnote or in a value
    if not _LIST.sub("", line).strip(" '\ufdd3") and not rest.strip():
        return _block(page, name, given, bool(_LIST.match(line)))
    return _inline(given) if _in_sentence(line, rest) else ""


def unknown_value(before: str) -> str:
    """What stands for a value that is not known: nothing, but in an expression a sign that makes it have no result."""
    return "?" if _EXPRESSION.search(before) else ""


def _in_sentence(line: str, rest: str) -> bool:
    """True where the line goes on around the template, and it does not hang on what stands before it like a mark."""
    left, right = _LIST.sub("", line, count=1), rest
    if left[:1] in ("|", "!"):
        left = _CELL.split(left)[-1]  # a cell of a table is a line of its own
    if right.startswith(("|", "}}", "]]")) and not left.strip():
        return False
    words_left, words_right = bool(_LETTER.search(left)), bool(_LETTER.search(_MARK.sub("", right.partition("{{")[0])))
    if not words_left and left.strip()[-1:] in tuple("(（„“«"):
        return True
    if not words_left:
        return (
            words_right
            and right[:1] in (" ", ",", "'", "(", "-", "–", "、", "は", "（")
            and bool(left.strip(" '") == "")
        )
    last = left[-1:]
    if last in '.。!?！？;；,，、)）\ufdd1»”"':
        return False
    if last.isalnum() and not _WIDE.match(last):
        return bool(right[:1]) and right[:1].isalpha()
    return True


def _inline(given: Given) -> str:
    values = [
        given[key].strip() for key in given if key.isdecimal() or key in ("text", "texte", "texto", "текст", "testo")
    ]
    if any(len(value) > MAX_INLINE or "\n" in value or "{|" in value or "\ufdd2" in value for value in values):
        return ""
    kept = [value for value in values if value and not _CODE.fullmatch(value)]
    if len(kept) > 1:
        kept = [value for value in kept if not (value.islower() and is_language(value))]  # "de", but not "Li"
    if not kept or all(_MONTH.fullmatch(value) or "(UTC)" in value for value in kept):
        return ""
    if len(kept) > 2 and all(re.fullmatch(r"[\d.,-]+", value) for value in kept):
        return ""  # numbers that something is computed from
    return " ".join(kept)


def _as_source(given: Given) -> str:
    """What an unknown template says that stands alone in a footnote: its values in a row, as a reference has them."""
    said = [value.strip() for key, value in given.items() if key.isdecimal() or infobox.is_fact(key, value)]
    return ", ".join(value for value in said if value and "\n" not in value and not _ADDRESS.fullmatch(value))[:2000]


def _block(page: WikiPage, name: str, given: Given, in_list: bool) -> str:
    named = [key for key, value in given.items() if not key.isdecimal() and infobox.is_fact(key, value)]
    if len(named) >= MIN_ROWS and not in_list:
        return infobox.infobox_table(page, name, given, titled=page.lead)
    said = [value.strip() for key, value in given.items() if key.isdecimal() or key in named]
    prose = [value for value in said if _is_prose(value) and "(UTC)" not in value and not _CODE.fullmatch(value)]
    if not prose:
        return ""
    return " ".join(prose) if in_list else "\n\n" + "\n\n".join(prose) + "\n\n"


def _is_prose(value: str) -> bool:
    text = value.strip()
    if text.startswith(("*", "#")) and "\n" in text:
        return True
    plain = re.sub(r"\[\[(?:[^\[\]|]*\|)?|\]\]|''+", "", text)
    if _WIDE.search(plain):
        return len(plain) >= 15
    return len(re.findall(r"[^\W\d_]{2,}", plain)) >= 5
