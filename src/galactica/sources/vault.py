"""Vaults of notes (Obsidian and its like): links by name, embedded files, tags and marks, as plain Markdown.

In a folder `[[Note]]`, `[[Note|words]]`, `[[Note#Heading]]` and `![[picture.png]]` are links where a file of that name
lies anywhere in it, the nearest first. In a vault (a folder with `.obsidian` in it) those that lead nowhere lose their
brackets and are counted, `%%comments%%` go, `==marks==` are marks, a block's `^name` is a place that can be linked to,
and `#tags` are categories. `> [!note]` is a quotation under its name everywhere. Code stays as it is.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from galactica.sources.paths import clean_path, is_file
from galactica.sources.recordings import AUDIO, VIDEO
from galactica.sources.trees import TreeFile

MAX_NAMES = 500_000
"""Files of a folder whose names are known to links."""

MAX_TAGS = 200
"""Tags of one note."""

_CODE = r"(?P<ticks>`{1,40})(?!`)(?:.(?!\n[ \t]*\n)){0,4000}?(?<!`)(?P=ticks)(?!`)"
_FENCE = re.compile(r"(?:[ \t]{0,3}>){0,20}[ \t]*(`{3,}|~{3,})")
_MARKS = re.compile(
    rf"{_CODE}|(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]{{0,400}})(?:\\?\|(?P<words>[^\[\]\n]{{0,400}}))?\]\]"
    r"|%%(?P<comment>(?:[^%]|%(?!%)){0,20000})%%|==(?P<mark>(?=\S)[^=\n]{1,2000}(?<=\S))=="
    r"|(?<![\w&/#\[(])#(?P<tag>[^\W\d_][\w/-]{0,100}|\d[\w/-]{0,100}[^\W\d][\w/-]{0,100})",
    re.DOTALL,
)
_BLOCK_NAME = re.compile(r"(?<=\S)[ \t]+\^([A-Za-z0-9-]{1,60})[ \t]*$", re.MULTILINE)
_CALLOUT = re.compile(r"^((?:[ \t]{0,3}>){1,20}[ \t]?)\[!([A-Za-z][\w -]{0,40})\][+-]?[ \t]*(.{0,500})$", re.MULTILINE)
_IMAGES = frozenset(".png .jpg .jpeg .gif .webp .svg .avif .bmp".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """The folder that a note lies in.

    Attributes:
        names: last part of a path in lower case, with its ending and for notes without → the paths that end so.
        is_vault: whether it says that it is one.
        declared: whether it says that it is a bundle of the Open Knowledge Format.
    """

    names: dict[str, tuple[str, ...]]
    is_vault: bool
    declared: bool

    def find(self, target: str, path: str) -> str:
        """The path of the file that a link in the note at `path` means; "" where there is none."""
        wanted = target.strip().strip("/").removeprefix("./")
        found = self.names.get(wanted.rpartition("/")[2].casefold(), ())
        if "/" in wanted:
            folded = wanted.casefold()
            found = tuple(each for each in found if f"/{each.casefold()}".endswith((f"/{folded}", f"/{folded}.md")))
        here = path.rpartition("/")[0]
        return min(found, key=lambda each: (each.rpartition("/")[0] != here, each.count("/"), each), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as plain Markdown: its text, the tags in it, and (rule, how often) of what was left out or put right."""

    text: str
    tags: tuple[str, ...]
    dropped: tuple[tuple[str, int], ...]


NO_VAULT = Vault(names={}, is_vault=False, declared=False)


def vault_of(entry: TreeFile) -> Vault:
    """The folder that a file of a folder on disk lies in."""
    return entry.folder.once("vault", _vault) if entry.folder is not None else NO_VAULT


def plain_markdown(text: str, path: str, vault: Vault) -> Note:
    """The text of a note with everything that only vaults have written in Markdown's own way."""
    if "[[" not in text and not vault.is_vault and "[!" not in text:
        return Note(text=text, tags=(), dropped=())
    counts: Counter[str] = Counter()
    tags: dict[str, None] = {}
    pieces = [piece if code else _written(piece, path, vault, counts, tags) for code, piece in _parts(text)]
    found = "".join(pieces)
    return Note(text=found, tags=tuple(tags)[:MAX_TAGS], dropped=tuple(sorted(counts.items())))


