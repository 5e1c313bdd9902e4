"""Where a stream stands, as a small dictionary that JSON can hold: all that a run needs to go on exactly.

It says what the stream is (view, tokenizer, seed, length, epochs), how many sequences were given, how far each group
is and what each lane holds. It does not say how many ranks, rows of a batch or workers there were: others may go on.
docs/formats/tokens.md has its form. A state is hostile: it has a checksum against accident, and every number a bound.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from galactica.errors import InputError, UsageError
from galactica.train.loading.mixing import MAX_TOKENS, GroupPlace
from galactica.train.loading.packing import LANES, Packer

STATE_VERSION = 1

_NAMED = {
    "view": "view",
    "tokenizer": "tokenizer",
    "seed": "seed",
    "seq_len": "length of sequences",
    "epochs": "number of epochs",
    "skip_damaged": "choice of what to do with damaged documents",
}
"""What a stream is made of, and what it is called in an error."""

_DAMAGED = "Use the state as the loader gave it; or begin anew, without a state."


def packed_state(named: Mapping[str, Any], sequence: int, batch: int, packer: Packer) -> dict[str, Any]:
    """The state of a stream.

    Args:
        named: what the stream is made of: view, tokenizer, seed, seq_len, epochs, skip_damaged.
        sequence: sequences that were given.
        batch: rows of a global batch.
        packer: as it stands then.
    """
    state = {
        "version": STATE_VERSION,
        **named,
        "sequence": sequence,
        "batch": batch,
        "turn": packer.turn,
        "groups": [[place.epoch, place.position, place.tokens] for place in packer.mixture.places],
        "lanes": [
            [document, offset, left] if left else []
            for document, offset, left in zip(packer.documents, packer.offsets, packer.lefts, strict=True)
        ],
    }
    return {**state, "check": _check(state)}


def put_state(state: Mapping[str, Any], named: Mapping[str, Any], packer: Packer, documents: int) -> int:
    """Bring a packer to where a state says.

    Args:
        state: as `packed_state` gave it, perhaps through JSON.
        named: what the stream to go on with is made of.
        packer: one that has not given anything.
        documents: of the view.

    Returns:
        Sequences that were given.

    Raises:
        InputError: the state is damaged or of an unknown version.
        UsageError: it is of another view, tokenizer, seed, or of another stream.
    """
    check_state(state)
    for name, called in _NAMED.items():
        if state[name] != named[name]:
            raise UsageError(
                f"The state is of another {called} ({_short(state[name])}) than this loader's ({_short(named[name])}).",
                "Give the loader what the run began with, or begin anew without the state.",
            )
    places, lanes = state["groups"], state["lanes"]
    try:
        if len(places) != len(packer.mixture.places) or len(lanes) != LANES:
            raise ValueError
        for number, (place, (epoch, position, tokens)) in enumerate(zip(packer.mixture.places, places, strict=True)):
            if _count(position) >= max(packer.mixture.members(number), 1):
                raise ValueError
            place.epoch, place.position, place.tokens = _count(epoch), position, _count(tokens)
        for lane, held in enumerate(lanes):
            if held:
                document, offset, left = map(_count, held)
                if document >= documents or not left or offset + left >= 2**32:
                    raise ValueError
                packer.documents[lane], packer.offsets[lane], packer.lefts[lane] = document, offset, left
        packer.turn = _count(state["turn"])
        if packer.turn >= LANES:
            raise ValueError
    except (TypeError, ValueError) as error:
        raise _damaged() from error
    return _count(state["sequence"])


def check_state(state: Mapping[str, Any]) -> None:
    """Raise InputError where a state is not as a loader gave it, or of an unknown version."""
    if not isinstance(state, Mapping) or set(state) != _FIELDS:
        raise _damaged()
    if state["version"] != STATE_VERSION:
        raise InputError("The state is of an unknown version.", "Install the galactica that wrote it, or a newer one.")
    try:
        whole = state["check"] == _check({name: value for name, value in state.items() if name != "check"})
        _count(state["sequence"])
        _count(state["batch"])
        _count(state["seq_len"])
    except (TypeError, ValueError, RecursionError) as error:
        raise _damaged() from error
    if not whole:
        raise _damaged()


def _check(state: Mapping[str, Any]) -> str:
    text = json.dumps(state, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_TOKENS:
        raise ValueError
    return value


def _short(value: object) -> str:
    return f"{value[:16]}…" if isinstance(value, str) and len(value) > 16 else str(value)


def _damaged() -> InputError:
    return InputError("The state of the loader is damaged.", _DAMAGED)


_FIELDS = frozenset(("version", *_NAMED, "sequence", "batch", "turn", "groups", "lanes", "check"))

assert GroupPlace.__slots__ == ("epoch", "position", "tokens")
