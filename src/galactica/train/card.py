"""What a model card tells, whatever was trained: of what it was made, what it was taught, what was kept from it.

A card lies beside its file and names files without their folders, so that it can go wherever the file goes. The same
training gives the same card. What is told of one kind of file alone is the template and the parts that its own module
hands to `Card.text`: `encoder_card`, `reader_card`.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Generic, TypeVar

from galactica.edition import EditionInfo
from galactica.model import Source
from galactica.train.lessons import UsedFile
from galactica.train.material import PROGRAM, Material

WIDTH = 118
MOST_TITLES = 50
MOST_LANGUAGES = 30

MORE = "<!-- Measured since: add rows and tables here. -->"
"""Where whoever measures more adds it."""

EDITIONS = """\
| edition | root | articles | languages | licences |
| --- | --- | --- | --- | --- |
{editions}

Their sources:

{sources}"""

OF_VIEW = """\
Of these, what the view {name} has (`{hash}`), and nothing else; its data card says how it was chosen, on what terms,
and what was cut out of it."""

QUESTIONS = """\
Real questions, each with its own paragraph or, where it has none, with a passage of the editions in which its answer
stands:

| file | SHA-256 begins | questions | used | left out, because held out |
| --- | --- | --- | --- | --- |
{files}"""

PlanT = TypeVar("PlanT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Generic[PlanT]):
    """What every card tells.

    Attributes:
        file: name of the file that it lies beside.
        bytes, digest: of that file.
        plan: all settings of the training.
        material: what it was made from.
        questions: what became of each file of questions.
        held_out: titles of the articles of the editions that were left out.
    """

    file: str
    bytes: int
    digest: str
    plan: PlanT
    material: Material
    questions: tuple[UsedFile, ...]
    held_out: tuple[str, ...]

    def text(self, template: str, *, command: str, **parts: object) -> str:
        """A template as Markdown, its paragraphs in lines of even length.

        Args:
            template: with `{…}` for each part; `name`, `file`, `bytes`, `digest`, `plan`, `program`, `editions`,
                `questions` and `more` are known here.
            command: what was called, see `command`.
            parts: what this kind of card tells beside these.
        """
        text = template.format(
            name=as_markdown(self.file.rsplit(".", 1)[0]),
            file=self.file.replace("`", "'"),
            bytes=self.bytes,
            digest=self.digest,
            plan=self.plan,
            program=PROGRAM,
            command=command,
            editions=self._editions(),
            questions=self._questions(),
            more=MORE,
            **parts,
        )
        return "\n\n".join(_filled(block) for block in text.rstrip().split("\n\n")) + "\n"

    def command(self, verb: str, *settings: str) -> str:
        """What was called, with names for files.

        Args:
            verb: of the group `train`.
            settings: options of this kind of training, a line each.
        """
        view = [f"--view {shell_word(self.material.view.name)}"] if self.material.view is not None else []
        lines = [f"galactica train {verb}", *view, *(f"-e {shell_word(name)}" for name in self.material.names)]
        lines += [f"--questions {shell_word(file.name)}" for file in self.questions]
        lines += [f"--hold-out {shell_word(file.name)}" for file in self.material.hold_out]
        return " \\\n    ".join([*lines, *settings, f"--out {shell_word(self.file)}"])

    @property
    def held_files(self) -> str:
        """The files that were held out, in a sentence; "" where there is none."""
        return ", ".join(f"{as_markdown(file.name)} (`{file.digest[:16]}`)" for file in self.material.hold_out)

    @property
    def held_titles(self) -> str:
        """The first titles of the articles that were left out, in a sentence."""
        return "; ".join(as_markdown(title) for title in self.held_out[:MOST_TITLES])

    def _editions(self) -> str:
        infos = self.material.infos
        sources = dict.fromkeys(_source_line(source) for each in infos for source in each.sources)
        told = EDITIONS.format(editions="\n".join(map(_edition_row, infos)), sources="\n".join(sources))
        if self.material.view is None:
            return told
        return f"{told}\n\n{OF_VIEW.format(name=as_markdown(self.material.view.name), hash=self.material.view_hash)}"

    def _questions(self) -> str:
        if not self.questions:
            return "There were no real questions, only those made from the passages."
        rows = [
            f"| {as_markdown(file.name)} | `{file.digest[:16]}` "
            f"| {file.questions:,} | {file.used:,} | {file.held_out:,} |"
            for file in self.questions
        ]
        return QUESTIONS.format(files="\n".join(rows))


def as_markdown(text: str) -> str:
    """A text as Markdown shows it, on one line."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(text.split()))


def shell_word(name: str) -> str:
    """A name as a shell takes it; without what would end the block it stands in."""
    name = re.sub(r"[\x00-\x1f`]", "_", name)
    return name if re.fullmatch(r"[\w.,:+@-]+", name, re.ASCII) else "'" + name.replace("'", "'\\''") + "'"


def _edition_row(info: EditionInfo) -> str:
    """An edition as a row of a table."""
    languages = ", ".join(f"{tag} {count:,}" for tag, count in info.languages[:MOST_LANGUAGES])
    licences = ", ".join(info.licences) or "not stated"
    cells = (info.title, info.root, f"{info.articles:,}", languages, licences)
    return f"| {' | '.join(as_markdown(cell) for cell in cells)} |"


def _source_line(source: Source) -> str:
    """A source as an item of a list."""
    parts = (source.title, source.publisher, source.date, source.url, source.licence, source.attribution)
    return f"* {', '.join(as_markdown(part) for part in dict.fromkeys(parts) if part)}"


def _filled(block: str) -> str:
    """A paragraph in lines of even length; anything else as it is."""
    if block.startswith(("#", "|", "```", "*", "<!--")):
        return block
    return textwrap.fill(" ".join(block.split()), WIDTH, break_long_words=False, break_on_hyphens=False)