def _written(text: str, path: str, vault: Vault, counts: Counter[str], tags: dict[str, None]) -> str:
    def mark(match: re.Match[str]) -> str:
        if match["ticks"]:
            return match[0]
        if match["target"] is not None:
            return _link(match, path, vault, counts)
        if not vault.is_vault:
            return match[0]
        if match["comment"] is not None:
            counts["vault:comment"] += 1
            return ""
        if match["mark"]:
            return f"<mark>{match['mark']}</mark>"
        tags[match["tag"].rstrip("/-")] = None
        return match[0]

    if vault.is_vault:
        text, blocks = _BLOCK_NAME.subn(r'<span id="^\1"></span>', text)
        if blocks:
            counts["vault:block-name"] += blocks
    text = _CALLOUT.sub(
        lambda match: f"{match[1]}**{match[3].strip() or match[2].strip().capitalize()}**\n{match[1].rstrip()}", text
    )
    return _MARKS.sub(mark, text)


def _link(match: re.Match[str], path: str, vault: Vault, counts: Counter[str]) -> str:
    target, hash_, place = match["target"].rstrip("\\").partition("#")
    words = (match["words"] or "").strip()
    if not target.strip() and place:
        return f"[{_escaped(words or place.lstrip('^#'))}](#{_fragment(place)})"
    found = vault.find(target, path)
    if not found:
        if not vault.is_vault:
            return match[0]
        counts["vault:broken-link"] += 1
        return _escaped(words or target.strip())
    ending = f".{found.rpartition('.')[2].lower()}"
    address = f"/{quote(found)}"
    if match["embed"] and ending in _IMAGES:
        sized = re.fullmatch(r"\d{1,5}(?:x\d{1,5})?", words)
        return f"![{_escaped('' if sized else words)}]({address})"
    if match["embed"] and (ending in VIDEO or ending in AUDIO):
        name = "video" if ending in VIDEO else "audio"
        return f'<{name} controls src="{address}"></{name}>'
    if match["embed"]:
        counts["vault:embedded-note"] += 1
    shown = words or (f"{target.strip()}{' › ' if hash_ else ''}{place.lstrip('^#')}")
    return f"[{_escaped(shown)}]({address}{f'#{_fragment(place)}' if place else ''})"


def _fragment(place: str) -> str:
    """The id of a heading, as pages of articles give it, or of a block."""
    heading = place.rpartition("#")[2].strip()
    return quote(heading if heading.startswith("^") else re.sub(r"[\s\"'<>&%#]+", "_", heading)[:80], safe="^")


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]<>*_`])", r"\\\1", text)


def _parts(text: str) -> list[tuple[bool, str]]:
    """The text in pieces: (whether it is a fenced block of code, it)."""
    found: list[tuple[bool, str]] = []
    lines: list[str] = []
    fence = ""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        opened = _FENCE.match(line)
        if fence:
            lines.append(line)
            if opened and opened[1][0] == fence[0] and len(opened[1]) >= len(fence):
                found.append((True, "".join(lines)))
                lines, fence = [], ""
        elif opened:
            found.append((False, "".join(lines)))
            lines, fence = [line], opened[1]
        else:
            lines.append(line)
    found.append((bool(fence), "".join(lines)))
    return found


def _vault(root: Path) -> Vault:
    names: dict[str, list[str]] = {}
    count = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = os.path.relpath(folder, root).replace(os.sep, "/")
        for name in sorted(files):
            path = clean_path(name if inside == "." else f"{inside}/{name}")
            if path is None or name.startswith("."):
                continue
            names.setdefault(name.casefold(), []).append(path)
            base, _, ending = name.rpartition(".")
            if ending.lower() == "md" and base:
                names.setdefault(base.casefold(), []).append(path)
            count += 1
        if count >= MAX_NAMES:
            break
    return Vault(
        names={name: tuple(paths) for name, paths in names.items()},
        is_vault=(root / ".obsidian").is_dir(),
        declared=_declares(root / "index.md"),
    )


def _declares(index: Path) -> bool:
    if not is_file(index):
        return False
    try:
        with index.open("rb") as stream:
            return re.match(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\nokf_version:", stream.read(200)) is not None
    except OSError:
        return False
