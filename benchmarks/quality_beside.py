"""Are the figures of `joined/quality` those that others compute? Beside datatrove's filters and textstat, row by row.

    python -m benchmarks.quality_beside -e EDITION... [--articles N] [--seed S] [--show HEURISTIC]

N articles of each edition. Each rule of datatrove's filters of Gopher, C4 and FineWeb is run alone on an article's
projection, with the bounds that the papers print (datatrove's own where they differ: C4's 3 words and 5 sentences,
FineWeb's 0.01 of letters in repeated lines), and what it refuses is laid beside what `refused_by` says: both, ours
alone, theirs alone, neither. In English and in languages with spaces all rules are compared, elsewhere those that ours
has a figure for. Words are counted beside datatrove's cutters (spaCy, jieba, SudachiPy, PyThaiNLP), reading ease beside
textstat. Peers for measuring, no part of the program: pip install datatrove spacy jieba sudachipy sudachidict-core
pythainlp python-crfsuite textstat.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from benchmarks import results
from galactica.codes.segment import count_words
from galactica.edition import Edition
from galactica.joining.quality.layout import HEURISTICS
from galactica.joining.quality.measures import PARAGRAPH_WORDS, Figures, figures_of
from galactica.joining.tokens import tokens_of
from galactica.model.projection import project

CODES = {
    **{"en": "eng", "zh": "cmn", "ja": "jpn", "th": "tha", "vi": "vie", "ru": "rus", "de": "deu", "tr": "tur"},
    **{"ltg": "ltg", "nb": "nob", "bg": "bul", "fr": "fra", "es": "spa", "it": "ita", "nl": "nld", "ko": "kor"},
}
"""Primary tag → what datatrove calls the language."""

MOST = 60_000
"""Code points of a text that is compared: datatrove's cutters take seconds for more."""

Rule = Callable[[str], bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", "-e", type=Path, action="append", required=True)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--show", default="", metavar="HEURISTIC", help="print the articles on which it differs")
    given = results.arguments(parser).parse_args()
    met: defaultdict[str, Counter[str]] = defaultdict(Counter)
    words: defaultdict[str, list[float]] = defaultdict(list)
    ease: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    read: Counter[str] = Counter()
    for title, language, body in drawn(given.edition, given.articles, random.Random(given.seed)):
        text = project(body)
        if not text.strip() or len(text) > MOST or language not in CODES:
            continue
        read[language] += 1
        ours = figures_of(body, text, language)
        for name, theirs in rules_of(CODES[language]).items():
            told = verdict(name, ours)
            if told is None:
                met[name]["not said"] += 1
                continue
            said = theirs(text)
            kind = ("both" if said else "ours") if told else ("theirs" if said else "neither")
            met[name][kind] += 1
            if name == given.show and kind in ("ours", "theirs"):
                print(f"{kind} {language} {title}: {text[:200]!r}")
        if counted := words_by_others(text, CODES[language]):
            words[language].append(float(str(ours["words"])) / counted)
        if (own := ours["flesch_reading_ease"]) is not None and (other := ease_by_others(text, language)) is not None:
            ease[language].append((float(str(own)), other))
    results.keep(__file__, given, told_of(read, met, words, ease))


def told_of(
    read: Counter[str],
    met: dict[str, Counter[str]],
    words: dict[str, list[float]],
    ease: dict[str, list[tuple[float, float]]],
) -> dict[str, object]:
    """The figures, printed."""
    figures: dict[str, object] = {"articles": dict(read)}
    for name, counts in met.items():
        figures[name] = dict(counts)
        print(f"{name:40} {dict(counts)}")
    for language, shares in words.items():
        figures[f"words {language}"] = {"ours to theirs": statistics.mean(shares), "spread": statistics.pstdev(shares)}
        print(f"words {language}: {statistics.mean(shares):.3f} of theirs, spread {statistics.pstdev(shares):.3f}")
    for language, pairs in ease.items():
        apart = statistics.mean(own - other for own, other in pairs)
        alike = statistics.correlation(*zip(*pairs, strict=True)) if len(pairs) > 2 else 0.0
        figures[f"reading ease {language}"] = {"articles": len(pairs), "above theirs": apart, "correlation": alike}
        print(f"reading ease {language}: {len(pairs)} articles, {apart:+.1f} of theirs, correlation {alike:.3f}")
    return figures


