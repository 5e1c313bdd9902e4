"""Does a sentence of the article on the very thing that is asked about speak of all that is asked?

"There are three weapons in modern fencing: foil, épée, and sabre", in the article Fencing, answers "what are the three
weapons of fencing" likelier than its signals say one by one (`confidence`), which count words and know no thing.

1. The question names the thing of the article, by all words of its title, also in the plural.
2. All else that the question says stands in the sentence that answers, in the same words or others that say the same.
3. Nothing makes it a report or a denial, and what is asked stands beside what answers, not in it; a reason is often
   a whole sentence, and then all of that counts.

Languages that `worded.toml` has; of others nothing is told. Nothing that can be written raises.
"""

from __future__ import annotations

import re

from galactica.ask.form_words import words_of
from galactica.ask.kinds import Kind
from galactica.ask.pieces import cut_pieces
from galactica.ask.question import ReadQuestion
from galactica.ask.widening import sentence_around
from galactica.ask.wording_words import wording_words
from galactica.ask.words_asked import compared_word
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import Citation

MOST_SAID = 6
"""Words of a question beside the title: with more it says more than one thing."""

LONGEST = 400
"""Characters of a quotation; longer ones speak of much."""


def speaks_of_all(question: ReadQuestion, citation: Citation) -> bool:
    """Whether a quotation out of the article on the question's thing speaks of all that the question says of it."""
    language = primary(citation.language)
    words = wording_words(language)
    if words is None or language != primary(question.language) or len(citation.quote) > LONGEST:
        return False
    if question.kind in (Kind.YES_NO, Kind.DEFINITION):
        return False
    title = cut_pieces(_BRACKETED.sub("", citation.title), language)
    named = {key for key, common in zip(title.keys, title.common, strict=True) if not common}
    if not named or not named <= question.known:
        return False
    pieces = question.pieces
    rows = zip(pieces.keys, pieces.words, pieces.common, strict=True)
    said = {
        compared_word(key, word, words)
        for key, word, common in rows
        if not common and key not in named and word not in words.general
    }
    if not 0 < len(said - words.vague) <= MOST_SAID or not words.denying.isdisjoint(pieces.words):
        return False
    start, end = (0, 0) if question.kind is Kind.REASON else citation.mark
    low, high = sentence_around(citation.quote, *citation.mark)
    told = cut_pieces(citation.quote, language, low, high)
    around = {
        compared_word(key, word, words)
        for key, word, begins in zip(told.keys, told.words, told.starts, strict=True)
        if not start <= begins < end
    }
    plain = folded(citation.quote)
    hedged = not words.reporting.union(words.denying).isdisjoint(re.findall(r"[^\W\d_]+", plain))
    return said <= around and not hedged and not _NOT.search(plain)


def gives_reason(citation: Citation) -> bool:
    """Whether a quotation has a word that gives a reason."""
    words = words_of(primary(citation.language))
    return words is not None and words.because.search(folded(citation.quote)) is not None


_NOT = re.compile(r"n['’]t\b")
_BRACKETED = re.compile(r"\s*\([^()]*\)\Z")
