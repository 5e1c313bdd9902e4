"""What are articles called in other scripts, and is the one that a question names there found? Real pages.

    python -m benchmarks.other_scripts [--only names asked] [--workers N]

"Names": of each source, how many articles their own page names in another script than their title's, how many names
and in which scripts, and what looking for them takes beside all of refining (means, milliseconds of CPU an article).

"Asked": twenty questions in Russian, Greek, Arabic, Hindi, Hebrew, Chinese and Japanese about articles of an English
Wikipedia of 1,200. They were written from the list of its titles, before anybody looked which names its pages give.
Named: the question names the article; read: a passage of it is among what is read; shown: it is among what is answered,
or came nearest. An edition is built of words alone. Data: GALACTICA_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from galactica import library
from galactica.ask.asked import Asked, tidy
from galactica.ask.finding import named_pages, searched_for, worth_reading
from galactica.ask.question import read_question
from galactica.ask.sought import question_language
from galactica.collection.asking import LibraryHoldings, reader_for
from galactica.languages import scripts_in
from galactica.model import Document
from galactica.refine.article import Refined, refine
from galactica.refine.elsewhere import names_elsewhere
from galactica.sources.formats import open_source

TWELVE_HUNDRED = "zim-built/dev_wikipedia_en_1200.zim"

SOURCES = (
    TWELVE_HUNDRED,
    "zim/kiwix-js-history/wikipedia_en_100_mini_2022-10.zim",
    "zim/wikipedia_en_ray_charles_2015-06.joined.zim",
    "mwdump-dumpsterdive/smallwiki-latest-pages-articles.xml",
    "docling/html/sources/wiki_duck.html",
)

QUESTIONS = (
    ("Кто такой Андрей Тарковский?", "Andrei Tarkovsky"),
    ("Где родился Антон Чехов?", "Anton Chekhov"),
    ("За что Андрея Сахарова отправили в ссылку?", "Andrei Sakharov"),
    ("Какие книги написал Александр Солженицын?", "Aleksandr Solzhenitsyn"),
    ("Что создал Алексей Пажитнов?", "Alexey Pajitnov"),
    ("Πού γεννήθηκε ο Αριστοτέλης;", "Aristotle"),
    ("Ποιος ήταν ο Αισχύλος;", "Aeschylus"),
    ("Πόσοι άνθρωποι ζουν στην Αίγινα;", "Aegina"),
    ("Τι ανακάλυψε ο Αρχιμήδης;", "Archimedes"),
    ("متى توفي أحمد شاه مسعود؟", "Ahmad Shah Massoud"),
    ("ما هي عاصمة الجزائر؟", "Algeria"),
    ("أين ولد ابن سينا؟", "Avicenna"),
    ("अहिंसा क्या है?", "Ahimsa"),
    ("अशोक ने कब राज किया?", "Ashoka"),
    ("अमिताभ बच्चन का जन्म कहाँ हुआ?", "Amitabh Bachchan"),
    ("מי היה אברהם?", "Abraham"),
    ("黑泽明导演了哪些电影？", "Akira Kurosawa"),
    ("秋葉原はどこにありますか？", "Akihabara"),
    ("鳥山明は何を描きましたか？", "Akira Toriyama"),
    ("阿尔伯特·爱因斯坦出生在哪里？", "Albert Einstein"),
)


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--only", choices=("names", "asked"), nargs="*", default=("names", "asked"))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    figures: dict[str, object] = {}
    if "names" in given.only:
        figures["names"] = {where: _named_in(real(where), where) for where in SOURCES}
    if "asked" in given.only:
        figures["asked"] = _asked(real(TWELVE_HUNDRED), given.workers)
    results.keep(__file__, given, figures)


def _named_in(path: Path, where: str) -> dict[str, object]:
    """How many articles of a source have names in other scripts."""
    articles = named = names = 0
    all_time = own_time = 0.0
    scripts: Counter[str] = Counter()
    for document, language in _documents(path):
        begun = time.process_time()
        made = refine(document, language=language)
        all_time += time.process_time() - begun
        if not isinstance(made, Refined):
            continue
        begun = time.process_time()
        found = names_elsewhere(document, made.title, made.text, made.language)
        own_time += time.process_time() - begun
        articles, named, names = articles + 1, named + bool(found), names + len(found)
        for name in found:
            scripts.update(scripts_in(name))
    print(f"{where}: {named} of {articles} articles have {names} names in {len(scripts)} scripts: ", end="")
    print(", ".join(f"{script} {count}" for script, count in scripts.most_common(8)))
    took = {"all_ms": 1000 * all_time / max(1, articles), "own_ms": 1000 * own_time / max(1, articles)}
    print(f"    {took['own_ms']:.3f} of {took['all_ms']:.2f} ms an article")
    return {"articles": articles, "named": named, "names": names, "scripts": dict(scripts), **took}


def _documents(path: Path) -> Iterator[tuple[Document, str]]:
    with open_source(path) as source:
        for item in source.read():
            if isinstance(item, Document):
                yield item, source.source.language


def _asked(source: Path, workers: int) -> dict[str, object]:
    """How many of the questions name, read and show their article."""
    reader = reader_for("auto")
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="other-scripts-") as folder:
        library.build(Path(folder) / "asked.edition", [source], workers=workers, meaning=False)
        with library.open_library([Path(folder) / "asked.edition"]) as opened:
            holdings = LibraryHoldings(opened)
            for text, title in QUESTIONS:
                words = tidy(text)
                known = read_question(words, question_language(words, holdings.languages))
                asked = Asked(question=known, holdings=holdings, reader=reader)
                read = worth_reading(asked, searched_for(asked)).hits
                answer = opened.ask(text)
                cited = [*answer.near, *(each for said in answer.statements for each in said.citations)]
                seen = {
                    "named": [page.article.title for page in named_pages(asked)],
                    "read": [hit.title for hit in read],
                    "shown": [citation.title for citation in cited],
                }
                told = [step for step, titles in seen.items() if title in titles]
                counts.update(told)
                print(f"{title:24} {text:48} {', '.join(told) or 'nothing'}")
    figures = {"questions": len(QUESTIONS), **{step: counts[step] for step in ("named", "read", "shown")}}
    print(
        f"of {len(QUESTIONS)}: {counts['named']} named, {counts['read']} read, {counts['shown']} shown; {reader.name}"
    )
    return {**figures, "reader": reader.name}


if __name__ == "__main__":
    main()
