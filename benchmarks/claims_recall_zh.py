"""Of what people asked of Chinese articles, and what infoboxes link, how much their sentences give as claims.

    python -m benchmarks.claims_recall_zh [--part figure|build] [--tagger] [--missed FILE]

Known values are answers that stand in the paragraphs that they were asked of (`claims_asked`): a claim gives one where
it is of that property and of the article's thing, and its words are in the answer or the answer is in them. Half of the
titles (by their hash) may be looked at ("build"), the figure is of the others.
"""

from __future__ import annotations

import argparse
import html
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from benchmarks import results
from benchmarks.claims_asked import OR, AskedArticle, asked_articles
from benchmarks.claims_known import EMPTY
from benchmarks.claims_recall import recalled
from galactica.claims.reading import article_claims
from galactica.claims.tagging.reading import Tagger, open_tagger
from galactica.codes.han import fold_han
from galactica.codes.letters import title_key
from galactica.encode.cross import SHIPPED_NETWORK
from galactica.model.claim import Claim
from galactica.model.projection import outline


def main() -> None:
    parser = results.arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    parser.add_argument("--part", choices=("figure", "build"), default="figure")
    parser.add_argument("--tagger", action="store_true")
    parser.add_argument("--missed", type=Path)
    given = parser.parse_args()
    tagger = open_tagger(SHIPPED_NETWORK) if given.tagger else None
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    missed: list[dict[str, object]] = []
    begun = time.process_time()
    for each in asked_articles():
        if each.asked and (crc32(title_key(each.title).encode()) % 2 == 0) == (given.part == "build"):
            missed += _counted(each, tagger, counted)
    figures = recalled(counted, missed, given.missed, tagger is not None, begun)
    results.keep(__file__, given, figures)


def _counted(
    each: AskedArticle, tagger: Tagger | None, counted: defaultdict[str, Counter[str]]
) -> list[dict[str, object]]:
    """Counts what is known of an article; returns what was missed."""
    body = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in each.paragraphs)
    article = replace(EMPTY, title=each.title, path=each.title, language="zh", body=body)
    claims = article_claims(article, tagger).claims
    text = outline(body).text
    missed: list[dict[str, object]] = []
    for name, answer in each.asked:
        found = [
            c for c in claims if c.property in (name, *OR.get(name, ())) and not c.subject and _in(c, text, answer)
        ]
        rules = any(claim.origin == "sentence" for claim in found)
        both = rules or any(claim.origin == "tagger" for claim in found)
        counted[name].update(known=1, rules=int(rules), both=int(both))
        if not both:
            said = [text[c.value_start : c.value_end] for c in claims if c.property == name]
            at = max(0, text.find(answer))
            missed.append(
                {
                    "title": each.title,
                    "property": name,
                    "value": answer,
                    "stands": [text[max(0, at - 120) : at + len(answer) + 60]],
                    "said": said,
                    "begins": text[:120],
                }
            )
    return missed


def _in(claim: Claim, text: str, answer: str) -> bool:
    """Whether a claim's words are in an answer, or an answer is in them."""
    words, told = fold_han(text[claim.value_start : claim.value_end]), fold_han(answer).strip(" 。，")
    return bool(words and told) and (words in told or told in words)


if __name__ == "__main__":
    main()
