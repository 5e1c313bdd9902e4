"""What an article claims: of its infobox, its tables, its lists and its sentences; and what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from galactica.claims.boxes import box_claims, is_box
from galactica.claims.cells import ArticleLayout
from galactica.claims.columns import column_claims
from galactica.claims.found import FoundClaims
from galactica.claims.layout import article_layout
from galactica.claims.lines import list_claims
from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.reading import sentence_claims
from galactica.claims.tagging.reading import Tagger
from galactica.claims.tagging.windows import LaidArticle, laid_article
from galactica.languages import primary
from galactica.model import Article
from galactica.model.claim import Claim
from galactica.model.projection import outline

LONGEST_BODY = 8_000_000
"""Characters of a body that is read for claims; the longest article of a wiki has 2 million."""


MOST_ALIASES = 200
"""Other names of an article's thing that its sentences are read with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleClaims:
    """What one article claims.

    Attributes:
        claims: in the order of the text.
        left: (origin, property, reason) → how often something looked like a claim and was not understood.
    """

    claims: tuple[Claim, ...]
    left: Mapping[tuple[str, str, str], int]


def article_claims(article: Article, tagger: Tagger | None = None, only: str = "") -> ArticleClaims:
    """What an article claims of its thing, and of those that its tables name.

    Args:
        tagger: reads sentences in which no rule finds anything; None: rules alone.
        only: a property that alone is looked for in the sentences, where nothing else is wanted: there are hundreds of
            rules, and the few that tell one thing are quickly made ready. What tables and lists say is read whole.
    """
    found = FoundClaims(article)
    if len(article.body) > LONGEST_BODY:
        return ArticleClaims(claims=(), left=Counter({("", "", "long-article"): 1}))
    if "<table" in article.body or "<li" in article.body or "<dd" in article.body:
        layout = article_layout(article.body)
        _laid_out(found, layout)
        text, headings, passed_over = layout.text, layout.headings, _passed_over(layout, found)
    else:
        outlined = outline(article.body)
        text, headings, passed_over = outlined.text, list(outlined.headings), []
    found.claims += sentence_claims(
        text,
        source=article.source,
        path=article.path,
        title=article.title,
        language=article.language,
        aliases=[alias.title for alias in article.aliases[:MOST_ALIASES]],
        headings=headings,
        passed_over=passed_over,
        only=only,
    )
    words = tagger.reads(article.language) if tagger is not None else None
    if tagger is not None and words is not None:
        laid = laid_of(article, found.claims, words)
        found.claims += tagger.claims(laid, text, found.claims, article.source, article.path)
    return ArticleClaims(claims=tuple(sorted(dict.fromkeys(found.claims), key=_place)), left=found.left)


def laid_of(article: Article, claims: Sequence[Claim], words: Lexicon) -> LaidArticle:
    """An article as the tagger reads it, without what its tables and lists claim."""
    outlined = outline(article.body)
    spans = sorted({(claim.start, claim.end) for claim in claims if claim.origin in ("infobox", "table", "list")})
    return laid_article(
        outlined.text,
        article.title,
        words,
        aliases=[alias.title for alias in article.aliases[:MOST_ALIASES]],
        headings=outlined.headings,
        passed_over=_merged(spans),
    )


def _laid_out(found: FoundClaims, layout: ArticleLayout) -> None:
    """Adds the claims of tables and lists."""
    if layout.cut:
        found.left["table", "", "too-many-cells"] += 1
    language = primary(found.article.language)
    box_claims(found, layout)
    for table in layout.tables:
        if not is_box(layout.text, table, language):
            column_claims(found, layout, table)
    list_claims(found, layout)


def _passed_over(layout: ArticleLayout, found: FoundClaims) -> list[tuple[int, int]]:
    """Spans in which no sentences are looked for: tables, and items that were read as a name with a value."""
    spans = [(claim.start, claim.end) for claim in found.claims]
    for table in layout.tables:
        cells = [cell for row in table.rows for cell in row if cell.end > cell.start]
        starts = [cell.start for cell in cells] + [table.caption[0]] * (table.caption[1] > 0)
        if cells:
            spans.append((min(starts), max(cell.end for cell in cells)))
    return _merged(sorted(spans))


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that meet as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _place(claim: Claim) -> tuple[int, int, int, str, str]:
    return claim.start, claim.value_start, claim.value_end, claim.property, claim.value
