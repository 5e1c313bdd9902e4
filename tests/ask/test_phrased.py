"""What a sentence of the article on a thing says of it in a way that goes with the question is found."""

from __future__ import annotations

import pytest

from galactica.ask.asked import Asked
from galactica.ask.phrased import phrase_told, phrased
from galactica.ask.question import read_question

from .group.pretended import Pointing, Shelf, article

SHELF = Shelf(
    article(
        "Tarbo",
        "The tarbo is a small animal, native to Aldova and the north of Sund. The Alpine tarbo is 9 m long. "
        "A full-grown tarbo stands 1.85 m at the shoulder. Its diet consists mainly of seeds and small fish. "
        "Tarbos live up to 24 years. Gestation in tarbos lasts around two months. Tarbos may weigh 900 kg.",
    ),
    article(
        "Lake Norra",
        "Lake Norra is a lake in Sund. Its tributary, the Vell, is 80 km long. The lake has a depth of 310 m. "
        "With an area of 1,200 km2, Lake Norra is the largest lake of Sund.",
    ),
    article("Grey fever", "Grey fever is a disease of cattle caused by a virus, which was found in 1920. "),
    article("The Mill (1950 film)", "The Mill is a 1950 film directed by Ida Thorn, starring Karl Reed and Ole Dahl."),
    article("Sandland", "Sandland is a federation comprising 36 states and one district. Sandland has no islands."),
    article("Vekta", 'Vekta was a policy. The literal meaning of vekta is "opening", which it was not.'),
)


def told(question: str) -> str:
    asked = Asked(question=read_question(question, "en"), holdings=SHELF, reader=Pointing())
    found = phrased(asked)
    return found[0].hit.text[found[0].start - found[0].hit.start : found[0].end - found[0].hit.start] if found else ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how tall is a tarbo", "1.85 m"),
        ("what do tarbos eat", "seeds and small fish"),
        ("where do tarbos live?", "Aldova and the north of Sund"),
        ("how long do tarbos live", "24 years"),
        ("how long are tarbos pregnant", "two months"),
        ("how deep is lake norra", "310 m"),
        ("how big is lake norra", "1,200 km2"),
        ("what causes grey fever", "a virus"),
        ("who stars in the mill", "Karl Reed and Ole Dahl"),
        ("how many states are there in sandland", "36"),
        ("what does vekta mean", "opening"),
    ],
)
def test_what_the_article_says_of_its_thing_is_found(question: str, answer: str) -> None:
    assert told(question) == answer


@pytest.mark.parametrize(
    "question",
    [
        "how long is a tarbo",  # the Alpine one is another
        "how much do tarbos weigh",  # they may
        "how long is lake norra",  # its tributary is
        "how many islands does sandland have",  # it denies that
        "how many districts does sandland have in the north",
        "how fast is a tarbo",
        "what do foxes eat",
    ],
)
def test_what_is_said_of_another_thing_or_not_outright_is_none(question: str) -> None:
    assert told(question) == ""


def test_what_is_found_is_called_probable_and_quoted_with_its_sentence() -> None:
    asked = Asked(question=read_question("how big is it", "en"), holdings=SHELF, reader=Pointing())
    found = phrase_told(asked, "Lake Norra", "area")
    assert found is not None
    assert found.claimed is not None
    assert 0.6 < found.claimed.confidence < 0.94
    assert found.hit.text[found.first - found.hit.start : found.last - found.hit.start].endswith(
        "With an area of 1,200 km2, Lake Norra is the largest lake of Sund."
    )
    assert phrase_told(asked, "Lake Norra", "speed") is None


def test_where_another_source_was_found_it_is_read_instead() -> None:
    shelf = Shelf(
        article("Tarbo", "Tarbos live up to 24 years.", source="wiki"),
        article("Tarbo", "Tarbos live up to 30 years.", source="atlas"),
    )
    asked = Asked(question=read_question("how long do tarbos live", "en"), holdings=shelf, reader=Pointing())
    assert phrased(asked)
    assert phrased(asked, shelf.passages("tarbos", limit=8)) == []


