"""An article gets the names in other scripts that its own page gives it, and no others."""

from __future__ import annotations

import pytest

from galactica.building.batches import article_of_refined
from galactica.model import Document, Site
from galactica.refine.article import Refined, refine
from galactica.refine.elsewhere import LONGEST_NAME, MOST_NAMES, names_elsewhere

OWN = Site(namespaces=(("talk", 1), ("module", 828)), language="en", project="wikipedia")


def wiki(text: str, title: str = "Arden", language: str = "en") -> tuple[str, ...]:
    document = Document(source="w", path=title, title=title, markup="wikitext", content=text, site=OWN)
    return names_elsewhere(document, title, "", language)


def led(text: str, title: str, language: str = "en") -> tuple[str, ...]:
    document = Document(source="w", path=title, title=title, markup="text", content=text)
    return names_elsewhere(document, title, text, language)


def page(links: str, title: str = "Arden") -> tuple[str, ...]:
    content = f"<html><head>{links}</head><body><h1>{title}</h1><ul>{links}</ul></body></html>"
    document = Document(source="w", path="arden.html", title=title, markup="html", content=content)
    return names_elsewhere(document, title, "", "en")


def test_links_to_other_languages_name_an_article_in_other_scripts() -> None:
    text = (
        "'''Arden''' is a town.\n\n[[ru:Арден]]\n[[zh:阿登]]\n[[ar:أردن]]\n[[hi:आर्डेन|label]]\n[[ ZH-min-nan : 亞登 ]]"
    )
    assert set(wiki(text)) == {"Арден", "阿登", "أردن", "आर्डेन", "亞登"}


def test_persons_are_also_called_as_people_say_them() -> None:
    assert wiki("[[ru:Рид, Анна Ивановна]]") == ("Рид, Анна Ивановна", "Анна Ивановна Рид", "Анна Рид")
    assert wiki("[[ru:Рид, Анна]][[uk:Ардени, озеро]]") == ("Рид, Анна", "Ардени, озеро")


def test_names_in_the_script_of_the_title_are_left_out() -> None:
    assert wiki("Bread.\n[[fr:Pain]]\n[[de:Brot]]\n[[simple:Loaf]]\n[[ru:Хлеб]]", "Bread") == ("Хлеб",)
    assert wiki("Хлеб.\n[[fr:Pain]]\n[[uk:Хліб]]", "Хлеб", "ru") == ("Pain",)


@pytest.mark.parametrize(
    "text",
    [
        "[[:ru:Арден]]",  # a link that is seen
        "[[ru:Арден#История]]",  # a section of another page
        "[[ru:Категория:Арден]]",
        "[[ru:Участник:Арден]]",
        "[[ru:]]",
        "[[ru: _ ]]",
        "[[file:Арден.jpg]]",
        "[[Файл:Арден.jpg]]",
        "[[Talk:Арден]]",
        "[[Module:Арден]]",
        "[[q:Арден]]",  # another project
        "[[wikt:арден]]",
        "[[qx:Арден]]",  # no language
        "[[zz-top:Арден]]",
        "[[Арден]]",
        "[[ru:Арден",
        "<!-- [[ru:Арден]] -->",
        "<nowiki>[[ru:Арден]]</nowiki>",
        "<pre>[[ru:Арден]]</pre>",
        f"[[ru:{'А' * (LONGEST_NAME + 1)}]]",
        "[[ru:" + "А" * 10_000 + "]]",
    ],
)
def test_what_only_looks_like_a_link_to_another_language_gives_no_name(text: str) -> None:
    assert wiki(f"Arden is a town. {text}") == ()


@pytest.mark.parametrize("before", ["<!-- a --> ", "<nowiki/> ", "<nowiki> ", "<!-- <nowiki> --> ", "<pre>a</pre>"])
def test_what_hides_other_text_hides_no_name(before: str) -> None:
    assert wiki(f"{before}[[ru:Арден]]") == ("Арден",)


def test_the_first_link_to_a_language_counts() -> None:
    assert wiki("[[ru:Арден]] and [[ru:Другое]]") == ("Арден",)


