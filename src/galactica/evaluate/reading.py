"""A file of questions or judgements, as text or as JSON; what is not one is said plainly.

Text is UTF-8, or UTF-16 with its byte order mark. Everything that comes out of a file is checked to be what is expected
before it is used, and a fault names the place.
"""

from __future__ import annotations

import codecs
import json
from pathlib import Path

from galactica.errors import InputError, LimitError

MAX_FILE = 256 * 2**20
"""Bytes of a file: SQuAD has 40 MB; JSON takes about eight times that in memory."""

AGAIN = "It may be cut off or no file of this kind; get it again. docs/evaluating.md describes what is read."


def read_text(path: Path) -> str:
    """What is written in a file.

    Raises:
        InputError: it cannot be read, is empty, or is no text.
        LimitError: it is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        why = getattr(error, "strerror", None) or "no such file"
        raise InputError(f"{path} cannot be read: {why}.", "Check the path and who may read it.") from None
    if len(content) > MAX_FILE:
        raise LimitError(f"{path} is larger than {MAX_FILE // 2**20} MiB.", "Split the file.")
    if content.startswith((b"\x1f\x8b", b"BZh", b"PK\x03\x04", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")):
        raise InputError(f"{path} is packed.", "Unpack it first.")
    text = _decoded(content)
    if text is None:
        raise InputError(f"{path} is no text in UTF-8.", "Name a text file, or convert this one to UTF-8.")
    if not text.strip():
        raise InputError(f"{path} is empty.", AGAIN)
    return text


def _decoded(content: bytes) -> str | None:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def parse_json(text: str, name: str) -> object:
    """The one JSON value in `text`.

    Raises:
        InputError: it is broken.
    """
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"{name} is broken JSON at {where}: {error.msg}.", AGAIN) from None
    except (RecursionError, ValueError):  # ValueError: a number of more than 4,300 digits
        raise InputError(f"{name} is JSON of a kind that nobody asks questions in.", AGAIN) from None
    return value


def as_object(value: object, where: str) -> dict[str, object]:
    """`value`, which must be a JSON object."""
    if not isinstance(value, dict):
        raise InputError(f"{where} is no object.", AGAIN)
    return value


def as_list(value: object, where: str) -> list[object]:
    """`value`, which must be a list."""
    if not isinstance(value, list):
        raise InputError(f"{where} is no list.", AGAIN)
    return value


def as_text(value: object, where: str) -> str:
    """`value`, which must be text; whole numbers pass for it, since some files number their questions."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise InputError(f"{where} is no text.", AGAIN)
    return value.encode("utf-8", "replace").decode()  # no lone surrogates
