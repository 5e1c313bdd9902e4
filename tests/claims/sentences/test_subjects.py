"""What an article is called by its sentences, and whose "his" and "its" are."""

from __future__ import annotations

import pytest

from galactica.claims.sentences.reading import sentence_claims


def own(title: str, text: str, name: str) -> list[str]:
    """The values of a property that a text claims of its article's thing."""
    claims = sentence_claims(text, source="s", path="p", title=title, language="en")
    return [each.value for each in claims if each.property == name and not each.subject]


def test_the_name_that_somebody_was_born_with_means_them() -> None:
    text = "Pope Leo XX (died 3 May 1900), born Ulf Mill, was a bishop of Rome. Ulf Mill was born in Oslo in 1820."
    assert own("Pope Leo XX", text, "place_of_birth") == ["Oslo"]


def test_a_longer_name_means_them_where_it_is_said_once() -> None:
    text = "Ada Mill is an English chemist. Ada Eva Maria Mill was born in Oslo. Mill was educated at Harrow School."
    assert own("Ada Mill", text, "place_of_birth") == ["Oslo"]


def test_a_longer_name_that_the_article_keeps_saying_is_somebody_elses() -> None:
    text = "John Adams was an American lawyer. John Quincy Adams was born in Braintree. John Quincy Adams was old. "
    assert own("John Adams", text + "John Quincy Adams died in 1848.", "place_of_birth") == []


def test_a_family_name_of_two_letters_is_a_name() -> None:
    assert own("Jet Li", "Jet Li is a Chinese actor. Li was born in Beijing.", "place_of_birth") == ["Beijing"]


def test_a_person_is_called_by_the_first_name_where_the_article_does() -> None:
    begun = "Eleanor of Aquitaine was a queen. "
    often = "In 1140, Eleanor was rich. There, Eleanor had a house. In spring, Eleanor left. "
    assert own("Eleanor of Aquitaine", begun + often + "Eleanor died in Poitiers.", "place_of_death") == ["Poitiers"]
    assert own("Eleanor of Aquitaine", begun + "Aquitaine died in Poitiers.", "place_of_death") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Mill met Ulf Borg and his wife Eva Lang.",
        "Ulf Borg came with his wife Eva Lang.",
        "Mill knew a man who lived with his wife Eva Lang.",
    ],
)
def test_the_wife_of_somebody_who_was_named_since_is_not_theirs(sentence: str) -> None:
    assert own("Adam Mill", "Adam Mill was an English chemist. " + sentence, "spouse") == []


def test_the_wife_of_a_sentences_subject_is_theirs() -> None:
    text = "Adam Mill was an English chemist. Mill lived in Oslo with his wife Eva Lang."
    assert own("Adam Mill", text, "spouse") == ["Eva Lang"]


def test_a_capital_of_the_past_is_not_the_capital() -> None:
    begun = "Lithuania is a country in Europe. "
    assert own("Lithuania", begun + "The capital, Vilnius, is large.", "capital") == ["Vilnius"]
    assert own("Lithuania", begun + "The capital, Kaunas, was occupied.", "capital") == []


def test_an_apposition_between_a_name_and_its_verb_is_passed_over() -> None:
    text = "Poland, officially the Republic of Poland, is a country in Europe bordered by Germany to the west."
    assert own("Poland", text, "borders") == ["Germany"]


def test_what_an_extract_left_of_a_pronunciation_does_no_harm() -> None:
    text = 'Poland ( ; Polish: "Polska" ]) is a country in Europe bordered by Germany to the west.'
    assert own("Poland", text, "borders") == ["Germany"]


def test_a_sentence_that_says_an_office_without_an_article_is_the_first() -> None:
    text = "Leo XX (died 3 May 1900), born Ulf Mill, was Pope from 1880 to his death. Mill was born in Oslo."
    assert own("Pope Leo XX", text, "date_of_death") == ["1900-05-03"]
    assert own("Pope Leo XX", text, "place_of_birth") == ["Oslo"]


