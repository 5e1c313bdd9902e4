"""What stands before evidence: the same where it is taught and where it is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("tokenizers")

from galactica.encode.claims import ClaimRoom, claim_head, claim_heads
from galactica.encode.pieces import BEGIN, PART, Tokenizer, Tokens

from ..train.reading.small import VOCABULARY

ROOM = ClaimRoom(question=6, title=2, answer=3)


@pytest.fixture(scope="module")
def pieces() -> Tokenizer:
    return Tokenizer(*VOCABULARY)


def cut(pieces: Tokenizer, text: str) -> Tokens:
    return pieces.cut([text])[0]


def test_an_answer_follows_its_question_and_a_title_both(pieces: Tokenizer) -> None:
    question, answer, title = (cut(pieces, text) for text in ("when was it built", "in 1901", "harbour"))
    head = claim_head(question, answer, title, ROOM)
    assert head.ids == (BEGIN, *question.ids, *answer.ids, PART, PART, *title.ids, PART)
    assert (head.first, head.claimed, head.answered) == (0, 6, 2)
    bare = claim_head(question, answer, cut(pieces, ""), ROOM)
    assert bare.ids == (BEGIN, *question.ids, *answer.ids, PART, PART)


def test_a_long_claim_is_cut_into_parts_that_are_all_there_is_of_it(pieces: Tokenizer) -> None:
    question, answer = cut(pieces, "when was it built"), cut(pieces, "in 1901 by the river in a town of the harbour")
    heads = list(claim_heads(question, answer, cut(pieces, ""), ROOM))
    assert [head.first for head in heads] == [0, 3, 6, 9]
    own = [head.ids[1 + head.claimed - head.answered : 1 + head.claimed] for head in heads]
    assert tuple(each for part in own for each in part) == answer.ids
    assert all(head.ids[1:5] == question.ids for head in heads)


def test_a_sentence_by_itself_has_the_room_of_both(pieces: Tokenizer) -> None:
    sentence = cut(pieces, "the town was built in 1901 by the river of amber and birch")
    heads = list(claim_heads(cut(pieces, ""), sentence, cut(pieces, ""), ROOM))
    assert heads[0].answered == heads[0].claimed == 9
    assert sum(head.answered for head in heads) == len(sentence)


def test_long_questions_and_titles_are_shortened(pieces: Tokenizer) -> None:
    question = cut(pieces, "when was the town by the river built")
    head = claim_head(question, cut(pieces, "1901"), cut(pieces, "amber birch cedar"), ROOM)
    assert head.claimed == ROOM.question + 1
    assert head.ids[-3:] == (*cut(pieces, "amber birch").ids, PART)


def test_an_empty_claim_has_a_head_too(pieces: Tokenizer) -> None:
    head = claim_head(cut(pieces, ""), cut(pieces, ""), cut(pieces, ""), ROOM)
    assert (head.ids, head.claimed, head.answered) == ((BEGIN, PART, PART), 0, 0)


def test_the_room_stands_in_the_networks_file() -> None:
    assert ClaimRoom.of({"question": "6", "title": "2"}) == replace(ROOM, answer=24)
    with pytest.raises(KeyError):
        ClaimRoom.of({"title": "2"})
