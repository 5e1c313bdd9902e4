"""Small editions for what is joined: a source a file of JSON lines, texts that are made here."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from galactica import library
from galactica.edition import Edition

SYLLABLES = "ba do ke li mu na po ra se ti vu wo xe ya zi".split()


def made_words(count: int, seed: int) -> list[str]:
    """Words of two to four syllables, the same for a seed."""
    chance = random.Random(seed)
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(count)]


def made_text(count: int, seed: int) -> str:
    """Sentences of twelve words."""
    words = made_words(count, seed)
    return " ".join(" ".join(words[i : i + 12]).capitalize() + "." for i in range(0, count, 12))


def paragraphs(*texts: str) -> str:
    """A body of paragraphs."""
    return "\n".join(f"<p>{text}</p>" for text in texts)


def built(folder: Path, **sources: Sequence[tuple[str, str, str]] | Iterable[Mapping[str, object]]) -> Edition:
    """An edition of the sources: (path, title, body) each, or rows of JSON."""
    folder.mkdir(exist_ok=True)
    files = []
    for name, rows in sources.items():
        file = folder / f"{name}.jsonl"
        lines = [
            {"path": row[0], "title": row[1], "body": row[2], "language": "en"} if isinstance(row, tuple) else row
            for row in rows
        ]
        file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        files.append(file)
    out = folder / "made.edition"
    library.build(out, files, workers=0, meaning=False)
    return Edition.open(out)
