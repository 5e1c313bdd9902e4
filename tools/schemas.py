"""Write the published JSON schemas from the types of the documents, so that they cannot say anything else.

Run from the root of the project: python tools/schemas.py; with --check it only says whether the files are current.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from galactica.wire.published import published

FOLDER = Path(__file__).parent.parent / "src" / "galactica" / "schemas"


def texts() -> dict[str, str]:
    """Every file by its name."""
    return {
        f"{name}.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in published().items()
    }


def stale() -> list[str]:
    """Files that say something else than the types do."""
    return [
        name
        for name, text in texts().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the files, or check them."""
    old = stale()
    if "--check" in sys.argv[1:]:
        print(f"stale, run make docs: {', '.join(old)}" if old else "the schemas are current")  # noqa: T201
        return 1 if old else 0
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
