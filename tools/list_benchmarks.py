"""List the benchmarks: what to run, and the first line of what each says of itself."""

from __future__ import annotations

import ast
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "benchmarks"


def main() -> None:
    """Print a line for each program in benchmarks/."""
    for file in sorted(FOLDER.glob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "__main__" not in text:
            continue
        says = (ast.get_docstring(ast.parse(text)) or "").split("\n")[0]
        print(f"python -m benchmarks.{file.stem:24} {says}")  # noqa: T201


if __name__ == "__main__":
    main()
