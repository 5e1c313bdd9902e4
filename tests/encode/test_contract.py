"""What `encode.contract` promises, asked of every encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from galactica.encode import Encoder, identity, open_encoder
from galactica.errors import MissingError

from .samples import written

TEXTS = [
    "Marie Curie discovered radium.",
    "Who discovered radium?",
    "北京大学位于北京。",
    "",
    "   \n\t ",
    "Radium " * 15_000,
    "x" * 100_000,
    "".join(map(chr, range(256))),
    "\ud800 water \udfff",
    "\x00\x01\x02",
    "La République française; Straße, Øresund, 1,867",
    "ราชอาณาจักรไทย दिल्ली القاهرة",
    "?!…",
]


@pytest.fixture(scope="module", params=["static", "minilm"])
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    if request.param == "static":
        return open_encoder(str(written(tmp_path_factory.mktemp("encoder") / "small.safetensors")))
    try:
        identity("minilm")
    except MissingError as error:
        pytest.skip(f"{error.problem} {error.remedy}")
    return opened_quietly()


def opened_quietly() -> Encoder:
    """MiniLM, whose library warns of its own parts when it is loaded."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return open_encoder("minilm")


def test_vectors_have_length_one_or_are_zeros(encoder: Encoder) -> None:
    for vectors in (encoder.passages(TEXTS), encoder.questions(TEXTS)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), encoder.dimensions)
        assert vectors.flags.c_contiguous
        lengths = np.linalg.norm(vectors, axis=1)
        assert (np.isclose(lengths, 1, atol=1e-5) | (lengths == 0)).all()
        assert not lengths[3:5].any(), "a text without anything to know is zeros"
        assert lengths[:3].all()


def test_no_texts_are_no_vectors(encoder: Encoder) -> None:
    assert encoder.passages([]).shape == (0, encoder.dimensions)
    assert encoder.questions([]).shape == (0, encoder.dimensions)


def test_a_text_has_the_same_vector_alone_and_among_others_in_any_order(encoder: Encoder) -> None:
    texts = [*TEXTS[:5], "Water " * 40, TEXTS[-1]]
    together = encoder.passages(texts)
    assert np.allclose(encoder.passages(texts[::-1])[::-1], together, atol=1e-5)
    for text, vector in zip(texts[:3], together, strict=False):
        assert np.allclose(encoder.passages([text])[0], vector, atol=1e-5)


def test_an_answer_is_nearer_to_its_question_than_another_text(encoder: Encoder) -> None:
    right, wrong = encoder.passages(["Marie Curie discovered radium and polonium.", "The river has cold water."])
    asked = encoder.questions(["Who discovered radium?"])[0]
    assert float(asked @ right) > float(asked @ wrong) + 0.1


def test_it_says_which_one_it_is(encoder: Encoder) -> None:
    assert len(bytes.fromhex(encoder.digest)) == 32
    assert encoder.dimensions % 64 == 0, "codes are cut into words of 64 bits"
    assert identity(encoder.name) == (encoder.dimensions, encoder.digest)
    assert open_encoder(encoder.name) is encoder, "opened once"


def test_the_path_of_a_file_is_its_name(tmp_path: Path) -> None:
    path = written(tmp_path / "a.safetensors")
    assert open_encoder(str(path)).name == str(path)
