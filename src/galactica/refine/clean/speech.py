"""In which language and direction the text of a tag is, where that is new at its place."""

from __future__ import annotations

from galactica.languages import right_to_left
from galactica.refine.clean.attributes import tag_with
from galactica.refine.clean.frame import Frame
from galactica.refine.clean.tags import Tag
from galactica.refine.clean.writer import Writer

_BARE = frozenset({"span", "div", "section", "aside"})
"""Tags that say nothing but what they carry."""


def speak(what: Tag, frame: Frame, writer: Writer, page_language: str) -> bool:
    """Give the frame its language and direction where they are new here; False if it says nothing then."""
    around = [*writer.blocks, *writer.inlines]
    language = next((f.lang for f in reversed(around) if f.lang), page_language)
    direction = next((f.dir for f in reversed(around) if f.dir), _direction(page_language))
    extra = ""
    if what.dir and (what.dir != direction or frame.name in ("bdo", "bdi")):
        extra += f' dir="{what.dir}"'
        frame.dir = what.dir
    lang = f' lang="{what.lang}"' if what.lang and what.lang.lower() != language.lower() else ""
    if lang:
        frame.lang = what.lang
    if not (extra or lang) and frame.name in _BARE and not what.attributes:
        return False
    frame.open = tag_with(frame.open, extra + lang)
    frame.again = tag_with(frame.again, extra + lang)
    return True


def _direction(language: str) -> str:
    return "rtl" if right_to_left(language) else "ltr"
