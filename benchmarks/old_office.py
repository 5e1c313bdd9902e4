"""Old Word documents and presentations: how many letters and digits are found, beside antiword, catdoc and catppt?

    python -m benchmarks.old_office

The .docx, .odt, .pptx and .odp files of office-tika and docling are written as .doc and .ppt by LibreOffice
(`soffice`), and read in both forms, so that the readers of the new forms say what there is; what LibreOffice does not
write (charts, formulas, descriptions) is missing from the old. Peers that are not installed are left out. Lost: letters
of the new form that are not in the old one, counted by letter.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from benchmarks.document_words import body_text
from benchmarks.office_files import bodies

FORMS = {
    ".docx": ("doc", "MS Word 97"),
    ".odt": ("doc", "MS Word 97"),
    ".pptx": ("ppt", "MS PowerPoint 97"),
    ".odp": ("ppt", "MS PowerPoint 97"),
}
"""Ending → (ending of the old form, LibreOffice's name of it)."""

PEERS = {
    "doc": {"antiword": ["antiword", "-w", "0", "-m", "UTF-8.txt"], "catdoc": ["catdoc", "-w", "-dutf-8"]},
    "ppt": {"catppt": ["catppt", "-dutf-8"]},
}
MAX_FILE = 3 * 2**20
"""Bytes of a file that is converted; larger ones hold pictures."""


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text."""
    return Counter(letter for letter in text if letter.isalnum())


def ours(path: Path) -> Counter[str]:
    """Those that the program finds in a file."""
    found, _, _ = bodies(path)
    return letters("\n".join(body_text(body) for body in found))


def converted(place: Path) -> Iterator[tuple[Path, Path]]:
    """(file, the same in the old form) of what LibreOffice could convert."""
    by_form: dict[tuple[str, str], list[Path]] = {}
    for folder in (real("office-tika"), real("docling")):
        for path in sorted(folder.rglob("*")):
            if path.suffix in FORMS and path.stat().st_size <= MAX_FILE and "groundtruth" not in path.parts:
                by_form.setdefault(FORMS[path.suffix], []).append(path)
    for (ending, form), paths in by_form.items():
        command = ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to"]
        subprocess.run([*command, f"{ending}:{form}", "--outdir", place, *paths], check=True, capture_output=True)
        for path in paths:
            if (old := place / f"{path.stem}.{ending}").exists():
                yield path, old


def main() -> None:
    """Print how much is found, and keep it."""
    parser = results.arguments(argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0]))
    given = parser.parse_args()
    found: dict[str, Counter[str]] = {"doc": Counter(), "ppt": Counter()}
    with tempfile.TemporaryDirectory() as name:
        for new, old in converted(Path(name)):
            counts = found[old.suffix[1:]]
            there, read = ours(new), ours(old)
            counts.update({"files": 1, "new form": there.total(), "here": read.total(), "lost": (there - read).total()})
            for peer, command in PEERS[old.suffix[1:]].items():
                if shutil.which(peer):
                    said = subprocess.run([*command, old], capture_output=True, check=False).stdout
                    counts[peer] += letters(said.decode("utf-8", "replace")).total()
    for ending, counts in found.items():
        print(f".{ending}: " + ", ".join(f"{what} {count:,}" for what, count in counts.items()))
    results.keep(__file__, given, {ending: dict(counts) for ending, counts in found.items()})


if __name__ == "__main__":
    main()