def drawn(editions: list[Path], count: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """(title, primary tag, body) of articles of each edition."""
    for path in editions:
        with Edition.open(path) as edition:
            for row in sorted(chance.sample(range(len(edition)), min(count, len(edition)))):
                article = edition.article(row)
                yield article.title, article.language.partition("-")[0], article.body


def verdict(name: str, ours: Figures) -> bool | None:
    """Whether ours refuses a row by a heuristic; None where it says nothing."""
    of = next(each for each in HEURISTICS if each.name == name)
    value = ours[of.column]
    return None if value is None else of.refuses(float(str(int(value) if isinstance(value, bool) else value)))


_RULES: dict[str, dict[str, Rule]] = {}


def rules_of(language: str) -> dict[str, Rule]:
    """Each rule of datatrove alone, by the name that ours has."""
    if language in _RULES:
        return _RULES[language]
    from datatrove.data import Document
    from datatrove.pipeline.filters import (
        C4QualityFilter,
        FineWebQualityFilter,
        GopherQualityFilter,
        GopherRepetitionFilter,
        fineweb_quality_filter,
        gopher_quality_filter,
        gopher_repetition_filter,
    )

    for module in (gopher_quality_filter, gopher_repetition_filter, fineweb_quality_filter):
        module.split_into_words = _cut  # once for all rules: spaCy takes a second for a long article

    def refused(made: object) -> Rule:
        return lambda text: made.filter(Document(text=text, id="0")) is not True  # type: ignore[attr-defined]

    bounds = "min_doc_words max_doc_words min_avg_word_length max_avg_word_length max_symbol_word_ratio "
    bounds += "max_bullet_lines_ratio max_ellipsis_lines_ratio max_non_alpha_words_ratio min_stop_words"
    off = dict.fromkeys(bounds.split())
    still: dict[str, object] = dict.fromkeys(("dup_line_frac", "dup_para_frac", "dup_line_char_frac"))
    still |= {"dup_para_char_frac": None, "top_n_grams": (), "dup_n_grams": ()}

    def gopher(**more: object) -> Rule:
        return refused(GopherQualityFilter(language=language, **{**off, **more}))

    def repetition(**more: object) -> Rule:
        return refused(GopherRepetitionFilter(language=language, **{**still, **more}))

    def fineweb(**more: object) -> Rule:
        loose = {"line_punct_thr": -1.0, "short_line_thr": 2.0, "char_duplicates_ratio": 2.0, "new_line_ratio": 1e9}
        return refused(FineWebQualityFilter(language=language, **{**loose, **more}))

    def c4(**more: object) -> Rule:
        loose = {"min_num_sentences": -1, "filter_lorem_ipsum": False, "filter_curly_bracket": False}
        return refused(C4QualityFilter(language=language, min_words_per_line=5, **{**loose, **more}))

    top, dup = {2: 0.2, 3: 0.18, 4: 0.16}, {5: 0.15, 6: 0.14, 7: 0.13, 8: 0.12, 9: 0.11, 10: 0.1}
    _RULES[language] = {
        "gopher_word_count": gopher(min_doc_words=50, max_doc_words=100_000),
        "gopher_mean_word_length": gopher(min_avg_word_length=3, max_avg_word_length=10),
        "gopher_symbol_to_word_ratio": gopher(max_symbol_word_ratio=0.1),
        "gopher_bullet_lines": gopher(max_bullet_lines_ratio=0.9),
        "gopher_ellipsis_lines": gopher(max_ellipsis_lines_ratio=0.3),
        "gopher_alphabetic_words": gopher(max_non_alpha_words_ratio=0.8),
        "gopher_stop_words": gopher(min_stop_words=2),
        "gopher_duplicate_lines": repetition(dup_line_frac=0.3),
        "gopher_duplicate_line_characters": repetition(dup_line_char_frac=0.2),
        **{f"gopher_top_{n}_gram": repetition(top_n_grams=((n, most),)) for n, most in top.items()},
        **{f"gopher_duplicate_{n}_gram": repetition(dup_n_grams=((n, most),)) for n, most in dup.items()},
        "c4_sentences": c4(min_num_sentences=3),
        "c4_lorem_ipsum": c4(filter_lorem_ipsum=True),
        "c4_curly_bracket": c4(filter_curly_bracket=True),
        "fineweb_line_punctuation": fineweb(line_punct_thr=0.12),
        "fineweb_duplicate_line_characters": fineweb(char_duplicates_ratio=0.1),
        "fineweb_short_lines": fineweb(short_line_thr=0.67),
    }
    return _RULES[language]


def words_by_others(text: str, language: str) -> int:
    """Words with a letter or a digit, by datatrove's cutter."""
    return sum(1 for word in _cut(text, language) if re.search(r"[^\W_]", word))


@lru_cache(maxsize=2)
def _cut(text: str, language: str) -> list[str]:
    from datatrove.utils.text import split_into_words

    return list(split_into_words(text, language))


def ease_by_others(text: str, language: str) -> float | None:
    """Reading ease of an article's paragraphs, by textstat; None where it lacks the language."""
    import textstat

    paragraphs = [line for line in text.split("\n") if count_words(line) >= PARAGRAPH_WORDS]
    if len(tokens_of(text)) == 0 or language not in ("en", "de", "es", "fr", "it", "nl", "ru"):
        return None
    textstat.set_lang(language)
    return float(textstat.flesch_reading_ease("\n".join(paragraphs)))


if __name__ == "__main__":
    main()