def test_other_languages_are_left_alone() -> None:
    asked = Asked(question=read_question("wie groß ist Tarbo", "de"), holdings=SHELF, reader=Pointing())
    assert phrased(asked) == []


OTHERS = Shelf(
    article(
        "Wumo", "Wumo tablets contain sugar. Wumo is kept in jars made of glass. Wumo is used in labs to stain cells."
    ),
    article(
        "Lora", "Lora has a square named after Berg. Its bridge was named after Lund. Lora was named after a queen."
    ),
    article("Old Sund", "Old Sund has a square named after Berg. Its bridge was named after Lund."),
    article("Nivo", "Nivo is a band. Its second album was released in 2005. Nivo was released on DVD in 2007."),
    article(
        "Pemo", "Pemo patients were treated with contempt. Pemo worked through the night. A ship was named after Pemo."
    ),
    article("Zad", "Zad is a protein. The function of zad is to carry oxygen. Zad works by binding iron."),
)


EVERYDAY = Shelf(
    article(
        "Vorn",
        "Vorn Motors Limited is a firm, and a wholly owned subsidiary of the Sund group Karo. It was owned by Reed.",
    ),
    article(
        "Ostria",
        "The present Ostria, then called Vell Land, was settled in 1822. Ostria's population is around 9 million.",
    ),
    article("Geography of Norland", "It is a small nation of 17,820 square kilometers. Norland is flat."),
    article("Head of the Board", "The post was made in 1958 and is filled by the House for five-year terms."),
    article("Ole Dahl", 'Karl "Ole" Dahl (born 1954) is a retired Sund baseball shortstop who played for the Mills.'),
    article("Minna", 'Minna is a state. Its name comes from the Vell word for "clear water." Minna is flat.'),
    article(
        "Irum",
        "Irum is a metal. Ida Reed, who was the first to see it, named irum for the goddess Iru, who was bright.",
    ),
    article("Plast", "Plasts are parts of plants. Their main role is to catch light, where it is kept."),
    article(
        "Tiles of Sund", "Tiles of Sund is a game, played with a set of 32 stones. The game is played by 2–6 players."
    ),
    article(
        "Osric II",
        "Osric II or Osrik II (died 1124), born Guy of Vara, was a king. Osric II was succeeded by Osric III.",
    ),
    article(
        "World Bank of Sund",
        "The World Bank of Sund (WBS) is a bank headquartered in Vara, N.S., in the south of Sund, of 188 members.",
    ),
    article("Kala", "Kala is a game created in Sund in 1882 by Ida Thorn (1850–1901) before the war."),
    article("Flut", "Flut is a 1987 game developed and published by Reed Games. It was released on disc."),
    article("Vell Works", "Founded on 3 May 1889, it first made cards. It is a subsidiary of V.S. group Karo."),
    article("The Ashes", "The Ashes were a group formed in Vara in 1972, comprising Ida Reed, Ole Dahl, and Ann Holt."),
    article("Rootfever", "Rootfever was a plague, resulting in the deaths of an estimated 75 to 200 million people."),
    article("Mossfox", "The mossfox is a small, reddish-brown animal. The mossfox is currently found only in Sund."),
    article(
        "Osmin", "Osmin is a lustrous, silvery-white metal. It was first isolated by the chemist Karl Reed in 1850."
    ),
    article(
        "Long Ride", "Long Ride is a 1941 film produced by Ole Dahl, written by Ida Reed, and directed by Ann Holt."
    ),
    article("Aldova", "Aldova is a state. The official language is Sundish, although Vell is also spoken."),
    article("Ann Vell", "Ann Vell was best known for her songs of Sund. She was married to Karl Reed in Vara."),
    article(
        "Vara",
        "Vara is a town. It stands on a street, then called Mill Street, and has a park formerly named Ash Park.",
    ),
)
TRAPS = Shelf(
    article(
        "Ostria",
        "Ostria has an island of 90 km2. The Sund population of Ostria was estimated at 500. In 1801, the population of"
        " Ostria was estimated at 700. The population of Ostria is one of the smallest, and the population of Ostria is"
        " 95.5% Sund. Reed called Ostria after his death the best of lands. Ostria was once called the Pearl of the"
        " Sea. In Vara the official language is Vell.",
    ),
    article("Ida Reed", "Ida Reed was a governor. She was elected for a two-year term to the board of Vara."),
    article("Honey", "Honey is made by bees. Honey is used in drinks as a sweetener."),
    article("Sund Bank", "Sund Bank is a firm. It was headquartered in Vara, and is partly owned by Karo."),
    article("Guy Dahl", "Guy Dahl was traded to the Reds for pitcher Sam Ott. He was an Austrian born American actor."),
    article("Karo Orel", "Karo Orel was a king. He married Minna, born Anna Berg."),
)


