"""Words of templates within sentences, blocks that templates hold, and what becomes of templates without a rule."""

from __future__ import annotations

import html
import re

import pytest

from galactica.model import Site
from galactica.refine.wikitext import ConvertedPage, wikitext_to_html

_BLOCK = re.compile(r"</?(?:p|li|ul|ol|tr|td|th|table|h2|dl|dt|dd|br|blockquote|figure|figcaption|caption)\b[^<>]*>")


def converted(text: str, wiki: str = "en") -> ConvertedPage:
    language, _, project = wiki.partition(".")
    site = Site(language=language, project=project or "wikipedia")
    return wikitext_to_html(text, title="Page", site=site, language=language)


def seen(text: str, wiki: str = "en") -> str:
    """What a reader sees, blocks with spaces between."""
    shown = _BLOCK.sub(" ", converted(text, wiki).html)
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", shown)).split())


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        ("Riga ({{langx|lv|Rīga}}) lies", "en", "Riga (Latvian: Rīga) lies"),
        ("({{langx|uk|Львів|Lviv|lit=lion}})", "en", "(Ukrainian: Львів, romanized: Lviv, lit. ‘lion’)"),
        ("({{lang-uk|Львів|translit=Lviv}})", "en", "(Ukrainian: Львів, romanized: Lviv)"),
        ("({{esS|casa}}, {{ruS|дом|dom}})", "de", "(spanisch casa, russisch дом, dom)"),
        ("({{lang-en|house}})", "ru", "(англ. house)"),
        ("a {{transl|el|oikos}} is", "en", "a oikos is"),
        ("said {{sic|teh}} on Lanai{{okina}}a", "en", "said teh [sic] on Lanaiʻa"),
        ("{{em|no}} {{not a typo|teh}} {{as written|wuz}}", "en", "no teh wuz"),
        ("A{{music|sharp}} and D{{music|b}}, {{music|time|3|4}}", "en", "A♯ and D♭, 3/4"),
        ("the {{ship|MV|Gull}} and {{USS|Tern|DD-5}}", "en", "the MV Gull and USS Tern"),
        ("a {{sclass|Tern|sloop}}", "en", "a Tern-class sloop"),
        ("{{keypress|Ctrl|Alt|Del}}", "en", "Ctrl+Alt+Del"),
        ("{{kbd|x}}", "en", "x"),
        ("est {{référence nécessaire|très haut}} et {{souligner|beau}}", "fr", "est très haut et beau"),
        ("ist {{refnec|some words}}", "en", "ist some words"),
        ("これは{{要出典範囲|高い山}}である", "ja", "これは高い山である"),
        ("他在{{tsl|en|High Street|高街}}。", "zh", "他在高街。"),
        ("他在{{le|高街|High Street}}。", "zh", "他在高街。"),
        ("彼は{{仮リンク|高い橋|en|High Bridge}}で", "ja", "彼は高い橋で"),
        ("у {{нп5|Мост|моста|en|Bridge}}", "ru", "у моста"),
        ("à {{Lien|langue=en|trad=Bridge|fr=Pont}}", "fr", "à Pont"),
        ("en {{s|1812}} году", "ru", "en 1812 году"),
        ("au {{s|XVII}}", "fr", "au XVIIe siècle"),
        ("see {{w|river|rivers}}", "en.wikinews", "see rivers"),
        ("see {{w|river|rivers}}", "fr.wikinews", "see rivers"),
        ("{{tlx|box|a|b}}", "en", "{{box|a|b}}"),
        ("{{nihongo|hill|丘|oka|extra=low}}", "en", "hill (丘, oka, low)"),
        (
            "{{zh|t=漢|s=汉|p=Hàn|l=Han}}",
            "en",
            "traditional Chinese: 漢; simplified Chinese: 汉; pinyin: Hàn; lit.: ‘Han’",
        ),
        ("{{abbr|EU|Union}} {{tooltip|x|y}}", "en", "EU x"),
        ("a{{snd}}b{{'}}s{{nbsp}}c{{=}}d{{!}}e", "en", "a – b's c=d|e"),
        ("{{IPA|fr|vil}} {{IPA-fr|vil|local}}", "en", "[vil] [vil]"),
    ],
)
def test_words_in_sentences_stay(text: str, wiki: str, expected: str) -> None:
    assert seen(text, wiki) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{{Bio|Nome=Ugo|Cognome=Sani|Sesso=M|LuogoNascita=Bari|GiornoMeseNascita=1º aprile|AnnoNascita=1920"
            "|Attività=scultore|Nazionalità=italiano}}",
            "Ugo Sani (Bari, 1º aprile 1920) è uno scultore italiano.",
        ),
        (
            "{{Bio|Nome=Eva|Cognome=Alto|Sesso=F|LuogoNascita=Pisa|AnnoNascita=1900|LuogoMorte=Siena|AnnoMorte=1990"
            "|Attività=attrice|Attività2=regista|Nazionalità=italiana|PostNazionalità=, attiva in teatro}}",
            "Eva Alto (Pisa, 1900 – Siena, 1990) è stata un'attrice e regista italiana, attiva in teatro.",
        ),
        (
            "{{Bio|Nome=Leo|Cognome=Po|Sesso=M|AnnoNascita=1800|FineIncipit=fu un viaggiatore}}",
            "Leo Po (1800) fu un viaggiatore.",
        ),
    ],
)
def test_an_italian_biography_has_its_first_sentence(text: str, expected: str) -> None:
    assert seen(text, "it") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{Tracklist|title1=Low|length1=1:01|title2=High|length2=2:02|note2=live}}", "1. Low 1:01 2. High 2:02 live"),
        ("{{glossary}}\n{{term|hull}}\n{{defn|The body.}}\n{{glossary end}}", "hull The body."),
        ("{{collapsible list|title=Who|Eve|Dan}}", "Who Eve Dan"),
        ("{{ordered list|x|y|z}}", "x y z"),
        ("{{columns-list|2|\n* x\n* y\n}}", "x y"),
        ("{{hidden|Head|Body words}}", "Head Body words"),
        ("{{verse translation|lang=la|Una|One}}", "Una One"),
        ("{{quote box|quote=Said so.|author=Eve|source=Book}}", "Said so. — Eve, Book"),
        (
            "{{football box|date=5 May|team1=Us|score=3–1|team2=Them|stadium=Park|referee=Dan}}",
            "5 May – Us 3–1 Them Stadium: Park Referee: Dan",
        ),
        ("{{Episode list|Title=Low|OriginalAirDate=5 May|ShortSummary=Eve wins.}}",
         "Title Low OriginalAirDate 5 May ShortSummary Eve wins."),
        ("{{chart/start}}\n{{chart| |EVE|-|DAN| |EVE=Eve Hill|DAN=Dan Hill}}\n{{chart/end}}", "Eve Hill · Dan Hill"),
    ],
)  # fmt: skip
def test_blocks_stay(text: str, expected: str) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'x<ref name="k" group="n" />\n\n{{#tag:references|<ref name="k">Kept text</ref>|group=n}}',
        'x<ref name="k" group="n" />\n\n{{reflist|group=n|refs=<ref name="k">Kept text</ref>}}',
        'x<ref name="k" group="n" />\n\n<references group="n"><ref name="k">Kept text</ref></references>',
        'x{{efn|name=k}}\n\n{{notelist|refs={{efn|name=k|Kept text}}}}',
        'x{{r|k}}\n\n{{reflist|refs=<ref name=k>Kept text</ref>}}',
        'x{{sfnm|1a1=Kept|1y=text|2a1=Other|2y=2001}}',
    ],
)  # fmt: skip
def test_notes_that_a_list_defines_have_their_text(text: str) -> None:
    assert "Kept text" in seen(text)


