"""What a person does about a damaged edition; without any library that reads tables, for whoever reads one file."""

from __future__ import annotations

from pathlib import Path

from galactica.hints import word
from galactica.model.said import Said, said


def mend_it(path: Path) -> Said:
    """Which command mends an edition that cannot be opened; `galactica verify` cannot open it either."""
    return said(
        "repair-edition",
        "Run `galactica repair {edition} --from COPY`, which mends it from another copy or its parity; without one, "
        "fetch or build the edition again.",
        edition=word(path),
    )
