"""Words and meaning together, over an edition that lies on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from galactica.building.build import build
from galactica.edition import Edition
from galactica.errors import MissingError, UsageError
from galactica.search import Searcher, TextIndex, searcher
from galactica.search.choosing import NAMES as ARTICLES
from galactica.search.features import NAMES
from galactica.search.hybrid import in_another
from galactica.search.meaning import MeaningIndex
from galactica.search.meant import MeaningRetriever
from galactica.search.ranker import Ranker, RankerWeights, load
from tests.search.meaning.encoders import meaning_of
from tests.search.small_encoder import open_small, write

TEXTS = {
    "Warsaw": ("en", "Warsaw lies on the Vistula, the longest river of Poland."),
    "Cracow": ("en", "Cracow was the seat of kings. The automobile museum shows old vehicles."),
    "Oxygen": ("en", "Oxygen was discovered by Scheele in 1771. It is a chemical element."),
    "Bread": ("en", "Bread is baked from flour and water. The baker begins before sunrise."),
    "Brot": ("de", "Brot wird aus Mehl und Wasser gebacken. Der Bäcker beginnt vor Sonnenaufgang."),
    "面包": ("zh", "面包是用面粉和水烤制的食品。面包师在日出前开始工作。"),
}
SAME = {"car": "automobile", "cars": "automobile", "automobile": "automobile"}


def even(*names: str, known: tuple[str, ...] = NAMES) -> Ranker:
    """A ranker that adds features up."""
    width = len(names)
    layer = (np.ones((width, 1), np.float32), np.zeros(1, np.float32))
    none, one = np.zeros(width, np.float32), np.ones(width, np.float32)
    return Ranker(features=names, mean=none, scale=one, layers=(layer,), direct=none, known=known)


CHOOSER = even("words_best", "near_best", known=ARTICLES)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hybrid")
    lines = [json.dumps({"title": t, "text": x, "language": tag}) for t, (tag, x) in TEXTS.items()]
    (folder / "small.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build(folder / "small.edition", [folder / "small.jsonl"], key="small", workers=0, meaning=False)
    write(folder / "small.safetensors", SAME)
    meaning_of(folder / "small.edition", opener=open_small, name=str(folder / "small.safetensors"))
    return folder / "small.edition"


@pytest.fixture
def library(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Searcher]:
    weights = RankerWeights(articles=CHOOSER, passages=even("words", "share", "cosine"))
    monkeypatch.setattr(searcher, "weights_of", lambda weighed: weights)
    with ExitStack() as stack:
        edition = stack.enter_context(Edition.open(path))
        index = stack.enter_context(TextIndex.open(edition, edition.index_dir() / "text"))
        meaning = stack.enter_context(MeaningIndex.open(edition, edition.meaning_dir()))
        retriever = MeaningRetriever([meaning], open_small)
        vectors = open_small(str(path.with_suffix(".safetensors")))
        yield Searcher([(edition, index)], meaning=retriever, vectors=vectors)


def titles(hits: object) -> list[str]:
    return [hit.title for hit in hits]


def test_a_word_that_no_article_has_is_found_by_what_it_means(library: Searcher) -> None:
    assert titles(library.passages("cars", by="words")) == []
    assert titles(library.passages("cars", by="meaning"))[0] == "Cracow"
    assert titles(library.passages("cars"))[0] == "Cracow"
    assert titles(library.search("cars").hits)[0] == "Cracow"


def test_a_word_that_was_never_learned_is_found_by_its_letters(library: Searcher) -> None:
    assert titles(library.passages("Vistula", by="meaning"))[0] == "Warsaw"
    assert titles(library.passages("Sonnenaufgang", by="meaning"))[0] == "Brot"


def test_a_title_still_comes_first(library: Searcher) -> None:
    page = library.search("oxygen")
    assert page.hits[0].title == "Oxygen"
    assert page.hits[0].exact


def test_what_has_the_one_rare_word_comes_before_what_is_only_alike(
    library: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = (np.full((1, 1), -1, np.float32), np.zeros(1, np.float32))
    none, one = np.zeros(1, np.float32), np.ones(1, np.float32)
    least_alike = Ranker(features=("cosine",), mean=none, scale=one, layers=(layer,), direct=none, known=NAMES)
    monkeypatch.setattr(searcher, "weights_of", lambda weighed: RankerWeights(articles=CHOOSER, passages=least_alike))
    hits = library.search("beginnt").hits
    assert titles(hits) == ["Brot", "Bread"]  # "begins" is only like it
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_scores_fall_from_hit_to_hit(library: Searcher) -> None:
    for found in (library.search("who discovered the river of kings").hits, library.passages("baked before sunrise")):
        scores = [hit.score for hit in found]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)


def test_a_language_restricts_what_is_found_by_meaning_too(library: Searcher) -> None:
    for by in ("words", "meaning", "hybrid"):
        found = library.passages("Mehl Wasser water flour", by=by, language="de")
        assert titles(found) == ["Brot"], by
    assert {hit.language for hit in library.passages("water", by="meaning")} == {"en", "de", "zh"}


def test_what_is_excluded_does_not_come_back_by_its_meaning(library: Searcher) -> None:
    assert "Warsaw" not in titles(library.search("river -Poland").hits)
    assert "Cracow" not in titles(library.search("title:warsaw kings").hits)


def test_a_phrase_is_still_found_word_for_word(library: Searcher) -> None:
    assert titles(library.search('"flour and water"').hits) == ["Bread"]


def test_no_passage_comes_twice(library: Searcher) -> None:
    for by in ("words", "meaning", "hybrid"):
        found = library.passages("bread water river element", by=by, limit=50)
        places = [(hit.id, hit.passage) for hit in found]
        assert len(places) == len(set(places))


def test_what_nobody_wrote_about_is_not_found(library: Searcher) -> None:
    assert library.search("qwertyuiop").hits == ()
    assert len(library.passages("qwertyuiop")) > 0  # who asks for the nearest gets the nearest


def test_a_passage_is_handed_out_with_its_span(library: Searcher) -> None:
    hit = library.passages("who discovered oxygen")[0]
    assert hit.title == "Oxygen"
    assert hit.text == TEXTS["Oxygen"][1]
    assert hit.end - hit.start == len(hit.text)


@pytest.mark.parametrize("by", ["words", "meaning", "hybrid"])
@pytest.mark.parametrize("query", ["", " ", "\0\ud800", "?!", '"', "-", "a" * 10_000, "שלום", "🜁", "lang:xx water"])
def test_nothing_that_can_be_typed_raises(library: Searcher, by: str, query: str) -> None:
    library.passages(query, by=by)
    library.search(query)


def test_another_way_of_searching_is_said_not_to_exist(library: Searcher) -> None:
    with pytest.raises(UsageError, match="no way of searching"):
        library.passages("water", by="magic")


def test_without_an_index_of_meaning_words_do_alone(path: Path) -> None:
    with Edition.open(path) as edition, TextIndex.open(edition, edition.index_dir() / "text") as index:
        alone = Searcher([(edition, index)])
        assert titles(alone.passages("river")) == ["Warsaw"]
        with pytest.raises(UsageError, match="by meaning"):
            alone.passages("river", by="meaning")


def missing(name: str) -> None:
    raise MissingError(f"{name} is not installed.", "Install it.")


def test_an_encoder_that_is_missing_is_said_and_words_do_alone(path: Path) -> None:
    with (
        Edition.open(path) as edition,
        TextIndex.open(edition, edition.index_dir() / "text") as index,
        MeaningIndex.open(edition, edition.meaning_dir()) as meaning,
    ):
        retriever = MeaningRetriever([meaning], missing)
        vectors = open_small(str(path.with_suffix(".safetensors")))
        alone = Searcher([(edition, index)], meaning=retriever, vectors=vectors)
        assert titles(alone.search("river").hits) == ["Warsaw"]
        assert any("words alone" in note for note in alone.search("river").notes)


def test_an_index_that_was_made_since_is_taken_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    with (
        Edition.open(path) as edition,
        MeaningIndex.open(edition, edition.meaning_dir()) as meaning,
    ):
        asked: list[int] = []

        def again(number: int) -> MeaningIndex | None:
            asked.append(number)
            return meaning if now[0] > 5 else None

        retriever = MeaningRetriever([None], open_small, again=again, clock=lambda: now[0])
        assert not retriever.ready
        assert asked == []  # too early to look again
        now[0] = 3.0
        assert not retriever.ready
        now[0] = 9.0
        assert retriever.ready
        assert asked == [0, 0]


def test_every_feature_has_a_number_for_every_passage(library: Searcher) -> None:
    hits, features = library.described("who discovered the element in 1771", CHOOSER)
    assert features.shape == (len(hits), len(NAMES))
    assert np.isfinite(features).all()
    best = features[titles(hits).index("Oxygen")]
    assert best[NAMES.index("cosine")] == features[:, NAMES.index("cosine")].max()
    assert best[NAMES.index("person")] == 1.0


def test_every_article_that_may_be_read_says_why(library: Searcher) -> None:
    found = library.considered("who discovered the element in 1771")
    assert found.features.shape == (len(found.candidates), len(ARTICLES))
    assert np.isfinite(found.features).all()
    assert (found.costs > 0).all()
    assert len(found.candidates) == len(TEXTS)


def test_a_passage_in_another_language_is_weighed_in_another_way(
    library: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "wo wird das Brot aus Mehl und Wasser gebacken?"
    low = (np.zeros((1, 1), np.float32), np.full(1, -9, np.float32))
    none, one = np.zeros(1, np.float32), np.ones(1, np.float32)
    never = Ranker(features=("words",), mean=none, scale=one, layers=(low,), direct=none, known=NAMES)
    same = even("words", "share", "cosine")
    scores = {}
    for name, across in (("same", None), ("other", never)):
        weights = RankerWeights(articles=CHOOSER, passages=same, across=across)
        monkeypatch.setattr(searcher, "weights_of", lambda weighed, weights=weights: weights)
        scores[name] = {hit.title: hit.score for hit in library.passages(question)}
    assert scores["same"]["Brot"] == scores["other"]["Brot"]
    assert scores["other"]["Bread"] < 0.01 < scores["same"]["Bread"]


def test_what_could_be_in_the_language_of_a_passage_is_not_in_another() -> None:
    assert in_another("who discovered the river of kings?", ["en", "zh", "", "und", "en-GB"]).tolist() == [
        False, True, False, False, False,
    ]  # fmt: skip
    assert not in_another("Vistula", ["en", "en"]).any()
    assert not in_another("1812", ["en", "zh"]).any()
    assert in_another("面包是什么时候烤的？", ["en", "zh-Hant"]).tolist() == [True, False]
    assert in_another("", []).tolist() == []


def test_what_ships_for_other_languages_gives_more_for_what_is_more_alike() -> None:
    rows = np.zeros((2, len(NAMES)), np.float32)
    rows[0, [NAMES.index("likeness"), NAMES.index("window_likeness"), NAMES.index("cosine")]] = 0.3
    more, less = load("across").scores(rows)
    assert more > less
