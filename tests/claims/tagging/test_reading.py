"""What the tagger claims where rules say nothing, by a head and a network that the test makes up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.tagging.features import FACTS, STATES
from galactica.claims.tagging.head import KIND, SHIPPED_HEAD, TaggerHead, open_head
from galactica.claims.tagging.reading import Tagger
from galactica.claims.tagging.windows import laid_article
from galactica.encode.cross import SHIPPED_NETWORK, Halfway, lower_half_digest
from galactica.encode.pieces import Window
from galactica.encode.tensors import write_tensors
from galactica.errors import EditionError
from galactica.model.claim import Claim
from tests.claims.tagging.test_windows import PIECES

NAMES = ("place_of_birth", "nationality")
WIDTH = 2


class Network:
    """Says the same of every piece."""

    tokenizer = PIECES

    def halfway(self, windows: list[Window]) -> list[Halfway]:
        return [
            Halfway(window=each, state=np.ones((1, len(each.ids), WIDTH), np.float32), relevant=0.0) for each in windows
        ]


def head(*offsets: float) -> TaggerHead:
    """A head that is as sure of each property as these offsets say, whatever it reads."""
    size = STATES * WIDTH + FACTS
    return TaggerHead(
        names=NAMES,
        network="",
        languages=frozenset(("en",)),
        digest="",
        mean=np.zeros(size, np.float32),
        scale=np.ones(size, np.float32),
        first=np.zeros((size, 1), np.float32),
        first_offsets=np.zeros(1, np.float32),
        second=np.zeros((1, len(NAMES)), np.float32),
        second_offsets=np.array(offsets, np.float32),
        thresholds=np.zeros((2, len(NAMES)), np.float32),
        knots=np.array([0, 2], np.float32),
        sure=np.array([0.9, 1.0], np.float32),
    )


def claimed(text: str, *offsets: float, said: tuple[Claim, ...] = ()) -> list[Claim]:
    words = lexicon("en")
    assert words is not None
    tagger = Tagger(head(*offsets), Network())  # type: ignore[arg-type]  # all of it that is used
    return tagger.claims(laid_article(text, "Ida Noddack", words), text, said, "s", "p")


TEXT = "Ida Noddack was a chemist. She came from far Wesel, Germany."


def test_the_surest_property_is_claimed_with_its_place_and_how_sure_it_is() -> None:
    (found,) = claimed(TEXT, 1.0, -1.0)
    assert (found.property, found.value, found.origin) == ("place_of_birth", "Wesel, Germany", "tagger")
    assert TEXT[found.value_start : found.value_end] == found.value
    assert TEXT[found.start : found.end].endswith("Wesel, Germany.")
    assert found.confidence == pytest.approx(0.95)


def test_below_the_threshold_nothing_is_claimed() -> None:
    assert claimed(TEXT, -0.1, -0.2) == []


def test_what_a_rule_reads_and_what_the_article_says_already_is_left_alone() -> None:
    (found,) = claimed(TEXT, 1.0, -1.0)
    assert claimed(TEXT, 1.0, -1.0, said=(found,)) == []


def test_a_people_ends_with_its_word() -> None:
    (found,) = claimed("Ida Noddack was a chemist. She is an American DJ.", -1.0, 1.0)
    assert found.value == "American"


def test_a_name_that_goes_on_is_not_cut_short() -> None:
    assert claimed('Ida Noddack was a chemist. She came from Wesel "the old".', 1.0, -1.0) == []


@pytest.mark.parametrize(
    ("name", "sentence", "value"),
    [
        ("area", "它的流域总面积1,790平方公里。", ""),
        ("area", "它的建築面積為2,590平方米。", ""),
        ("area", "它的面积1,790平方公里。", "1790"),
        ("population", "它有雇员约161,000人。", ""),
        ("population", "它有人口约161,000人。", "161000"),
    ],
)
def test_amounts_of_a_part_or_of_something_else_are_no_claims(name: str, sentence: str, value: str) -> None:
    words = lexicon("zh")
    assert words is not None
    text = f"拉塔河是一条河流。{sentence}"
    tagger = Tagger(replace(head(1.0, -9.0), names=(name, "nationality")), Network())  # type: ignore[arg-type]  # as above
    found = tagger.claims(laid_article(text, "拉塔河", words), text, (), "s", "p")
    assert [each.value for each in found] == [value] * bool(value)


def test_a_life_in_brackets_behind_the_first_sentence_is_of_the_name_before_it() -> None:
    words = lexicon("en")
    assert words is not None
    tagger = Tagger(replace(head(1.0, -9.0), names=("date_of_birth", "nationality")), Network())  # type: ignore[arg-type]  # as above
    for text, count in (
        ("Ida Noddack (25 May 1896 to 1978) was a chemist.", 1),
        ("Ida Noddack was a chemist. The time of Walter (17 May 1893 to 1960) began.", 0),
    ):
        found = tagger.claims(laid_article(text, "Ida Noddack", words), text, (), "s", "p")
        assert len(found) == count


def test_what_is_only_supposed_is_no_claim() -> None:
    assert claimed("Ida Noddack was a chemist. If she came from Wesel, all was well.", 1.0, -1.0) == []


def test_a_file_that_is_no_head_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "one.safetensors"
    write_tensors(file, {"mean": np.zeros(1, np.float16)}, {"kind": KIND})
    with pytest.raises(EditionError):
        open_head(file)


def test_the_head_that_ships_is_for_the_network_that_ships() -> None:
    assert open_head(SHIPPED_HEAD).network == lower_half_digest(SHIPPED_NETWORK)
