"""Whose claim it is: the subject of a sentence, from what stands before its verb.

"" is what the article is about; else a name as it is written; None where it cannot be told, and then there is no claim.
The rule is to be sure: a subject is taken only where it is all that stands before the verb but for brackets, an opening
("In 1990,"), an apposition between commas, an adverb, or an own verb with "and" ("He studied law and was …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from galactica.claims.sentences.cutting import without_opening
from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.longer import fuller_name, is_namesake, name_goes_on, surely_a_name
from galactica.claims.sentences.topics import Topic, name_key, without_brackets
from galactica.claims.sentences.unspaced import called_by_kind

FURTHEST = 6
"""Sentences that are looked back over for what a pronoun means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A sentence in its place.

    Attributes:
        sentence: its text.
        before: the sentences of its paragraph before it.
        topic: what the article is about.
        words: of its language.
        leading: whether it is of the article's first paragraph.
        article: the whole text, in which a word that begins the sentence is looked for as a name.
    """

    sentence: str
    before: tuple[str, ...]
    topic: Topic
    words: Lexicon
    leading: bool = False
    article: str = ""


def subject_before(left: str, spoken: Spoken) -> str | None:
    """Whose claim it is, from all that stands before the verb in its sentence."""
    words = spoken.words
    plain = words.patterns["called_so"].sub(lambda match: f"{match['how']} so", without_brackets(left))
    if words.spaced and plain[:1] not in _QUOTES:
        plain = _without_quoted_opening(plain, words)
    if _OPEN.search(plain):
        return None
    rest = without_opening(plain.strip(), words)
    if not rest:
        return _dropped(spoken) if not plain.strip() or words.any("drops") else None
    rest = _unhonoured(words.patterns["adverbs"].sub("", rest).strip(), spoken)
    if " " not in rest and _after_another(plain.strip(), rest, spoken):
        return None
    told = subject_named(rest, spoken)
    if told is not None:
        return told
    if rest.endswith(","):
        first, _, inner = rest[:-1].partition(", ")
        apposed = words.patterns["apposition"].match(inner) if ";" not in inner else None
        if apposed is not None and not words.patterns["clause"].search(inner):
            return subject_named(first, spoken)
        return None
    joined = words.patterns["joined"].search(rest)
    if joined is not None:
        first = rest[: joined.start()]
        if not words.patterns["clause"].search(first):
            return _of_first_verb(first, spoken)
    again = words.patterns["again"].search(rest)
    if again is not None and again["who"].capitalize() in spoken.topic.pronouns:
        return subject_still(rest[: again.start()], spoken)
    return _who(rest, spoken)


_QUOTES = frozenset('"“')
_QUOTED = re.compile(r"[\"“][^\"“”]{1,60}[\"”]")


def _without_quoted_opening(plain: str, words: Lexicon) -> str:
    """What stands before a verb, without an opening that names a work: "While making "Steel" in 1955, she"; as it is
    where the work is named elsewhere, as it is the subject then."""
    if _QUOTED.search(plain) is None:
        return plain
    rest = without_opening(_QUOTED.sub(_MARK, plain.strip()), words)
    return plain if _MARK in rest else rest


_MARK = "\N{REPLACEMENT CHARACTER}"


def _after_another(plain: str, rest: str, spoken: Spoken) -> bool:
    """Whether a sentence begins with a clause on somebody else: "When Grisons became a canton, it"; a pronoun may mean
    who is told of with a trade as well: "After the chief Ada Mill led an attack, he"."""
    told = spoken.words.patterns["clause_of"].match(plain)
    if told is None or (told["titled"] and rest.capitalize() not in spoken.topic.pronouns):
        return False
    if any(name_key(word, spoken.words) in spoken.topic.names for word in told["titled"].split()):
        return False  # "After Mill and Lang divorced, he"
    return name_key(told["name"], spoken.words) not in spoken.topic.names


def _unhonoured(name: str, spoken: Spoken) -> str:
    """A person's own name in two words or more without what honours it: "Neil Peart, OC"; "Peart Jr." is another's."""
    if is_namesake(name, spoken.article, spoken.words):
        return name
    told = spoken.words.patterns["honours"].sub("", name)
    key = name_key(told.partition(",")[0], spoken.words)
    return told if told != name and " " in key and subject_named(key, spoken) == "" else name


_OPEN = re.compile(r"[(（\[“「『《\"]")


def subject_named(phrase: str, spoken: Spoken) -> str | None:
    """What a noun phrase means that is a subject."""
    words, topic = spoken.words, spoken.topic
    phrase = phrase.strip()
    key = name_key(phrase, words)
    if not key:
        return None
    if key in topic.names:
        return ""
    if topic.kind == "person" and words.spaced and fuller_name(phrase, key, topic.names, spoken.article):
        return ""
    if not words.spaced:
        before, behind = words.patterns["before_own"].match(key), words.patterns["behind_own"].search(phrase)
        if before is not None and key[before.end() :] in topic.names:
            return ""  # "中国东北航空" of "东北航空"
        if behind is not None and name_key(phrase[: behind.start()], words) in topic.names:
            return ""  # "李明博士" of "李明"
        called = called_by_kind(phrase, topic.kind, topic.nouns, words) == len(phrase)
        if called or phrase[0] in words.any("articles"):
            return "" if called and meant_by_it(spoken) else None
    first, _, noun = phrase.partition(" ")
    noun = words.patterns["made_so"].sub("", noun)
    if first.lower() in words.any("articles") and noun.lower() in topic.nouns:
        return "" if meant_by_it(spoken) else None
    if phrase in topic.pronouns or phrase[:1].upper() + phrase[1:] in topic.pronouns:
        return "" if meant_by_pronoun(phrase, spoken) else None
    if phrase.lower() in words.any("no_names") | words.any("no_subjects") or first in words.any("no_names_first"):
        return None
    begins = words.spaced and spoken.sentence.startswith(phrase)
    sure = not begins or surely_a_name(phrase, key, topic.names, spoken.article)
    return phrase if sure and words.patterns["a_name"].fullmatch(phrase) else None


def _dropped(spoken: Spoken) -> str | None:
    """The subject that a language leaves out: the one before."""
    if spoken.words.any("drops") and meant_by_it(spoken):
        return ""
    return None


def _of_first_verb(first: str, spoken: Spoken) -> str | None:
    """The subject of "He studied law and", which "was awarded …" follows."""
    topic, words = spoken.topic, spoken.words
    for name in sorted(topic.names, key=lambda n: (-len(n), n)):
        key = name_key(first, words)
        behind = first.rstrip()[len(name) - len(key) :]
        if key.startswith(name + ",") and words.patterns["apposed"].match(behind):
            return ""
        if key.startswith(name + " ") and not words.patterns["more_names"].match(behind):
            goes_on = behind[1:2].isupper() or behind[1:2].isdigit()  # "Red Dawn 4.2", "Red Dawn the Opera"
            goes_on = goes_on or behind.strip().partition(" ")[0] in words.any("articles")
            return "" if first[:1].isupper() and not goes_on else None
    head, _, rest = first.partition(" ")
    if rest and head.capitalize() in topic.pronouns and meant_by_pronoun(head, spoken):
        return ""
    noun = words.patterns["made_so"].sub("", rest).partition(" ")[0]
    return "" if head.lower() in words.any("articles") and noun.lower() in topic.nouns and meant_by_it(spoken) else None


def subject_still(left: str, spoken: Spoken) -> str | None:
    """Whose "its" or "his" follows: the subject's of the sentence, where nobody else was named since."""
    plain = without_brackets(left).strip()
    words = spoken.words
    rest = without_opening(plain, words)
    if _OPEN.search(plain):
        return None
    if not rest:
        return "" if meant_by_it(spoken) else None
    nobody = words.patterns["somewhere"].sub(" ", rest)
    behind = nobody.find(" ") + 1
    others = any(words.patterns[each].search(nobody, behind) for each in ("person_name", "other_person"))
    if others or words.patterns["clause"].search(rest):
        return None
    return _of_first_verb(rest, spoken)


