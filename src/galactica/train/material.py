"""What any training is made from: editions and files of questions, and what of them must not be learned."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from galactica import __version__
from galactica.edition import Edition, EditionInfo
from galactica.train.chosen_editions import open_material
from galactica.train.lessons import QuestionsRead, read_files
from galactica.train.views.view import View

PROGRAM = f"galactica {__version__}"
"""What a trained file says it was made with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is read before anything is learned.

    Attributes:
        editions, infos: folders, and what each edition says of itself.
        questions: that may be learned from.
        hold_out: that will be measured with: nothing that shares text with them is learned.
        view: says what of the editions is learned from; None: all. `view_hash` is its name, "" where there is none.
    """

    editions: tuple[Path, ...]
    infos: tuple[EditionInfo, ...]
    questions: tuple[QuestionsRead, ...]
    hold_out: tuple[QuestionsRead, ...]
    view: Path | None = None
    view_hash: str = ""

    @contextmanager
    def opened(self) -> Iterator[list[Edition]]:
        """The editions, open, as the view has them where there is one; raises as `open_material`."""
        found = open_material(self.editions, self.view)
        try:
            yield found
        finally:
            for edition in found:
                edition.close()

    @property
    def names(self) -> tuple[str, ...]:
        """Of the editions' folders, as a card names them."""
        return tuple(path.name for path in self.editions)

    def mark(self, *settings: object) -> str:
        """What a training with these settings depends on: where this is another one, a state that was kept is of no
        use."""
        files = [[file.digest for file in each] for each in (self.questions, self.hold_out)]
        depends = (
            __version__,
            *settings,
            [info.root for info in self.infos],
            files,
            *([self.view_hash] if self.view_hash else []),
        )
        return hashlib.sha256(repr(depends).encode()).hexdigest()

    def about(self, name: str, plan: object, **more: str) -> dict[str, str]:
        """What a trained file says of itself: its kind, how and from what it was made."""
        return {
            "name": name,
            "program": PROGRAM,
            "plan": repr(plan),
            **more,
            **({"view": self.view_hash} if self.view_hash else {}),
            "editions": " ".join(info.root for info in self.infos),
            "questions": " ".join(file.digest for file in self.questions),
            "held out": " ".join(file.digest for file in self.hold_out),
        }


def read_material(
    editions: Sequence[Path], questions: Sequence[Path], hold_out: Sequence[Path], view: Path | None = None
) -> Material:
    """Read what a training is made from.

    Args:
        editions: those of the view, where there is one, as far as they are not where they were.
        view: what of its editions is learned from.

    Raises:
        EditionError: an edition cannot be opened.
        InputError, UsageError, LimitError: as `evaluate.forms.read_questions`.
    """
    infos = []
    named = ""
    if view is not None:
        with View.open(view, editions) as opened:
            named = opened.hash
            editions = [edition.path for edition in opened.editions]
    for path in editions:
        with Edition.open(path) as edition:
            infos.append(edition.info)
    return Material(
        editions=tuple(editions),
        infos=tuple(infos),
        questions=read_files(questions),
        hold_out=read_files(hold_out),
        view=view,
        view_hash=named,
    )
