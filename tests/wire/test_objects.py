"""A document becomes JSON with every key, bytes as hex digits, and whatever text it is given."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from msgspec import UNSET, UnsetType

from galactica.model.said import said
from galactica.wire.objects import JsonObject, copied, encoded, plain


class Shelf(JsonObject, frozen=True, kw_only=True):
    """A shelf."""

    name: str
    id: str
    spans: list[list[int]]
    note: str | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a shelf is made of."""

    name: str
    id: bytes
    spans: tuple[tuple[int, int], ...] = ((1, 2), (3, 4))


def test_what_is_called_alike_is_taken_over_bytes_as_hex_tuples_as_lists():
    found = copied(Shelf, Board(name="oak", id=b"\x01\xff"), note="old")
    assert plain(found) == {"name": "oak", "id": "01ff", "spans": [[1, 2], [3, 4]], "note": "old"}


def test_a_key_that_the_value_lacks_is_an_error_and_none_is_made_up():
    with pytest.raises(AttributeError):
        copied(Shelf, Board(name="oak", id=b""))


def test_a_key_that_is_unset_is_left_out():
    assert json.loads(encoded(Shelf(name="oak", id="", spans=[]))) == {"name": "oak", "id": "", "spans": []}


def test_a_sentence_that_knows_what_it_says_is_written_as_its_text():
    note = said("no-article-has", "No article has {words}.", words="“otter”")
    document = Shelf(name="oak", id="", spans=[], note=note)
    assert json.loads(encoded(document))["note"] == "No article has “otter”."
    assert type(plain(document)["note"]) is str


def test_half_a_surrogate_pair_becomes_a_question_mark_and_the_rest_stays():
    document = Shelf(name="na\udc80me", id="", spans=[], note=said("n", "b\udfffd – é"))
    assert json.loads(encoded(document)) == {"name": "na?me", "id": "", "spans": [], "note": "b?d – é"}


def test_what_json_has_no_form_for_is_an_error():
    with pytest.raises(TypeError):
        encoded(Shelf(name=object(), id="", spans=[]))  # type: ignore[arg-type]
