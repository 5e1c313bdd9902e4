"""Going on with a text: the same as transformers does, told as it comes, within bounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from galactica.encode.tensors import read_tensors, write_tensors
from galactica.errors import InputError, UsageError
from galactica.train.lm.drawing import Choosing
from galactica.train.lm.generating import TextStream, TextWriter
from galactica.train.lm.model import open_model
from galactica.train.lm.plain import PlainDecoder
from galactica.train.loading.vocabulary import Vocabulary

LIKELIEST = Choosing(temperature=0)


@pytest.fixture
def writer(model_folder: Path) -> TextWriter:
    return TextWriter(open_model(model_folder))


def test_what_is_told_piece_by_piece_is_what_was_written(writer: TextWriter) -> None:
    told: list[str] = []
    found = writer.write("The lighthouse 灯塔", tokens=20, how=Choosing(seed=3), told=told.append)
    assert "".join(told) == found.text
    assert found.tokens
    assert len(told) <= len(found.tokens) + 1
    assert writer.write("The lighthouse 灯塔", tokens=20, how=Choosing(seed=3)) == found
    assert writer.write("The lighthouse 灯塔", tokens=20, how=Choosing(seed=4)) != found


def test_transformers_goes_on_with_the_same_tokens(model_folder: Path, writer: TextWriter) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    model = transformers.AutoModelForCausalLM.from_pretrained(model_folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(model_folder)
    assert type(model).__name__ == "LlamaForCausalLM"
    for prompt in ("The lighthouse", "", "灯塔在"):
        given = tokenizer(prompt, return_tensors="pt")
        found = writer.write(prompt, tokens=25, how=LIKELIEST)
        assert given["input_ids"].shape[1] == found.prompt_tokens
        with torch.no_grad():
            theirs = model.generate(
                input_ids=given["input_ids"],
                attention_mask=torch.ones_like(given["input_ids"]),
                max_new_tokens=len(found.tokens),
                do_sample=False,
                temperature=None,
                top_p=None,
            )
        written = theirs[0, found.prompt_tokens :].tolist()
        assert tuple(written[: len(found.tokens)]) == found.tokens
        assert tokenizer.decode(written, skip_special_tokens=True) == found.text


def test_it_stops_where_it_sees_no_more(writer: TextWriter) -> None:
    found = writer.write("a b c", tokens=10_000, how=LIKELIEST)
    assert found.ended in ("context", "end")
    assert found.prompt_tokens + len(found.tokens) <= writer.model.shape.context


def test_it_stops_at_the_end_that_it_writes(model_folder: Path) -> None:
    file = model_folder / "model.safetensors"
    arrays, about = read_tensors(file)
    end = open_model(model_folder).end
    spoiled = {name: array.copy() for name, array in arrays.items()}
    for name in spoiled:
        if name.endswith(("o_proj.weight", "down_proj.weight")):
            spoiled[name][:] = 0
    spoiled["model.embed_tokens.weight"][:] = 0.01
    spoiled["model.embed_tokens.weight"][end] = 1.0
    write_tensors(file, spoiled, about)
    found = TextWriter(open_model(model_folder)).write("The", tokens=5, how=LIKELIEST)
    assert (found.ended, found.tokens, found.text) == ("end", (), "")


def test_a_prompt_that_fills_the_context_is_refused(writer: TextWriter) -> None:
    with pytest.raises(UsageError, match="The prompt has"):
        writer.write("word " * 500, tokens=5, how=LIKELIEST)


@pytest.mark.parametrize("tokens", [0, -1])
def test_no_tokens_cannot_be_asked_for(writer: TextWriter, tokens: int) -> None:
    with pytest.raises(UsageError):
        writer.write("", tokens=tokens, how=LIKELIEST)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 3e38])
def test_a_model_of_numbers_that_are_none_writes_nothing(model_folder: Path, bad: float) -> None:
    file = model_folder / "model.safetensors"
    arrays, about = read_tensors(file)
    spoiled = {name: array.copy() for name, array in arrays.items()}
    spoiled["model.norm.weight"][:] = bad
    write_tensors(file, spoiled, about)
    with pytest.raises(InputError, match="no numbers"):
        TextWriter(open_model(model_folder)).write("", tokens=5, how=LIKELIEST)


def test_halves_of_surrogate_pairs_and_nothing_are_prompts_too(writer: TextWriter) -> None:
    for prompt in ("\ud800", "", "\x00\x1b[2J", "<|end|>"):
        assert writer.write(prompt, tokens=2, how=LIKELIEST).prompt == prompt


def test_a_character_is_told_when_all_of_its_bytes_are_there(tokenizer: Path) -> None:
    vocabulary = Vocabulary.open(tokenizer)
    told: list[str] = []
    stream = TextStream(vocabulary, told.append)
    text = "Größe 鯨🜚 end"
    for token in vocabulary.encode([text])[0]:
        stream.add(int(token))
    assert stream.end() == text
    assert all("\ufffd" not in piece for piece in told)


def test_bytes_that_are_no_character_do_not_hold_the_text_back_for_ever(tokenizer: Path) -> None:
    vocabulary = Vocabulary.open(tokenizer)
    half = int(vocabulary.encode(["鯨"])[0][0])
    told: list[str] = []
    stream = TextStream(vocabulary, told.append)
    for _ in range(40):
        stream.add(half)
    assert len(told) >= 2
    assert "\ufffd" in stream.end()


def test_torch_reads_on_as_numpy_does(model_folder: Path) -> None:
    pytest.importorskip("torch")
    scoring = pytest.importorskip("galactica.train.lm.torch_scoring")
    model = open_model(model_folder)
    reader = scoring.TorchReader(scoring.loaded_decoder(model.shape, model.tensors, "cpu"))
    plain = PlainDecoder(model.shape, model.tensors)
    for decoder in (reader, plain):
        decoder.read([9, 8])
        decoder.forget()
    for tokens, last in (([1, 2, 3], False), ([4], True), ([5, 6], False), ([7, 8], True)):
        ours, theirs = reader.read(tokens, last=last), plain.read(tokens, last=last)
        assert ours.shape == theirs.shape
        assert ours.dtype == np.float32
        assert np.allclose(ours, theirs, atol=2e-4)
    written = [
        TextWriter(model, decoder).write("The", tokens=12, how=Choosing(temperature=0)).tokens
        for decoder in (reader, None)
    ]
    assert written[0] == written[1]