_STOP = re.compile(r"[a-z\d]{2}\. [A-Z]|\d[a-z]\. [A-Z]")
"""A sentence's end that was not seen."""


def subject_along(left: str, spoken: Spoken) -> str | None:
    """Whose claim a participle or "with" behind the sentence's verb is: "X is a city in Y, with …"."""
    plain, patterns = without_brackets(left).strip(), spoken.words.patterns
    if any(each.search(plain) for each in (_OPEN, _STOP, patterns["clause"], patterns["several"])):
        return None
    last = plain.rpartition(" ")[2].lower()
    if last in spoken.words.kinds and last not in spoken.topic.nouns:
        return None  # "in the Rhine Region with a population of": the region's
    return _of_first_verb(without_opening(plain, spoken.words), spoken)


def subject_defined(left: str, spoken: Spoken) -> str | None:
    """Whose claim a participle right behind a definition is: "X is a film directed by"."""
    plain = without_brackets(left)
    if spoken.words.patterns["plain_definition"].fullmatch(plain) is None:
        return None
    return _of_first_verb(plain.strip(), spoken)


def _who(rest: str, spoken: Spoken) -> str | None:
    """The subject of "X was a painter who"."""
    match = spoken.words.patterns["who"].fullmatch(rest)
    if match is None or spoken.topic.kind != "person":
        return None
    return "" if subject_named(match[1], spoken) == "" else None


