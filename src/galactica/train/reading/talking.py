"""Lessons in which people talk, made of the questions that people asked of articles.

A reader is taught with articles, in which nobody says "I". Here the sentences of a passage are said by somebody, in
turns of one to three, as of himself or of his own thing; somebody else asks in between, other questions of the same
passage or only "And then?". Nothing of an answer is touched: its characters stand in the talk as they stood in the
passage. Grammar may suffer; whoever talks is no better. Windows are cut elsewhere: here is only taken what stands
around an answer.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections import defaultdict
from collections.abc import Sequence

from galactica.codes.han import fold_han
from galactica.codes.letters import unaccented
from galactica.train.reading.lesson import Lesson, Real
from galactica.train.reading.talking_around import AROUND, AROUND_RAW, Span, in_turns, sentences_around
from galactica.train.reading.talking_transcript import BRACKETS, Told, Turn, speakers, talk_heading, written_down
from galactica.train.reading.talking_words import Edit, TalkWords, in_language, talk_words

SHORT = 0.35
"""Share of the talks of one sentence a turn, three turns of whoever answers at most: so are passages of talk cut."""

UNANSWERED = 0.38
"""Share of the talks that the answering turn is left out of, where the answer stands nowhere else: a fifth of all."""

ALONE = 0.3
"""Share of the longer talks of a short passage that say nothing else of the article."""

OWN = 0.8
"""Share of the talks in which somebody speaks of himself, where words tell how."""

FILLED = 0.35
"""Share of the sentences that something is put before."""

DROPPED = 0.3
"""Share of the clauses that begin with who speaks in which that is left unsaid, in languages that may."""

ASKED = 0.6
"""Share of the turns of whoever asks that ask what was asked of the passage."""

_ASIDE = re.compile(r" ?[(（][^()（）]{0,160}[)）]")
_LINE = re.compile(r"\s*(?:[\n\r\t]|\[SEP\])\s*")
_WORD = re.compile(r"\w+")


def talks(asked: Sequence[Real], share: float, seed: str) -> list[Lesson]:
    """Lessons of about `share` of the questions with an answer, whose passages are said by two people or more; the same
    for the same seed.

    Args:
        share: 0 to 1.

    Returns:
        At most one of a question, in their order. A fifth has no answer and says nothing of relevance. The others'
        answers are those of the question, those that stand in what is said. Of questions in a language of which
        `talking.toml` knows nothing, and where an answer would be touched, there is none.
    """
    chance = random.Random(f"{seed} talking")  # noqa: S311 - no secret
    beside: dict[str, list[Real]] = defaultdict(list)
    for each in asked:
        beside[each.passage].append(each)
    return [
        lesson
        for each in asked
        if each.answers and chance.random() < share and (lesson := _talk(each, beside[each.passage], chance))
    ]


def _talk(each: Real, beside: Sequence[Real], chance: random.Random) -> Lesson | None:
    words = talk_words(each.passage) or talk_words(f"{each.question} {each.passage}")
    kept = frozenset(each.passage[a:b].casefold() for a, b in each.answers)
    if words is None or any(_LINE.search(each.passage, a, b) for a, b in each.answers):
        return None
    short = chance.random() < SHORT
    if not short:
        each, beside = _longer(each, beside, AROUND_RAW if words.raw else AROUND, chance)
    told = _told(each, words, kept, chance)
    spans = sentences_around(each, words, short, chance)
    if not spans:
        return None
    groups = in_turns(spans, 1 if short else 3, chance)
    turns: list[Turn] = []
    prompts = [prompt for prompt in chance.sample(words.prompts, len(words.prompts)) if not told.holds(prompt)]
    questions = list({other.question: other for other in beside if _may_be_asked(other, told)}.values())
    more = chance.random()  # a second one who answers, who speaks of the first; a second one who asks
    for number, group in enumerate(groups):
        if number or len(groups) == 1 or chance.random() < 0.7:
            turns.append(
                Turn(
                    2 if more > 0.85 and chance.random() < 0.4 else 0,
                    _asking(group, questions, prompts, told, not number),
                )
            )
        second = more < 0.12 and chance.random() < 0.4
        turns.append(_said(group, told, 3 if second else 1))
        if chance.random() < (0.3 if more > 0.85 or more < 0.12 else 0.03):
            turns.append(Turn(2 if more > 0.85 else 3 if more < 0.12 else 0, told.pick(words.remarks)))
    answered = [turn for turn in turns if turn.answers]
    if chance.random() < UNANSWERED and not any(told.holds(t.text) for t in turns if not t.answers):
        left = [turn for turn in turns if not turn.answers]
        if any(turn.speaker in (1, 3) and len(turn.text) > 20 for turn in left):
            turns, answered = left, []
    name = speakers(told)
    heard = [turn for turn in turns if turn.text]
    heard = [t for t, after in zip(heard, [*heard[1:], None], strict=True) if not _again(t, after)]
    passage, answers = written_down(heard, name, told)
    said = {passage[a:b] for a, b in answers}
    if not answered and told.holds(passage):
        return None
    assert bool(answered) == bool(answers), "an answer was lost"
    assert said <= {each.passage[a:b] for a, b in each.answers}, "an answer was touched"
    return Lesson(
        question=each.question,
        title=talk_heading(told, name),
        passage=passage,
        answers=answers,
        relevant=True if answers else None,
        weight=each.weight,
    )


def _longer(each: Real, beside: Sequence[Real], room: int, chance: random.Random) -> tuple[Real, Sequence[Real]]:
    """A question, and those beside it, with another passage of the article before or after a short one."""
    kept = [each.passage[a:b].casefold() for a, b in each.answers]
    able = [text for text in each.others if not any(answer in text.casefold() for answer in kept)]
    if not able or 2 * len(each.passage) > room or chance.random() < ALONE:
        return each, beside
    other = chance.choice(able).strip()
    before = chance.random() < 0.5
    by = len(other) + 1 if before else 0
    passage = f"{other}\n{each.passage}" if before else f"{each.passage}\n{other}"

    def moved(real: Real) -> Real:
        return dataclasses.replace(real, passage=passage, answers=tuple((a + by, b + by) for a, b in real.answers))

    return moved(each), [moved(one) for one in beside]


def _again(turn: Turn, after: Turn | None) -> bool:
    """Whether somebody asks who then asks again."""
    return after is not None and turn.speaker in (0, 2) and after.speaker in (0, 2)


def _told(each: Real, words: TalkWords, kept: frozenset[str], chance: random.Random) -> Told:
    title = BRACKETS.sub("", each.title).strip()
    if words.raw and title not in each.passage:  # a title in simplified letters, of a text in traditional ones
        at = fold_han(each.passage).find(fold_han(title))
        title = each.passage[at : at + len(title)] if at >= 0 else title
    titles = [title] if len(title) > 1 else []
    if chance.random() > OWN:
        return Told(each=each, words=words, titles=(), person=None, kept=kept, chance=chance)
    person = words.many
    if words.one.pattern is not None:
        several = len(words.one.pattern.findall(each.passage[: 2 * AROUND])) > 1
        if several or chance.random() < 0.35:
            person = words.one
            last = title.partition(",")[0] if "," in title else title.rsplit(" ", 1)[-1]
            if not words.raw and last != title and len(last) > 3 and all(w[:1].isupper() for w in title.split()):
                titles.append(last)
    elif chance.random() < 0.5:
        person = words.one
    if len(person.title) > 1 and words.raw:  # one way to say it in a talk
        person = dataclasses.replace(person, title=(chance.choice(person.title),))
    return Told(each=each, words=words, titles=tuple(titles), person=person, kept=kept, chance=chance)


def _may_be_asked(other: Real, told: Told) -> bool:
    question, own = other.question.casefold().strip(), told.each.question.casefold().strip()
    return question != own and "\n" not in question and not told.holds(question) and in_language(question, told.words)


def _asking(group: Sequence[Span], questions: list[Real], prompts: list[str], told: Told, first: bool) -> str:
    """A turn of whoever asks: what the next turn answers, rarely something else of the passage; or a short one.

    What is asked is taken from `questions` or `prompts`: nobody asks the same twice.
    """
    chance, words = told.chance, told.words
    if questions and chance.random() < ASKED:
        start, end = group[0][0], group[-1][1]
        fitting = [each for each in questions if any(start <= a and b <= end for a, b in each.answers)]
        if fitting or chance.random() < 0.25:
            taken = chance.choice(fitting or questions)
            questions.remove(taken)
            question = taken.question.strip()
            if told.person is not None and chance.random() < 0.7:
                said = words.addressed(question, told.titles)
                question = question if told.holds(said) else said
            if first and chance.random() < 0.1:
                question = f"{told.pick(words.openers)}{'' if words.raw else ' '}{question}".strip()
            return question
    if first and chance.random() < 0.15:
        return told.pick(words.openers)
    return prompts.pop() if prompts else told.pick(words.prompts)


def _said(group: Sequence[Span], told: Told, speaker: int) -> Turn:
    """What a turn says: the sentences, with what is put between them, and the answers' places."""
    words, chance = told.words, told.chance
    turn = Turn(speaker, "")
    for start, end in group:
        between = "" if words.raw and not words.gaps else " "
        turn.text += between if turn.text else ""
        edits = _edits(start, end, told, speaker == 1)
        text = told.each.passage
        filler = told.pick(words.fillers) if chance.random() < FILLED else ""
        if filler:
            turn.text += filler + between
        if filler and filler[-1] in ",،":
            edits = _lowered(start, end, edits, told)
        first = edits[0] if edits and edits[0][0] == start else None
        if first and first[2] and (not filler or filler[-1] in ".。") and text[start].isupper():
            edits[0] = (first[0], first[1], first[2][0].upper() + first[2][1:])
        begun, at = len(turn.text) - start, start
        for a, b, other in [*edits, (end, end, "")]:
            turn.text += text[at:a] + other
            at = b
        for a, b in told.each.answers:
            if start <= a and b <= end:
                moved = begun + sum(len(other) - (y - x) for x, y, other in edits if y <= a)
                turn.answers.append((a + moved, b + moved))
    return turn