# ------------------------------------------------------------------ templates that have no rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He saw {{zork blue|many words}} there.", "He saw many words there."),
        ("He saw {{zork blue|en|many words}} there.", "He saw many words there."),
        ("({{zork blue|many words}}) he saw", "(many words) he saw"),
        ("{{zork blue|Many words}} were seen.", "Many words were seen."),
        ("* {{zork blue|Many words}} – seen", "Many words – seen"),
        ("他去了{{zork blue|高山}}和河。", "他去了高山和河。"),
        ("I{{zork blue|la}}n", "Ilan"),
    ],
)
def test_words_of_an_unknown_template_in_a_sentence_stay_and_are_counted(text: str, expected: str) -> None:
    assert seen(text) == expected
    assert converted(text).dropped == (("zork blue", 1),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is so.{{zork blue|says who}} Yes.", "It is so. Yes."),
        ("It is so{{zork blue|May 2010}} today.", "It is so today."),
        ("It has {{population/Riga|Centre}} people.", "It has people."),
        ("It has {{#expr: {{zork blue|Centre}} + 1}} people.", "It has people."),
        ("* {{zork blue|nm123}}", ""),
        ("Words.\n{{zork nav|Words of a box}}\nMore.", "Words. More."),
        ("See {{zork blue|File.jpg}} there.", "See there."),
        ("See {{zork blue|date=May 2010}} there.", "See there."),
    ],
)
def test_marks_navigation_and_computed_values_stay_out(text: str, expected: str) -> None:
    result = re.sub(r" +", " ", seen(text))
    assert result == expected


