"""What this machine has taken so far: of each publication the highest number, and what each address has had.

A small JSON file, oldest first; what is above its bounds is forgotten from the oldest on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import UsageError
from galactica.spread.trust.releases import MOST_NUMBER
from galactica.spread.trust.roots import hex_digits

MOST_SEEN = 1_024
"""Publications, and addresses, that are remembered."""
MOST_PLACE = 1_024
"""Characters of an address."""
_MOST_BYTES = MOST_SEEN * (MOST_PLACE * 6 + 512)

SEEN = "seen.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenNumber:
    """The newest that was taken of a publication.

    Attributes:
        number: the highest number of an edition; 0: none was taken.
        edition: root of that edition, 64 hex digits, or "".
        added: whether the person named the publication; else it was trusted at first use, or a key of it alone.
    """

    number: int = 0
    edition: str = ""
    added: bool = False


@dataclass(slots=True)
class SeenSoFar:
    """What the file holds: by id of the publication, and the id by address."""

    publications: dict[str, SeenNumber] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def read_seen(folder: Path) -> SeenSoFar:
    """What is kept in a folder.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        document = json.loads(read_small(folder / SEEN, _MOST_BYTES))
        publications = {hex_digits(name): _number(each) for name, each in document["publications"].items()}
        places = {str(place): hex_digits(of) for place, of in document["places"].items()}
    except (FileNotFoundError, NotADirectoryError):
        return SeenSoFar()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise broken(folder / SEEN) from error
    return SeenSoFar(publications, places)


def write_seen(folder: Path, seen: SeenSoFar) -> None:
    """Keep it in a folder, durably."""
    publications = {
        name: {"number": each.number, "edition": each.edition, "added": each.added}
        for name, each in list(seen.publications.items())[-MOST_SEEN:]
    }
    places = dict(list(seen.places.items())[-MOST_SEEN:])
    text = json.dumps({"publications": publications, "places": places}, indent=1)
    write_small(folder / SEEN, text.encode() + b"\n")


def broken(place: Path) -> UsageError:
    """Something that is kept cannot be read."""
    return UsageError(
        f"What this machine keeps of its trust, {place}, cannot be read.",
        "Mend it, or remove it and add the publisher again (galactica trust add).",
    )


def read_small(file: Path, most: int) -> bytes:
    """The bytes of a file that has at most so many.

    Raises:
        OSError: it cannot be read, or has more.
    """
    with file.open("rb") as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise OSError(f"{file.name} has an impossible size")
    return raw


def write_small(file: Path, raw: bytes) -> None:
    """Put bytes into a file, whole or not at all, also after a loss of power."""
    with whole(file, durable=True) as part:
        part.write_bytes(raw)


def _number(found: object) -> SeenNumber:
    if not isinstance(found, dict) or not isinstance(found["number"], int):
        raise TypeError
    if not 0 <= found["number"] <= MOST_NUMBER:
        raise ValueError
    edition = hex_digits(found["edition"]) if found["number"] else ""
    return SeenNumber(number=found["number"], edition=edition, added=found["added"] is True)
