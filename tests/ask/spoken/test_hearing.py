"""What is said is heard sentence by sentence: in its passage, in its exchange and by itself."""

from __future__ import annotations

from galactica.ask.asked import Asked
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.holdings import Page
from galactica.ask.question import read_question
from galactica.ask.shared_words import SharedWords
from galactica.ask.spoken.choosing import pages_of_talk
from galactica.ask.spoken.hearing import LONGEST_UNIT, READ_ALONE, HeardSentence, hear, units_of
from galactica.ask.spoken.located import NOWHERE
from galactica.ask.spoken.signs import LEAST, SIGNS, signs_of_sentences

from ..group.pretended import ROOT, Shelf, article
from .pretended import Listening

MILL = article(
    "The mill at Ostrel",
    "Interviewer: Who built the mill?\nMia Holm: My aunt did. She had the stones from Vara.\n"
    "Interviewer: And the dam?\nMia Holm: A beaver, would you believe it? It took three years.\n"
    "Interviewer: Tell us of the flood.\nMia Holm: In ninety-one it came to the stairs.",
)


def page_of(shelf: Shelf, identity: bytes) -> Page:
    page = shelf.page(ROOT, identity)
    assert page is not None
    return page


def asked_of(shelf: Shelf, question: str, reader: Listening, language: str = "en") -> Asked:
    return Asked(question=read_question(question, language), holdings=shelf, reader=reader)


def heard_of(shelf: Shelf, question: str, reader: Listening) -> list[HeardSentence]:
    asked = asked_of(shelf, question, reader)
    found = searched_for(asked)
    return hear(question, reader, pages_of_talk(asked, found), found, worth_reading(asked, found).begun)


def test_sentences_are_what_is_told_without_the_names_of_who_speaks() -> None:
    page = page_of(Shelf(MILL), MILL.id)
    told = [[page.text[a:b] for a, b in unit.sentences] for unit in units_of(page)]
    assert told == [
        ["My aunt did.", "She had the stones from Vara."],
        ["It took three years."],
        ["Tell us of the flood.", "In ninety-one it came to the stairs."],
    ]


def test_places_of_an_exchange_are_places_of_its_page() -> None:
    page = page_of(Shelf(MILL), MILL.id)
    for unit in units_of(page):
        for start, end in unit.sentences:
            low, high = unit.inner(start), unit.inner(end)
            assert unit.text[low:high] == page.text[start:end]
            assert (unit.outer(low), unit.outer(high)) == (start, end)


def test_a_long_exchange_is_read_in_parts_behind_what_is_asked_and_nothing_is_said_twice() -> None:
    told = "\n".join(f"{name}: {'So it was, and so it stays. ' * 20}" for name in ("Mia", "Otto") * 3)
    long = article("Long", f"Ann: Well.\n{told}\nAnn: Why?\n{told}\nAnn: Where?\nOtto: There.")
    page = page_of(Shelf(long), long.id)
    parts = [unit for unit in units_of(page) if unit.asked and page.text[slice(*unit.asked)] == "Ann: Why?"]
    assert len(parts) > 1
    assert all(len(unit.text) <= LONGEST_UNIT + 20 for unit in parts)
    every = [span for unit in units_of(page) for span in unit.sentences]
    assert len(every) == len(set(every))


def test_what_the_readings_say_stands_beside_each_other_and_the_surest_is_first() -> None:
    reader = Listening({"mill": 3.0}, stones=1.0, aunt=4.0)
    first, second, *others = heard_of(Shelf(MILL), "Who made the mill of Ostrel?", reader)
    assert (first.text, second.text) == ("My aunt did.", "She had the stones from Vara.")
    assert (first.passage, first.exchange, first.alone) == (4.0, 4.0, 4.0)
    assert first.unit.page.text[slice(*first.mark)] == "aunt"
    assert "Interviewer: Who built the mill?\nMy aunt did." in reader.located
    assert all(each.passage < 0 for each in others)


def test_only_the_best_are_read_by_themselves() -> None:
    turns = "\n".join(f"Ann: Day {n}?\nOtto: We mended sail {n}." for n in range(3 * READ_ALONE))
    reader = Listening({"sail": 3.0}, sail=1.0)
    heard = heard_of(Shelf(article("Sails", turns)), "What did they mend, sail or net?", reader)
    assert len(heard) == READ_ALONE
    assert all(each.alone > NOWHERE for each in heard)


def test_signs_are_told_of_each_sentence() -> None:
    reader = Listening({"mill": 3.0}, aunt=4.0)
    asked = asked_of(Shelf(MILL), "How many years did the dam of Ostrel take?", reader)
    found = searched_for(asked)
    heard = hear(asked.question.text, reader, pages_of_talk(asked, found), found)
    told = signs_of_sentences(asked.question.text, asked.question.kind, heard)
    assert told.shape == (len(heard), len(SIGNS))
    rows = {each.text: dict(zip(SIGNS, row.tolist(), strict=True)) for each, row in zip(heard, told, strict=True)}
    assert rows["My aunt did."]["numbered"] == -1.0
    assert rows["It took three years."]["numbered"] == 1.0
    assert rows["My aunt did."]["passage"] == 4.0
    assert all(row["exchange"] >= LEAST for row in rows.values())
    assert signs_of_sentences("Who?", asked.question.kind, []).shape == (0, len(SIGNS))


def test_a_text_has_the_words_of_a_question_or_words_like_them() -> None:
    words = SharedWords("Who discovered penicillin?")
    assert words.share("Fleming discovered penicillin.") > words.share("Fleming found it.") > 0
    assert words.share("") == 0.0
    assert SharedWords("").share("anything") == 0.0
