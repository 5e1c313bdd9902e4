"""The answer in a language model's words, where a person chose one; nothing in it is taken on trust.

1. The model gets the quotations that prove the answer, and no tools. Quotations that give orders are kept from it.
2. Its sentences are taken apart (`models.draft`): without a number of a quotation, with one that was not given, with an
   address or markup, a sentence is refused.
3. Each sentence has to be supported by the quotations that it names (`check`), and to say the answer: to have the words
   of a value that was found without the model, or to be a whole sentence of its quotation. What a text orders a model
   to say is neither.
4. The value, the verdict, how sure it is and the quotations stay as they were found. Where no sentence is left, or the
   model failed, so do the sentences, and a note says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.ask.asked import Asked
from galactica.ask.check import check
from galactica.ask.group.orders import gives_orders
from galactica.ask.models import INSTRUCTIONS, FailedError, Model, call_model, data_block, drafted
from galactica.ask.named import keys_of
from galactica.errors import GalacticaError
from galactica.model import Answer, Citation, Statement
from galactica.model.said import said

MOST_SENTENCES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """What came of asking a model.

    Attributes:
        statements: its sentences that may be shown; none: the answer stays as it was.
        did: what it did, in a sentence for a person.
        notes: what the person should know.
        seconds: how long it took.
    """

    statements: tuple[Statement, ...]
    did: str
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


def write_prose(asked: Asked, model: Model, answer: Answer, statements: Sequence[Statement]) -> Prose:
    """Have an answer written by a model.

    Args:
        answer: as it was found without the model.
        statements: its sentences with their quotations.
    """
    quoted = _each_once([citation for statement in statements for citation in statement.citations])
    handed = [citation for citation in quoted if not gives_orders(citation.quote)]
    kept = len(quoted) - len(handed)
    orders = said("orders-kept-back", "A quotation that seems to give orders was not handed to the model.")
    notes: tuple[str, ...] = (orders,) if kept else ()
    if not handed:
        did = said("nothing-to-hand", "Was not called: there is no quotation to hand over.")
        return Prose(statements=(), did=did, notes=notes)
    try:
        reply = call_model(model, INSTRUCTIONS, data_block(asked.question.text, handed))
    except FailedError as error:
        note = said(
            "model-no-help",
            "The model {model} did not help: {error}. The answer is made of quotations alone.",
            model=model.name,
            error=str(error),
        )
        did = said("gave-none", "Gave no answer: {error}.", error=str(error))
        return Prose(statements=(), did=did, notes=(*notes, note))
    except GalacticaError as error:
        note = said(
            "model-not-called",
            "The model {model} was not called: {problem} {remedy}",
            model=model.name,
            problem=error.problem,
            remedy=error.remedy,
        )
        return Prose(statements=(), did=said("not-called", "Was not called."), notes=(*notes, note))
    draft = drafted(reply.text, len(handed))
    values = [answer.text, *(position.value for position in answer.positions)]
    shown: list[Statement] = []
    for text, numbers in draft.sentences:
        statement = _checked(asked, text, [handed[number - 1] for number in numbers], values)
        if statement is not None and len(shown) < MOST_SENTENCES:
            shown.append(statement)
    refused = draft.refused + len(draft.sentences) - len(shown)
    did = said(
        "model-wrote",
        "Wrote {number:sentence}; of these {proved} are proved by their quotations.",
        number=len(draft.sentences) + draft.refused,
        proved=len(shown),
    )
    if draft.none:
        did = said("quotations-silent", "Found that the quotations do not answer.")
        note = said(
            "model-says-silent",
            "The model {model} says that the quotations do not answer the question.",
            model=model.name,
        )
        notes = (*notes, note)
    elif not shown:
        note = said(
            "nothing-proved",
            "Nothing that the model {model} wrote is proved; the answer is made of quotations alone.",
            model=model.name,
        )
        notes = (*notes, note)
    elif refused:
        note = said(
            "sentences-left-out",
            "Left out, because no quotation proves it: {number:sentence} of the model's.",
            number=refused,
        )
        notes = (*notes, note)
    return Prose(statements=tuple(shown), did=did, notes=notes, seconds=reply.seconds)


def _checked(asked: Asked, text: str, citations: Sequence[Citation], values: Sequence[str]) -> Statement | None:
    """A sentence of a model as one of the answer; None where it is not proved, or says something else."""
    if not (says_value(text, values, citations[0].language) or whole_sentence(text, citations)):
        return None
    # Each quotation that is shown has to do its part: one that the sentence only names proves nothing.
    alone = [each for each in citations if check(text, (each,), asked.holdings.page).supported]
    checked = check(text, alone or citations, asked.holdings.page, asked.reader, judged=True)
    if not checked.supported or not checked.citations:
        return None
    return Statement(text=text, citations=checked.citations, support=checked.support)


def says_value(text: str, values: Sequence[str], language: str) -> bool:
    """Whether a sentence has a value that was found: all its words, of a longer one most."""
    spoken = keys_of(text, language)
    for value in values:
        wanted = keys_of(value, language)
        if wanted and len(wanted & spoken) >= (1.0 if len(wanted) <= 4 else 0.6) * len(wanted):
            return True
        if not wanted and value and value in text:
            return True
    return False


def whole_sentence(text: str, citations: Sequence[Citation]) -> bool:
    """Whether a sentence is one of a quotation, from its beginning to its end."""
    plain = _plain(text)
    return any(plain == _plain(part) for each in citations for part in _parts(each.quote))


def _parts(quote: str) -> list[str]:
    from galactica.ask.evidence import sentence_spans

    return [quote, *(quote[start:end] for start, end in sentence_spans(quote))]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .。!?！？").lower()


def _each_once(citations: Sequence[Citation]) -> list[Citation]:
    found: dict[tuple[str, bytes, int, int], Citation] = {}
    for each in citations:
        found.setdefault((each.edition, each.id, each.start, each.end), each)
    return list(found.values())