def test_of_very_many_names_those_in_languages_that_people_ask_in_are_kept() -> None:
    rare = "aa ab ace ady ak als alt ami an ang ann anp arc ary arz as ast atj av avk awa ay azb ba ban bar bbc".split()
    rare += "bcl bew bh bi bjn blk bm bo bpy br bug bxr ce ceb ch cho chr chy co cr crh csb cu cv dag dga din".split()
    rare += "diq dsb dtp dty dv dz ee eml ext fat ff fj fo fon frp frr fur".split()
    text = "\n".join(f"[[{code}:Имя {number}]]" for number, code in enumerate(rare))
    found = wiki(f"{text}\n[[ru:Арден]]")
    assert len(found) == MOST_NAMES
    assert "Арден" in found


def test_ten_thousand_links_and_openings_are_read_in_one_go() -> None:
    links = "".join(f"[[ru:Имя {number}]]" for number in range(10_000))
    assert wiki("<!-- a -->" * 10_000 + links) == ("Имя 0",)
    assert wiki("<nowiki><pre>" * 10_000 + links + "[[" * 10_000) == ("Имя 0",)
    assert wiki("[[ru:" * 10_000 + "[[zh:阿登]]" + "[[ru:А|" * 10_000) == ("阿登",)


def test_the_list_of_languages_of_a_wiki_s_page_names_its_article() -> None:
    item = (
        '<li class="interlanguage-link interwiki-{0}"><a href="https://{0}.wikipedia.org/wiki/{1}" title="x">y</a></li>'
    )
    links = (
        item.format("ru", "%D0%90%D1%80%D0%B4%D0%B5%D0%BD") + item.format("de", "Arden") + item.format("zh", "阿_登")
    )
    assert set(page(links)) == {"Арден", "阿 登", "阿登"}
    named = '<li class="interwiki-ru"><a data-title="Арден &amp; Ко" href="//ru.wikipedia.org/wiki/%D0%90">y</a></li>'
    assert page(named) == ("Арден & Ко",)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ('<link rel="alternate" hreflang="ru" href="https://ru.wiki.example/wiki/Арден">', ("Арден",)),
        ('<link rel="alternate" hreflang="ru" href="https://ru.site.example/ru/Арден">', ()),  # an address, no title
        ('<link rel="canonical" hreflang="ru" href="https://ru.wiki.example/wiki/Арден">', ()),
        ('<link rel="alternate" hreflang="x-default" href="https://site.example/">', ()),
        ('<li class="item"><a href="https://ru.wiki.example/wiki/Арден">y</a></li>', ()),  # a link like others
        ('<li class="interwiki-ru"><a href="https://ru.wiki.example/wiki/Категория:Арден">y</a></li>', ()),
        ("<link hreflang " * 2_000, ()),
    ],
)
def test_only_addresses_of_titles_in_lists_of_languages_name_an_article(links: str, expected: tuple[str, ...]) -> None:
    assert page(links) == expected


