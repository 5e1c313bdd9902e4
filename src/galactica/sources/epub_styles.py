"""What the style sheets of a book do to the letters of a page: linked in its head, or standing there (`PageStyles`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from galactica.codes.style_rules import StyleBook
from galactica.sources.epub_shown import Files

MAX_SHEETS = 50
"""Style sheets of one page that are read."""


class PageStyles:
    """The style sheets of one page.

    Args:
        files: of the book around it.
        dropped: where rules that are not understood are counted.
    """

    def __init__(self, files: Files, dropped: Counter[str]) -> None:
        self._files = files
        self._dropped = dropped
        self._book = StyleBook()
        self._sheets = 0
        self._pieces: list[str] = []

    def _linked(self, attributes: Mapping[str, str]) -> None:
        """A <link> of the page's head."""
        kinds = attributes.get("rel", "").lower().split()
        if "stylesheet" in kinds and "alternate" not in kinds and attributes.get("media", "all") in ("all", "screen"):
            self._add(*self._files.style(attributes.get("href", "")))

    def text(self, text: str) -> None:
        """Text in a <style>."""
        self._pieces.append(text)

    def end(self) -> None:
        """What was left out ends; where it was a <style>, it holds from here."""
        if self._pieces:
            self._add("".join(self._pieces), True)
            self._pieces = []

    def told(self, name: str, attributes: dict[str, str], *, note: bool) -> dict[str, str]:
        """The attributes of a tag with what the sheets do to it.

        Args:
            note: whether it is a note, which books hide until it is asked for.
        """
        if name == "link":
            self._linked(attributes)
        if not self._book:
            return attributes
        style = attributes.get("style", "")
        more = self._book.style_of(name, attributes.get("id", ""), attributes.get("class", ""), style.lower())
        if not more or (note and ("none" in more or "hidden" in more)):
            return attributes
        return {**attributes, "style": f"{style};{more}" if style else more}

    def _add(self, sheet: str, first: bool) -> None:
        self._sheets += 1
        if not sheet or self._sheets > MAX_SHEETS:
            return
        before = self._book.missed
        self._book.add(sheet)
        if first:  # what is not understood counts once a sheet, not once a page
            self._dropped["epub:style-rules"] += self._book.missed - before
