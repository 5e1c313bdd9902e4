"""The language of an article whose source does not say it, and of the paragraphs in it that are in another one.

What the source says of an article, a page or a tag always holds; only where it says nothing, or "several", the text is
asked (`languages.identifying`). Paragraphs, headings and entries of lists that are clearly in another language than the
article get a `lang`, and where their script runs from right to left inside one that does not, a `dir`. A body in which
anything larger has a `lang` already is left as it is.
"""

from __future__ import annotations

import html
import re

from galactica.languages import UNKNOWN, primary, right_to_left, small_words
from galactica.languages.identifying import foreign_to, text_language

UNSAID = ("", UNKNOWN, "mul")
"""What a source says of its language when it says nothing of an article's."""

MOST_ASKED = 400
"""Paragraphs of one article that are looked at: about 60 ms where all of them have to be told."""

OWN_WORDS = 0.12
"""Share of an article's small words in a paragraph from which it is in the article's language, and not looked at."""

_BLOCK = re.compile(r"<(p|h[2-6]|li|dd)( id=\"[^\"]*\")?>([^<]*(?:<(?!/?(?:p|h[2-6]|li|dd|ul|ol|dl)\b)[^<]*)*)</\1>")
_LARGER = re.compile(r"<(?:div|section|aside|blockquote|table|t[a-z]+|ul|ol|dl|details|figure)\b[^<>]* lang=\"")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]+")


def article_language(language: str, text: str) -> str:
    """The language of an article: what its source says, else what its text does; "und" where neither is sure."""
    if language not in UNSAID:
        return language
    found = text_language(text)
    return found if found != UNKNOWN else language or UNKNOWN


def parts_marked(body: str, language: str) -> str:
    """A canonical body with `lang` on the blocks that are clearly in another language than the article.

    Args:
        language: of the article; a body whose language is not known is left as it is.
    """
    if language in UNSAID or _LARGER.search(body):
        return body
    own = primary(language)
    words = small_words(own)
    left = MOST_ASKED

    def mark(match: re.Match[str]) -> str:
        nonlocal left
        inside = match[3]
        if len(inside) < 12 or " lang=" in inside or left <= 0:
            return match[0]
        text = html.unescape(_TAG.sub("", inside))
        if _is_own(text, words):
            return match[0]
        left -= 1
        other = foreign_to(text, own)
        if not other:
            return match[0]
        turned = ' dir="rtl"' if right_to_left(other) and not right_to_left(language) else ""
        return f'<{match[1]}{turned}{match[2] or ""} lang="{other}">{inside}</{match[1]}>'

    return _BLOCK.sub(mark, body)


def _is_own(text: str, words: frozenset[str]) -> bool:
    """Whether so many of a paragraph's words are small words of the article's language that it is written in it."""
    found = _WORD.findall(text.lower()) if words else []
    return len(found) > 7 and sum(word in words for word in found) >= OWN_WORDS * len(found)
