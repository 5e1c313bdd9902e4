"""Decontamination: passages that share a long run of words with an evaluation set are cut out of documents.

A run is `exclude_words` words (`ngrams` says what a word is, and what stands for it in scripts without spaces), 13 by
default, as in GPT-3; a text of an evaluation set that is shorter counts as a whole if it has at least `LEAST` words.
What is cut out is the paragraph that the run stands in, of one of more than `LONG` characters its sentences. Then the
rest is looked at again, until it shares nothing: what stood apart may share a run where it meets.

Time grows with the text alone; memory with the runs of the evaluation sets: up to 44 bytes each, at most `MAX_RUNS`.

Source: T. Brown and others, "Language Models are Few-Shot Learners", 2020, appendix C (13 words, at least 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.errors import InputError, LimitError
from galactica.train.views.cutting_out import as_of_the_whole, cuts_together, kept_parts, whole_document, widened_cut
from galactica.train.views.decisions import CutOut
from galactica.train.views.evaluation_texts import EvaluationFile
from galactica.train.views.ngrams import AT_ONCE, Hashes, NumberedWords, WordRuns, numbered_words, text_stretches

LEAST = 8
"""Words of a text that counts as a whole: shorter ones are everywhere ("What is the name of the …")."""

FEWEST_WORDS, MOST_WORDS = 5, 50
"""Of what may be asked for."""

PER_WORD = 2
"""Letters of scripts without spaces that stand for a word."""

MAX_RUNS = 20_000_000
"""Of all evaluation sets together: 880 MB of memory. SQuAD's dev set, all of it, has 0.5 million."""

BATCH = 2**16
"""Code points of texts that are looked at together: what is made of them stays in the caches of a processor."""

ROUNDS = 20
"""Times that a document is looked at again; what still shares something then is left out as a whole."""

