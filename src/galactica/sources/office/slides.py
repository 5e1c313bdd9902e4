"""How a slide is written, whatever program made it: its anchor and title, what is on it, what its speaker noted."""

from __future__ import annotations

from galactica.sources.office.flow import TextFlow, as_block
from galactica.sources.office.inline import Line, anchor, text_html


def begin_slide(flow: TextFlow, number: int, title: Line) -> None:
    """A slide begins.

    Args:
        number: of the slide, from 1.
        title: its title; a slide without one has none here either.
    """
    if title.held:
        headed = Line()
        headed.markup(anchor("slide", str(number)))
        headed.markup(title.html(), seen=True)
        headed.words.extend(title.words)
        flow.heading(1, headed)
    else:
        flow.block(f"<p>{anchor('slide', str(number))}</p>")


def slide_note(flow: TextFlow, html: str, author: str = "") -> None:
    """What the speaker noted, or somebody remarked, on the slide that was read last."""
    if html:
        name = f"<p><b>{text_html(author)}:</b></p>" if author else ""
        flow.block(f'<aside role="note">{name}{as_block(html)}</aside>')