def _lowered(start: int, end: int, edits: list[Edit], told: Told) -> list[Edit]:
    """The edits, and one that begins the sentence with a small letter, where its first word is no name."""
    text = told.each.passage
    match = _WORD.match(text, start, end)
    if match is None or match[0].istitle() is False or (edits and edits[0][0] < match.end()):
        return edits
    lower = match[0].lower()
    common = unaccented(lower) in told.words.small or f" {lower} " in text
    if not common or any(a <= start < b for a, b in told.each.answers) or len(lower) != len(match[0]):
        return edits
    return [(start, start + 1, lower[0]), *edits]


def _unsaid(edit: Edit, told: Told) -> Edit:
    """An edit that says who speaks, sometimes without that, where a clause begins and the language may."""
    start, stop, said = edit
    text, person = told.each.passage, told.person
    if not told.words.drops or person is None or told.chance.random() > DROPPED:
        return edit
    subject = person.title[-1][1]
    begins = not text[:start].rstrip(" ")[-1:].isalnum()
    if not begins or not said or text[stop : stop + 1] in tuple("的の之（("):
        return edit
    if told.words.raw:
        return (start, stop, "") if said == subject else edit
    rest = said.removeprefix(f"{subject} ")
    if rest != said:
        return start, stop, rest
    gap = text[stop : stop + 1] == " "
    return (start, stop + 1, "") if said == subject and gap else edit


def _edits(start: int, end: int, told: Told, own: bool) -> list[Edit]:
    """What is said otherwise in a sentence, in order, apart from each other and from the answers."""
    text, words = told.each.passage, told.words
    found: list[Edit] = [(m.start(), m.end(), " ") for m in _LINE.finditer(text, start, end)]
    if words.raw and text[end - 1] in "，；":
        found.append((end - 1, end, "。"))
    if told.person is not None and own:
        found += (_unsaid(edit, told) for edit in words.edits(text, (start, end), told.titles, told.person))
        if told.chance.random() < 0.6:
            stops = {edit[1] for edit in found}
            found += [(m.start(), m.end(), "") for m in _ASIDE.finditer(text, start, end) if m.start() in stops]
    edits: list[Edit] = []
    for a, b, said in sorted(found, key=lambda edit: (edit[0], -edit[1])):
        apart = not edits or a >= edits[-1][1]
        if apart and b <= end and all(b <= x or a >= y for x, y in told.each.answers):
            edits.append((a, b, said))
    return edits
