"""A small edition to learn from, made here: every article speaks of its own things, in sentences that differ."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from galactica.building.build import build
from galactica.edition import Edition
from galactica.progress import silent
from galactica.train.corpus import Corpus, read_corpus

NAMES = "Amber Birch Cedar Delta Ember Fjord Glade Heron Inlet Jetty Kelp Larch Maple Nectar Osprey Petrel".split()
DEEDS = "measured painted crossed founded mapped sailed described repaired followed planted counted named".split()
THINGS = "river harbour tower orchard glacier library bridge meadow valley island lantern archive cathedral".split()


def sentence(of: str, chance: random.Random) -> str:
    deed = f"{chance.choice(DEEDS)} the {chance.choice(THINGS)} beside the {chance.choice(THINGS)}"
    year, boats = chance.randrange(1500, 2000), chance.randrange(2, 99)
    return f"In {year} {chance.choice(NAMES)} of {of} {deed} with {boats} boats."


def text(number: int, sentences: int = 24) -> str:
    chance = random.Random(number)
    return " ".join(sentence(f"town{number}", chance) for _ in range(sentences))


def blocks(texts: dict[str, str]) -> str:
    return "".join(
        f'<doc id="{n}" url="http://en.wikipedia.org/wiki?curid={n}" title="{title}">\n{title}\n\n{body}\n</doc>\n'
        for n, (title, body) in enumerate(texts.items(), 1)
    )


def edition(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wiki_00").write_text(blocks(texts), encoding="utf-8")
    build(folder / "made.edition", [folder / "wiki_00"], workers=0, meaning=False)
    return folder / "made.edition"


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of thirty towns."""
    return edition(tmp_path_factory.mktemp("towns"), {f"Town {n}": text(n) for n in range(30)})


@pytest.fixture(scope="session")
def towns_corpus(towns: Path) -> Corpus:
    """The same as numbers."""
    with Edition.open(towns) as opened:
        return read_corpus([opened], (), silent)


def asked(path: Path, numbers: range, *, title: str = "Town", form: str = "What was done in", until: int = 24) -> Path:
    """SQuAD-style questions about sentences of towns; each paragraph is three sentences, of the first `until`."""
    data = []
    for n in numbers:
        sentences = text(n).split(". ")
        paragraphs = []
        for at in range(0, until, 3):
            context = ". ".join(sentences[at : at + 3])
            year, name = context.split()[1:3]
            answers = [{"text": name, "answer_start": context.index(name)}]
            paragraphs.append(
                {"context": context, "qas": [{"id": f"{n}-{at}", "question": f"{form} {year}?", "answers": answers}]}
            )
        data.append({"title": f"{title} {n}", "paragraphs": paragraphs})
    path.write_text(json.dumps({"version": "1.1", "data": data}), encoding="utf-8")
    return path