def meant_by_pronoun(pronoun: str, spoken: Spoken) -> bool:
    """Whether a pronoun that is a sentence's subject means what the article is about.

    It does where each sentence of the paragraph before it speaks of that, or of nothing that it could mean.
    """
    personal = pronoun in spoken.words.any("he_or_she") or pronoun.capitalize() in spoken.words.any("he_or_she")
    for sentence in reversed(spoken.before[-FURTHEST:]):
        told = opening_subject(sentence, spoken)
        if told == "own":
            return True
        if told == "name" or (told in ("other", "thing") and not personal):
            return False
    return len(spoken.before) <= FURTHEST


def meant_by_it(spoken: Spoken, bare: bool = False) -> bool:
    """Whether "the city", or a subject left out, means what the article is about.

    Args:
        bare: whether it is "its", which may be anything's that was named.
    """
    if spoken.topic.aside:
        return False
    for sentence in reversed(spoken.before[-FURTHEST:]):
        told = opening_subject(sentence, spoken)
        if told == "own":
            return True
        if told == "name" or (told == "thing" and bare):
            return False
    return True


def opening_subject(sentence: str, spoken: Spoken) -> str:
    """What a sentence begins with: "own" (what the article is about), "pronoun", "name" (something else by name),
    "thing" ("the largest town"), or "other"."""
    words, topic = spoken.words, spoken.topic
    rest = without_opening(sentence, words)[:120]
    key = name_key(rest, words)
    for name in sorted(topic.names, key=lambda n: (-len(n), n)):
        if key.startswith(name) and not (words.spaced and key[len(name) : len(name) + 1].isalnum()):
            after = key[len(name) : len(name) + 2]
            longer = words.spaced and topic.kind != "person" and name_goes_on(rest, len(key) - len(name))
            longer = longer or is_namesake(rest[: len(name) + 8], spoken.article, words)
            other = longer or after in ("'s", "’s") or after[:1] in ("的", "-")
            return "name" if other else "own"
    first = words.patterns["first_word"].match(rest)
    word = first[0] if first is not None else ""
    if word in topic.pronouns or word.capitalize() in topic.pronouns:
        return "pronoun"
    if word.lower() in words.any("articles") and rest[len(word) :].split(maxsplit=1)[:1] in [[n] for n in topic.nouns]:
        return "pronoun"
    if words.patterns["relative"].match(rest):
        return "name"
    if words.patterns["begins_name"].match(rest) and word not in words.any("no_names_first"):
        return "name"
    return "thing" if words.patterns["other_thing"].match(rest) else "other"
