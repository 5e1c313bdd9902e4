"""Footnotes of Markdown, which CommonMark does not know: `[^1]` and `[^1]: Board of Trade.`

Without this a note is text in the middle of an article, and one of a single word or an address is taken for a link's
definition and lost, its mark read as a power ("1912^1"). Marks become those of notes, which are no part of the text;
notes stand at the end. A mark without a note, and what stands in code, stays as it is.
Source: the form of pandoc, PHP Markdown Extra and GitHub.
"""

from __future__ import annotations

import re

MAX_NOTES = 10_000
"""Notes of one text."""

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*)")
_MARK = re.compile(r"(?<!`)(?P<ticks>`{1,40})(?!`).{0,4000}?(?<!`)(?P=ticks)(?!`)|\[\^(?P<name>[^\]\s]{1,60})\]")
_BLOCK = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|`{3}|~{3}|>)")
"""What ends a note without an empty line before it: a heading, code, a quotation."""

_FENCE = re.compile(r"(?:[ \t]{0,3}>){0,20}[ \t]*(`{3,}|~{3,})")


def with_notes(text: str) -> str:
    """The text with its footnotes as HTML; as it is where it has none."""
    if "[^" not in text or "]:" not in text:
        return text
    notes, kept = _parted(text.split("\n"))
    if not notes:
        return text
    numbers: dict[str, int] = {}

    def mark(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None or name not in notes:
            return match[0]
        number = numbers.setdefault(name, len(numbers) + 1)
        return f'<sup role="doc-noteref"><a href="#note-{number}">{number}</a></sup>'

    lines = [line if code else _MARK.sub(mark, line) for line, code in kept]
    for name in notes:
        numbers.setdefault(name, len(numbers) + 1)
    items = (f'<li id="note-{number}">\n\n{_MARK.sub(mark, notes[name])}\n\n</li>' for name, number in numbers.items())
    end = "\n".join(items)
    return "\n".join(lines) + f'\n\n<section role="doc-endnotes">\n<ol>\n{end}\n</ol>\n</section>\n'


def _parted(lines: list[str]) -> tuple[dict[str, str], list[tuple[str, bool]]]:
    """(name of each note → its text, the other lines and whether they are code)."""
    notes: dict[str, list[str]] = {}
    kept: list[tuple[str, bool]] = []
    fence, name, blank = "", "", False
    for line in lines:
        goes_on = bool(name and line.strip()) and (line.startswith(("  ", "\t")) or not (blank or _BLOCK.match(line)))
        if goes_on and not _DEFINITION.match(line):
            notes[name] += ["", line.strip()] if blank else [line.strip()]
            blank = False
            continue
        if name and not line.strip():
            blank = True
            kept.append((line, False))
            continue
        name, blank = "", False
        found = _FENCE.match(line)
        if found and (not fence or (found[1].startswith(fence) and not line.strip().strip(fence[0]))):
            fence = "" if fence else found[1]
            kept.append((line, True))
        elif not fence and len(notes) < MAX_NOTES and (defined := _DEFINITION.match(line)):
            name = defined[1]
            if name in notes:  # two chapters in one file: the second note stays, though no mark finds it
                name = f"{name} {len(notes)}"
            notes[name] = [defined[2]]
        else:
            kept.append((line, bool(fence)))
    return {name: "\n".join(parts) for name, parts in notes.items()}, kept