@pytest.mark.parametrize(
    ("text", "title", "language", "expected"),
    [
        ("Vara (Russian: Вара, tr. Vara, IPA: [ˈvarə]) is a town.", "Vara", "en", ["Вара"]),
        ("Vara (/ˈθɑːrə/ VAR-ə; Chinese: 瓦拉; pinyin: Wǎlā) is a town.", "Vara", "en", ["瓦拉"]),
        ("Area | 12 km²\nVara (瓦拉, Wǎlā) is a town.", "Vara", "en", ["瓦拉"]),
        ("Vara (simplified Chinese: 瓦拉; traditional Chinese: 瓦拉城) is", "Vara", "en", ["瓦拉", "瓦拉城"]),
        ("Count Lew Ivanovich Reed (Russian: Лев Рид; 9 May 1828 – 2 May 1910) was", "Lew Reed", "en", ["Лев Рид"]),
        ("Vara (chinesisch 瓦拉, Pinyin Wǎlā) ist eine Stadt.", "Vara", "de", ["瓦拉"]),
        ("Vara (en russe : Вара) est une ville.", "Vara", "fr", ["Вара"]),
        ("Вара (англ. Vara, [ˈvarə]) — город.", "Вара", "ru", ["Vara"]),
        ("瓦拉（俄語：Вара；英語：Vara）是一座城市。", "瓦拉", "zh", ["Вара", "Vara"]),
        ("瓦拉市（ヴァラし、英: Vara）は都市である。", "瓦拉市", "ja", ["ヴァラし", "Vara"]),
        ("فارا (بالروسية: Вара) مدينة.", "فارا", "ar", ["Вара"]),
        ("वारा (रूसी: Вара) एक शहर है।", "वारा", "hi", ["Вара"]),
        ("Vara (town) is none. Vara (Вара) is", "Vara (town)", "en", []),
        ("Vara (Вара) is a town.", "Vara (town)", "en", ["Вара"]),
        ("Vara (Arabic: \u200eفارا\u200e) is", "Vara", "en", ["فارا"]),
        ("Vara (Russian: Ва́ра) is", "Vara", "en", ["Вара"]),
        ("Lew Reed (Russian: Лев Ива́нович Рид) was", "Lew Reed", "en", ["Лев Иванович Рид", "Лев Рид"]),
        ("바라 (독일어: Vara [ˈvaːra] ˈvaːra)는 도시이다.", "바라", "ko", ["Vara"]),
        ("Вара (German: Vara) — город.", "Вара", "ru", ["Vara"]),
        ('Vara (Arabic: فارا "al-Vārā"; French: "Vara") is', "Vara", "en", ["فارا"]),
        ('Vara (; Greek: Βάρα ], "Vara"; 384 BC) was', "Vara", "en", ["Βάρα"]),
        ("Vara (Persian: وارا / وارای نو) is", "Vara", "en", ["وارا", "وارای نو"]),
        ("Vara of Norland (Greek: Βάρα) was", "Vara", "en", ["Βάρα"]),
        ("Vara Reed (Japanese: 瓦 拉, Hepburn: Vara) was", "Vara", "en", ["瓦 拉", "瓦拉"]),
        # Not the name of the article, or not a name:
        ("Vara is a town in Norland (Норланд).", "Vara", "en", []),
        ("Vara River is near Norland (Норланд).", "Vara", "en", []),
        ('Vara (Вара "the town" of the north) is', "Vara", "en", []),
        ("Vara, the capital of Norland (Норланд), is", "Vara", "en", []),
        ("The town of Ulm (Ульм) lies near Vara.", "Vara", "en", []),
        ("Astrology (from Greek: ἄστρον, star, and λόγος) is", "Astrology", "en", []),
        ("Vara (born in Вара) was", "Vara", "en", []),
        ("Vara (Вара 2) is", "Vara", "en", []),
        ("Vara (known to all who live there as Вара) is", "Vara", "en", []),
        ("Vara (1828–1910; α) was", "Vara", "en", []),
        ("Vara (Вара is not closed", "Vara", "en", []),
        ("Vara (", "Vara", "en", []),
        ("? (also written Question Mark) is a film.", "? (film)", "en", []),
        ("()", "", "en", []),
        ("(" * 5_000 + "Вара" + ")" * 5_000, "Vara", "en", []),
        ("Vara (Вара" + "а" * 10_000 + ")", "Vara", "en", []),
    ],
)
def test_the_brackets_behind_its_name_name_an_article_in_other_scripts(
    text: str, title: str, language: str, expected: list[str]
) -> None:
    assert list(led(text, title, language)) == expected


def test_a_title_without_letters_may_have_any_name() -> None:
    assert wiki("[[zh:1984年]]", "1984") == ("1984年",)


def test_names_are_aliases_of_the_article_also_where_its_body_is_kept() -> None:
    text = "'''Arden''' (Greek: Άρντεν) is a town.\n\n[[ru:Арден]]\n[[de:Arden]]"
    document = Document(source="w", path="Arden", title="Arden", markup="wikitext", content=text, site=OWN)
    made = refine(document, language="en")
    assert isinstance(made, Refined)
    assert made.aliases == ("Άρντεν", "Арден")
    assert "Арден" not in made.text
    again = refine(document, language="en", kept=article_of_refined(made))
    assert isinstance(again, Refined)
    assert (again.aliases, again.body) == (made.aliases, made.body)