@pytest.mark.parametrize(
    "question",
    [
        "how big is ostria",
        "how many people live in ostria",
        "what is ostria named after",
        "what was ostria formerly called",
        "what is the official language of ostria",
        "how long did ida reed serve",
        "what do bees use honey for",
        "where is sund bank based",
        "who owns sund bank",
        "what position did guy dahl play",
        "what is guy dahl's real name",
        "what is karo orel's real name",
    ],
)
def test_what_is_said_of_something_else_answers_nothing(question: str) -> None:
    assert phrased(Asked(question=read_question(question, "en"), holdings=TRAPS, reader=Pointing())) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who owns vorn now", "the Sund group Karo"),
        ("what did ostria use to be called", "Vell Land"),
        ("how many people live in ostria", "9 million"),
        ("how big is norland", "17,820 square kilometers"),
        ("how long does the head of the board serve for", "five-year"),
        ("what position did ole dahl play", "shortstop"),
        ("what does the name minna mean", "clear water."),
        ("why is it called irum", "the goddess Iru"),
        ("what do plants use plasts for", "catch light"),
        ("what do you play tiles of sund with", "a set of 32 stones"),
        ("how many people can play tiles of sund", "2–6"),
        ("what was osric the second's name before he was king", "Guy of Vara"),
        ("where does the wbs have its head office", "Vara, N.S."),
        ("what was vara formerly called", ""),  # a street, and a park
        ("who started kala", "Ida Thorn"),
        ("who made flut", "Reed Games"),
        ("when were the vell works started", "3 May 1889"),
        ("who owns vell works", "V.S. group Karo"),
        ("members of the ashes", "Ida Reed, Ole Dahl, and Ann Holt"),
        ("how many people did rootfever kill", "75 to 200 million"),
        ("where do mossfoxes live", "Sund"),
        ("what color is osmin", "silvery-white"),
        ("who discovered osmin", "the chemist Karl Reed"),
        ("who made long ride", "Ole Dahl"),
        ("what do people speak in aldova", "Sundish"),
        ("who was ann vell's husband", "Karl Reed"),
        ("who directed long ride", ""),  # the reader finds the same word
        ("what was ann vell known for", "her songs of Sund"),
        ("when did long ride close", ""),
        ("who owns ostria", ""),
    ],
)
def test_what_is_asked_every_day_is_found(question: str, answer: str) -> None:
    asked = Asked(question=read_question(question, "en"), holdings=EVERYDAY, reader=Pointing())
    found = phrased(asked)
    assert " ".join(each.hit.text[each.start - each.hit.start : each.end - each.hit.start] for each in found) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what is wumo made of", ""),  # its tablets, and its jars
        ("what is the function of wumo", ""),
        ("who was lora named after", "a queen"),
        ("who was old sund named after", ""),  # a square, and a bridge
        ("when was nivo released", ""),  # an album, and a disc
        ("how is pemo treated", ""),
        ("how did pemo work", ""),
        ("who was pemo named after", ""),
        ("what is the function of zad", "carry oxygen"),
        ("how does zad work", "by binding iron"),
    ],
)
def test_what_is_said_of_something_of_a_thing_is_not_said_of_it(question: str, answer: str) -> None:
    asked = Asked(question=read_question(question, "en"), holdings=OTHERS, reader=Pointing())
    found = phrased(asked)
    assert " ".join(each.hit.text[each.start - each.hit.start : each.end - each.hit.start] for each in found) == answer