def test_an_unknown_template_of_many_named_values_is_a_table_wherever_it_stands() -> None:
    text = "Words.\n\n== Part ==\n{{Zork blue\n| river = Gauja\n| length = 452 km\n| mouth = [[Gulf]]\n}}\nMore."
    assert seen(text) == "Words. Part River Gauja Length 452 km Mouth Gulf More."
    assert converted(text).dropped == (("zork blue", 1),)


def test_prose_in_an_unknown_template_is_a_paragraph() -> None:
    text = "Words.\n\n{{Zork blue|These are quite a few words that somebody wrote.}}\n\nMore."
    assert seen(text) == "Words. These are quite a few words that somebody wrote. More."


def test_an_unknown_reference_in_a_note_says_what_it_holds() -> None:
    assert "A title, Some press, 1999" in seen("x<ref>{{Zork|qux=A title|quux=Some press|3=1999}}</ref>")


def test_a_sign_that_is_given_words_is_another_template_of_that_name() -> None:
    assert seen("He saw {{w|many words}} there.") == "He saw many words there."


def test_an_argument_that_a_rule_does_not_know_is_counted() -> None:
    assert converted("{{nowrap|a b|zork=many words}}").dropped == (("nowrap|zork", 1),)


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        (
            "* {{sleep|name=Inn|alt=Old one|address=Hill 2|phone=+9 9|checkin=14:00|price=€40|content=Quiet.|lat=1}}",
            "en.wikivoyage",
            "Inn (Old one), Hill 2, ☎ +9 9. Check-in: 14:00. €40. Quiet.",
        ),
        ("* {{eat|name=Inn|content=Soup.|zork=many words}}", "en.wikivoyage", "Inn. Soup."),
        ("* {{Manger|nom=Auberge|horaire=midi|description=Soupe.}}", "fr.wikivoyage", "Auberge. midi. Soupe."),
        ("{{see|Riga}}", "en", "See also: Riga"),
        (
            "{{Regionlist\n| region1name=[[North]]\n| region1items=Riga\n| region1description=Cold.|region2name=S}}",
            "en.wikivoyage",
            "North (Riga) – Cold. S",
        ),
    ],
)
def test_a_guide_says_where_what_costs_how_much(text: str, wiki: str, expected: str) -> None:
    assert re.sub(r" +", " ", seen(text, wiki)).strip() == expected


def test_what_a_guides_entry_does_not_know_is_counted() -> None:
    assert converted("* {{eat|name=Inn|zork=many words}}", "en.wikivoyage").dropped == (("eat|zork", 1),)