def test_the_capital_of_a_city_is_told_by_its_own_sentences_alone() -> None:
    text = "Lake Elm is near. The capital, Oslo, is on the coast."
    assert own("Norway", "Norway is a country in Europe. " + text, "capital") == ["Oslo"]
    assert own("Bergen", "Bergen is a city in Norway. " + text, "capital") == []


def test_what_somebody_is_called_between_two_names_is_passed_over() -> None:
    text = 'David "Fathead" Newman (24 February 1933 – 20 January 2009) was an American saxophonist.'
    assert own('David "Fathead" Newman', text, "date_of_birth") == ["1933-02-24"]


def test_a_title_that_ends_a_sentence_does_not_cut_the_first_one() -> None:
    assert own("Dance! with Ada", "Dance! with Ada is a 1961 album by Ada Mill.", "published") == ["1961"]


def test_a_king_is_known_without_what_he_is_king_of() -> None:
    text = "Henry I (died 1 December 1135) was King of England. Henry I married Matilda of Scotland."
    assert own("Henry I of England", text, "spouse") == ["Matilda of Scotland"]


def test_a_parent_whose_name_goes_on_behind_a_comma_is_not_cut_short() -> None:
    text = "Ada Mill is an English chemist. Mill was the daughter of Charles, Prince of Wales."
    assert own("Ada Mill", text, "parent") == []


def test_her_son_is_no_mans() -> None:
    text = "Adam Mill was an English chemist. He sang, he wrote, he drew, and he was old. Her son Ulf was born in Oslo."
    assert own("Adam Mill", text, "child") == []
    assert own("Adam Mill", text.replace("Her", "His"), "child") == ["Ulf"]


def test_a_series_of_machines_is_no_film() -> None:
    assert own("Amstrad", "Amstrad is a series of computers produced by Ada Mill.", "producer") == []


def test_what_a_thing_is_also_known_as_is_passed_over() -> None:
    text = "Hong Kong, officially known as the Region, is a city in China."
    assert own("Hong Kong", text, "located_in") == ["China"]


def test_a_name_in_brackets_behind_a_neighbour_is_no_neighbour() -> None:
    text = "Latvia is a country in Europe. It is bordered by Poland (both with Elm Oblast), Estonia and British Elm."
    assert own("Latvia", text, "borders") == ["Poland", "Estonia", "British Elm"]


@pytest.mark.parametrize("title", ["", " ", "(x)", "!", "of", "of of", "A", '"" ""'])
def test_a_title_of_nothing_but_marks_does_no_harm(title: str) -> None:
    text = "Leo XX (died 3 May 1900), born Ulf Mill, was Pope. He is. It is a city of Rome."
    assert isinstance(own(title, text, "capital"), list)


@pytest.mark.parametrize("head", ["Chad", "The Republic of Chad"])
def test_an_article_on_a_side_of_a_country_is_not_the_country(head: str) -> None:
    text = f"{head} is a country in Africa. It became a member of NATO. Prague, the nation's capital, is large."
    title = f"Geography of {head.replace('The', 'the')}"
    assert own(title, text, "capital") == []
    assert own(title, text, "member_of") == []
    assert own("Chad", text, "capital") == ["Prague"]


def test_a_name_of_with_of_in_it_is_its_own_where_its_sentence_begins_with_it() -> None:
    text = "The Bank of Oslo is a bank in Norway. It is owned by Steel Holdings."
    assert own("Bank of Oslo", text, "owner") == ["Steel Holdings"]


@pytest.mark.parametrize("longer", ["Elm PC Convertible", "Elm PC 5140", "The Elm PC Network"])
def test_it_is_the_thing_that_was_named_last_where_that_has_a_longer_name(longer: str) -> None:
    begun = "The Elm PC is a home computer.\n"
    assert own("Elm PC", begun + f"{longer} was sold in 1986. It weighed 13 pounds.", "mass") == []
    assert own("Elm PC", begun + "The Elm PC was sold in 1986. It weighed 13 pounds.", "mass") == ["13"]