_SLOTS = 16
"""Bytes of the table by which most runs are found not to be looked for: so many for each that is, or up to twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedFile:
    """What became of an evaluation set.

    Attributes:
        name, sha256: of the file.
        items: texts in it that were looked for.
        short: texts that were too short to be.
        passages: stretches of documents that were found by it first.
        found: of its texts, those of which a run was found, each counted once.
    """

    name: str
    sha256: str
    items: int
    short: int
    passages: int
    found: int


class Excluder:
    """Finds what evaluation sets share with documents.

    Raises:
        InputError: an evaluation set has no text that is long enough.
        LimitError: there is too much text in them.
    """

    def __init__(self, files: Sequence[EvaluationFile], words: int) -> None:
        self._files = files
        self._words = words
        self._items: list[tuple[int, str]] = []  # (number of the file, id)
        self._short = [0] * len(files)
        self._lengths: set[tuple[int, bool]] = {(words, False), (PER_WORD * words, True)}
        parts: list[Hashes] = []
        owners: list[npt.NDArray[np.int32]] = []
        total = 0
        for number, file in enumerate(files):
            before = len(self._items)
            for text in file.texts:
                found = self._of_item(text.text)
                total += len(found)
                if total > MAX_RUNS:
                    raise LimitError(
                        f"The evaluation sets have more than {MAX_RUNS:,} runs of {words} words.",
                        "Name fewer, or make one view after the other.",
                    )
                if not len(found):
                    self._short[number] += 1
                    continue
                parts.append(found)
                owners.append(np.full(len(found), len(self._items), np.int32))
                self._items.append((number, text.id))
            if len(self._items) == before:
                raise InputError(
                    f"{file.name} has no text of {LEAST} words or more.",
                    "Name questions or passages; judgements alone (qrels) have only identifiers.",
                )
        hashes = np.concatenate(parts)
        self._hashes, firsts = np.unique(hashes, return_index=True)
        self._owners = np.concatenate(owners)[firsts]
        self._shift = np.uint64(64 - max(10, int(len(self._hashes) * _SLOTS).bit_length()))
        self._maybe = np.zeros(2 ** (64 - int(self._shift)), np.bool_)
        self._maybe[self._hashes >> self._shift] = True
        self._found: set[int] = set()
        self._passages = [0] * len(files)

    @property
    def report(self) -> tuple[ExcludedFile, ...]:
        """What became of each evaluation set so far."""
        items, found = [0] * len(self._files), [0] * len(self._files)
        for number, _ in self._items:
            items[number] += 1
        for item in self._found:
            found[self._items[item][0]] += 1
        return tuple(
            ExcludedFile(
                name=file.name,
                sha256=file.digest,
                items=items[number],
                short=self._short[number],
                passages=self._passages[number],
                found=found[number],
            )
            for number, file in enumerate(self._files)
        )

    def find(self, text: str, body: int) -> tuple[CutOut, ...]:
        """The passages of a document that are cut out, in order and apart.

        Args:
            text: of the document.
            body: where its body begins: what stands before is never cut out. Where that shares a run, or where no end
                is found, the whole document is one passage.
        """
        found: list[CutOut] = []
        for _ in range(ROUNDS):
            kept = kept_parts(len(text), found)
            shown = "".join(text[a:b] for a, b in kept)
            more = self._look(shown, body)
            if not more:
                break
            found = cuts_together(text, [*found, *(as_of_the_whole(each, kept) for each in more)])
            if found[0].start < body:
                break
        else:
            found = [whole_document(text, found[0])]
        for each in found:
            self._passages[self._items_of(each)] += 1
        return tuple(found)

    def suspects(self, texts: Sequence[str]) -> set[int]:
        """Numbers of the texts that share a run, and of those that are too long to be looked at together: quicker than
        one by one, for nearly all share nothing."""
        found: set[int] = set()
        batch: list[int] = []
        size = 0
        for number, text in enumerate(texts):
            if len(text) > AT_ONCE:
                found.add(number)
                continue
            if batch and size + len(text) + 1 > BATCH:
                found |= self._suspects(batch, texts)
                batch, size = [], 0
            batch.append(number)
            size += len(text) + 1
        return found | self._suspects(batch, texts)

    def _suspects(self, batch: Sequence[int], texts: Sequence[str]) -> set[int]:
        words = numbered_words("\n".join(texts[number] for number in batch))
        firsts, lasts, _ = self._matches(words)
        behind = np.cumsum([len(texts[number]) + 1 for number in batch])
        owners = np.searchsorted(behind, words.starts[firsts], side="right")
        within = owners == np.searchsorted(behind, words.starts[lasts], side="right")
        return {batch[owner] for owner in np.unique(owners[within]).tolist()}

    def _items_of(self, passage: CutOut) -> int:
        return next(number for number, file in enumerate(self._files) if file.name == passage.file)

    def _look(self, text: str, body: int) -> list[CutOut]:
        """The passages of a text that share a run; they may overlap."""
        found: list[CutOut] = []
        for offset, part in text_stretches(text):
            words = numbered_words(part)
            firsts, lasts, items = self._matches(words)
            self._found.update(np.unique(items).tolist())
            ended = -1
            for first, last, item in zip(firsts.tolist(), lasts.tolist(), items.tolist(), strict=True):
                start, end = offset + int(words.starts[first]), offset + int(words.ends[last])
                if end <= ended:
                    continue
                file, name = self._items[item]
                shared = " ".join(text[start:end].split())
                told = CutOut(start=start, end=end, file=self._files[file].name, item=name, shared=shared)
                if end <= body:
                    return [whole_document(text, told)]
                wide = widened_cut(text, told, body)
                ended = wide.end
                found.append(wide)
        return found

    def _matches(
        self, words: NumberedWords
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """First and last word of each run that is looked for, and whose it is, by the first word."""
        firsts, lasts, items = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, np.int32)]
        runs = WordRuns(words)
        for length, alone in self._lengths:
            places, hashes = runs.of(length, alone=alone)
            maybe = np.flatnonzero(self._maybe[hashes >> self._shift])
            if not len(maybe):
                continue
            at = np.searchsorted(self._hashes, hashes[maybe])
            at[at == len(self._hashes)] = 0
            sure = self._hashes[at] == hashes[maybe]
            firsts.append(places[maybe[sure]])
            lasts.append(places[maybe[sure]] + length - 1)
            items.append(self._owners[at[sure]])
        first = np.concatenate(firsts)
        order = np.argsort(first, kind="stable")
        return first[order], np.concatenate(lasts)[order], np.concatenate(items)[order]

    def _of_item(self, text: str) -> Hashes:
        """The runs of a text of an evaluation set; of one that is too short to have any, itself."""
        found = [np.empty(0, np.uint64)]
        if len(text) < 2 * min(LEAST, self._words) - 1:
            return found[0]  # words of a letter each, parted by one character: no need to look
        for _, part in text_stretches(text):
            words = numbered_words(part)
            runs = WordRuns(words)
            found += [runs.of(self._words, alone=False)[1], runs.of(PER_WORD * self._words, alone=True)[1]]
            if len(part) == len(text) and not any(map(len, found)):
                alone = 2 * int(words.alone.sum()) >= len(words)
                if len(words) >= min(LEAST, self._words) * (PER_WORD if alone else 1):
                    self._lengths.add((len(words), alone))
                    found.append(runs.of(len(words), alone=alone)[1])
        return np.unique(np.concatenate(found))


def check_words(words: int) -> int:
    """Raise LimitError where runs of so many words are not looked for."""
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        raise LimitError(
            f"Runs of {words} words are not looked for.", f"Ask for {FEWEST_WORDS} to {MOST_WORDS}; 13 is usual."
        )
    return words
