"""What RTF says besides its text: fonts, styles, what the file says of itself, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from galactica.sources.office import drawing, metadata
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line
from galactica.sources.office.rtf_state import Picture, State

MAX_NAMES = 20_000
"""Fonts and styles of a file, each."""

_CHARACTER_STYLES = 1_000_000
"""Added to the numbers of styles that are not of paragraphs."""


@dataclass(slots=True)
class RtfSaid:
    """What was collected.

    Attributes:
        fonts: number → (character set, name).
        styles: number → name.
        number, charset: of the font or style that is being read.
        info: name → what the file says of itself.
        time: parts of the date that is being read.
        picture: the one that is being read.
    """

    fonts: dict[int, tuple[int, str]] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    number: int = -1
    charset: int = 0
    info: dict[str, str] = field(default_factory=dict)
    time: dict[str, int] = field(default_factory=dict)
    picture: Picture = field(default_factory=Picture)

    def table_word(self, word: str, number: int | None, state: State) -> bool:
        """A word in a table of fonts or styles; whether an entry begins with it, whose name is collected."""
        if (state.kind, word) in (("fonttbl", "f"), ("stylesheet", "s"), ("stylesheet", "cs"), ("stylesheet", "ts")):
            self.number = (number or 0) + (0 if word in ("f", "s") else _CHARACTER_STYLES)
            self.charset = 0
            return True
        if word == "fcharset":
            self.charset = number or 0
        return False

    def named(self, table: str, collected: str) -> None:
        """An entry of a table is over."""
        name = collected.strip().partition(";")[0].strip()
        if table == "stylesheet" and len(self.styles) < MAX_NAMES and name:
            self.styles.setdefault(max(self.number, 0), name)
        elif table == "fonttbl" and self.number >= 0 and len(self.fonts) < MAX_NAMES:
            self.fonts[self.number] = self.charset, name

    def stamp(self) -> str:
        """The day of the date that was read."""
        found, self.time = self.time, {}
        if not 1900 < found.get("yr", 0) < 10_000:
            return ""
        return f"{found['yr']:04}-{found.get('mo', 1):02}-{found.get('dy', 1):02}"

    def end_picture(self, flow: TextFlow, line: Line) -> None:
        """A picture is over: it goes into the line where a browser shows it."""
        found, self.picture = self.picture, Picture()
        digits = re.sub(rb"[^0-9a-fA-F]", b"", b"".join(found.digits))
        content = b"".join(found.raw) or bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        if not content:
            return
        name = f"picture{len(flow.media) + 1}.{found.form or 'bin'}"
        media = drawing.kept_picture(flow, name, content)
        if media is None:
            flow.dropped["office:picture-no-browser-shows"] += 1
            return
        flow.media[name] = media
        line.markup(drawing.picture_html(media.path, ""), seen=True)

    def about(self, flow: TextFlow) -> metadata.Described:
        """What the file says of itself, with a title."""
        found = self.info
        about = metadata.described(
            title=found.get("title", ""),
            creators=[found.get("author", "")],
            created=found.get("creatim", ""),
            modified=found.get("revtim", ""),
            keywords=[found.get("keywords", ""), found.get("category", "")],
            description=found.get("doccomm", "") or found.get("subject", ""),
            publisher=found.get("company", ""),
        )
        heading = next((block.words for block in flow.blocks if block.kind == "heading"), "")
        return replace(about, title=metadata.titled(about, flow.path, flow.title, heading))