def test_the_years_of_a_father_behind_the_birth_are_not_the_sons() -> None:
    behind = "He was a host. He lived in Oslo. His wife was Eva."
    text = f"Ulf Borg, also called Uffe Borg, is a host born to Adam Borg (1912–1992) and Eva Lang. {behind}"
    assert own("Ulf Borg", text, "date_of_death") == []
    text = f"Ulf Borg, also called Uffe Borg (1912–1992), was a host. {behind}"
    assert own("Ulf Borg", text, "date_of_death") == ["1992"]


def test_what_stands_behind_a_semicolon_is_of_its_own_subject() -> None:
    text = "Ulf Borg was a host. Ulf Borg, a host, had rich parents; his father, Ulf Borg, was born in Oslo."
    assert own("Ulf Borg", text, "place_of_birth") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "On May 3, 1920, Mill died in Oslo.",
        "Two years later Mill died in Oslo.",
        "Having lived in New York, Mill died in Oslo.",
        "A chemist by training, he died in Oslo.",
        "Mill moved to New York in 1900, and he died in Oslo.",
        "In 1920, Mill moved north, where he later died in Oslo.",
    ],
)
def test_a_person_is_the_subject_behind_what_opens_a_sentence_or_begins_it(sentence: str) -> None:
    text = f"Adam Mill was an English chemist. He was old. {sentence}"
    assert own("Adam Mill", text, "place_of_death") == ["Oslo"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mill met Ulf Borg, and he died in Oslo.",
        "On May 3, 1920, Borg and Mill met, where she died in Oslo.",
        "Sterling, a friend, died in Oslo.",
    ],
)
def test_another_person_is_not_taken_for_them(sentence: str) -> None:
    assert own("Adam Mill", f"Adam Mill was an English chemist. He was old. {sentence}", "place_of_death") == []


def test_it_means_the_country_behind_a_sentence_on_the_country() -> None:
    text = "Chad is a country. After the war, the country was poor. Today it has a population of 5,000."
    assert own("Chad", text, "population") == ["5000"]


@pytest.mark.parametrize(
    ("title", "begins"),
    [("Republic of Chad", "Chad is a country"), ("Chad", "The Republic of Chad is a country")],
)
def test_a_state_with_its_form_is_the_state(title: str, begins: str) -> None:
    assert own(title, f"{begins} in Africa. It has a population of 5,000.", "population") == ["5000"]


def test_who_is_told_apart_by_a_byname_is_called_by_the_name_before_it() -> None:
    text = "Agrippina the Elder was a Roman woman. Agrippina was born in Athens."
    assert own("Agrippina the Elder", text, "place_of_birth") == ["Athens"]


@pytest.mark.parametrize(
    "begins",
    [
        "Adam Ulf Mill, OC (born 3 May 1900), is",
        "Adam Ulf Mill AC, CH, FRS (born 3 May 1900) is",
        "Adam Ulf Mill, Jr. (born 3 May 1900) is",
        "Adam Mill, 1st Baron Mill, Bt., PC (born 3 May 1900), known as Sir Adam Mill, is",
        "Ulf Borg (born 3 May 1900), better known by his stage name Adam Mill, is",
    ],
)
def test_honours_and_stage_names_are_no_part_of_a_name(begins: str) -> None:
    assert own("Adam Mill", f"{begins} an English singer.", "nationality") == ["English"]


def test_a_junior_is_not_the_one_whose_name_he_bears() -> None:
    text = "Adam Mill, Jr. (born 3 May 1900) is an English singer. Mill Jr. died in Oslo."
    assert own("Adam Mill", text, "place_of_death") == []


def test_a_town_is_known_without_the_state_that_its_title_adds() -> None:
    text = "Cambridge is a city in Middlesex County. It has a population of 5,000."
    assert own("Cambridge, Massachusetts", text, "population") == ["5000"]


def test_one_of_many_is_one_of_them() -> None:
    text = "Adam Mill (1806 – 1861) was one of the most prominent English poets. Mill died in Rome."
    assert own("Adam Mill", text, "place_of_death") == ["Rome"]
