"""Numbers, measures, money and dates of templates: the values that a reader of the wiki itself sees."""

from __future__ import annotations

import html
import re

import pytest

from galactica.model import Site
from galactica.refine.wikitext import wikitext_to_html
from galactica.values import numerals

NARROW, FIXED = "\u202f", "\u00a0"


def seen(text: str, wiki: str = "en") -> str:
    """What a reader sees; no-break spaces as spaces, narrow ones kept."""
    language, _, project = wiki.partition(".")
    site = Site(language=language, project=project or "wikipedia")
    result = wikitext_to_html(text, title="Page", site=site, language=language).html
    return html.unescape(re.sub(r"<[^<>]*>", "", result)).replace(FIXED, " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "9,876,543.21"),
        ("de", "9.876.543,21"),
        ("fr", f"9{NARROW}876{NARROW}543,21"),
        ("ru", f"9{FIXED}876{FIXED}543,21"),
        ("pl", f"9{FIXED}876{FIXED}543,21"),
        ("de-CH", "9’876’543.21"),
        ("hi", "98,76,543.21"),
        ("bn", "৯৮,৭৬,৫৪৩.২১"),
        ("fa", "۹٬۸۷۶٬۵۴۳٫۲۱"),
        ("my", "၉,၈၇၆,၅၄၃.၂၁"),
        ("tr", "9.876.543,21"),
        ("zh-Hant", "9,876,543.21"),
    ],
)
def test_a_number_is_written_as_its_wiki_writes_it(language: str, expected: str) -> None:
    assert numerals.write_number("9876543.21", language.lower()) == expected
    assert numerals.without_style(expected, language.lower()) == "9876543.21"


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        ("{{formatnum:4321}}", "en", "4,321"),
        ("{{formatnum:4321}}", "es", "4321"),
        ("{{formatnum:43210}}", "es", "43 210"),
        ("{{formatnum:-4321.5}}", "de", "-4.321,5"),
        ("{{formatnum:4321 km}}", "nl", "4.321 km"),
        ("{{formatnum:4321|NOSEP}}", "de", "4321"),
        ("{{formatnum:4.321,5|R}}", "de", "4321.5"),
        ("{{#expr:{{formatnum:2,500|R}}/2}}", "en", "1250"),
        ("{{formatnum:1.2.3}}", "de", "1.2.3"),
        ("{{formatnum:some}}", "de", "some"),
    ],
)
def test_formatnum(text: str, wiki: str, expected: str) -> None:
    assert seen(text, wiki) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("5|ft|11|in|cm", "5 ft 11 in (180 cm)"),
        ("5|ft|11|in", "5 ft 11 in (1.80 m)"),
        ("3|e6acre|km2", "3×106 acres (12,000 km²)"),
        ("4|km2|e3acre", "4 km² (0.99×103 acres)"),
        ("1|acre|sqft", "1 acre (44,000 sq ft)"),
        ("20|PD/sqmi", "20/sq mi (7.7/km²)"),
        ("300|lb-ft|Nm", "300 lb⋅ft (410 N⋅m)"),
        ("7|square miles", "7 sq mi (18 km²)"),
        ("7|km|mi with some words", "7 km mi with some words (4.3 mi)"),
        (
            "7|km|one two three four five six seven eight nine",
            "7 km one two three four five six seven eight nine (4.3 mi)",
        ),
        ("7|lb|8|oz|kg", "7 lb 8 oz (3.4 kg)"),
        ("10|st|7|lb|kg lb", "10 st 7 lb (67 kg; 147 lb)"),
        ("3|mi|200|yd|km", "3 mi 200 yd (5.011 km)"),
        ("1.91|m|ftin", "1.91 m (6 ft 3 in)"),
        ("80|kg|lb stlb", "80 kg (180 lb; 12 st 8 lb)"),
        ("2|to|3|km|mi", "2 to 3 km (1.2 to 1.9 mi)"),
        ("2|–|3|km|mi", "2–3 km (1.2–1.9 mi)"),
        ("4|by|6|m|ft", "4 by 6 m (13 by 20 ft)"),
        ("4|x|6|m|ft", "4 × 6 m (13 × 20 ft)"),
        ("100|+/-|5|kg|lb", "100 ± 5 kg (220 ± 11 lb)"),
        ("8|km|mi|2", "8 km (4.97 mi)"),
        ("8|km|mi|sigfig=4", "8 km (4.971 mi)"),
        ("8|km|mi|disp=or", "8 km or 5.0 mi"),
        ("8|km|mi|disp=out", "5.0 mi"),
        ("8|km|mi|order=flip", "5.0 mi (8 km)"),
        ("8|km|mi|adj=mid|-long", "8 km long (5.0 mi)"),
        ("2+1/2|mi|km", "2+1⁄2 mi (4.0 km)"),
        ("12000|km|mi", "12,000 km (7,500 mi)"),
        ("1.5e6|km2|sqmi", "1.5×106 km² (580,000 sq mi)"),
        ("-5|C|F", "−5 °C (23 °F)"),
        ("10|C-change|F-change", "10 °C (18 °F)"),
        ("5|ells", "5 ells"),
        ("5|ells|yd", "5 ells"),
    ],
)
def test_convert(call: str, expected: str) -> None:
    assert seen(f"{{{{convert|{call}}}}}") == expected


def test_a_conversion_that_is_not_made_is_counted() -> None:
    result = wikitext_to_html("{{convert|5|ells|yd}}", title="Page", site=None, language="en")
    assert result.dropped == (("convert to yd", 1),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{INRConvert|40|c}}", "₹40 crore"),
        ("{{INRConvert|7.5|l}}", "₹7.5 lakh"),
        ("{{INR|12|lc}}", "₹12 lakh crore"),
        ("{{USDConvert|3|b}}", "US$3 billion"),
        ("{{EURConvert|3|m}}", "€3 million"),
        ("{{GBPConvert|3|k}}", "£3 thousand"),
        ("{{PKRConvert|3|m}}", "Rs. 3 million"),
        ("{{US$|123456}}", "US$123,456"),
        ("{{A$|5}} {{C$|6}} {{NZ$|7}}", "A$5 C$6 NZ$7"),
        ("{{currency|70|JPY}}", "¥70"),
        ("{{PHP|5|million}}", "₱5 million"),
    ],
)
def test_money(text: str, expected: str) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        ("{{unité|1234.5|km|2}}", "fr", f"1{NARROW}234,5 km2"),
        ("{{unité|3|kg||m|-3}}", "fr", "3 kg⋅m−3"),
        ("{{nombre|15000}}", "fr", f"15{NARROW}000"),
        ("{{nombre|12,5|kilos}}", "fr", "12,5 kilos"),
        ("{{val|123|4|u=m}}", "en", "123±4 m"),
        ("{{val|123|+4|-5|e=6|u=m}}", "en", "123+4−5×106 m"),
        ("{{val|1.23|(4)}}", "en", "1.23(4)"),
        ("{{gaps|3.141|592|65}}", "en", "3.14159265"),
        ("{{frac|5|8}} {{frac|2|3|4}} {{frac|9}}", "en", "5⁄8 2+3⁄4 1⁄9"),
        ("{{percentage|3|8}}", "en", "38%"),
        ("{{sum|10|20|30}}", "en", "60"),
        ("{{ordinal|11}} {{ordinal|21}} {{ordinal|3}}", "en", "11th 21st 3rd"),
        ("{{roman|44}}", "en", "XLIV"),
        ("{{height|ft=6|in=1}}", "en", "6 ft 1 in (1.85 m)"),
        ("{{duration|h=1|m=2|s=3}}", "en", "1:02:03"),
        ("{{duration|m=4|s=5}}", "en", "4:05"),
    ],
)
def test_values_and_quantities(text: str, wiki: str, expected: str) -> None:
    assert seen(text, wiki) == expected


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        ("{{date|7|novembre|1867}}", "fr", "7 novembre 1867"),
        ("{{date|7|11|1867}}", "fr", "7 novembre 1867"),
        ("{{date|novembre|1867}}", "fr", "novembre 1867"),
        ("{{date|7|novembre}}", "fr", "7 novembre"),
        ("{{date de naissance|7|novembre|1867}}", "fr", "7 novembre 1867"),
        ("{{fecha|7|11|1867}}", "es", "7 de noviembre de 1867"),
        ("{{fecha de inicio|1867|11|7}}", "es", "7 de noviembre de 1867"),
        ("{{dni|7|11|1867}}", "pt", "7 de novembro de 1867"),
        ("{{datum|7|11|1867}}", "de", "7. November 1867"),
        ("{{дата рождения|7|11|1867}}", "ru", "7 ноября 1867"),
        ("{{дата народження|7|11|1867}}", "uk", "7 листопада 1867"),
        ("{{дрг|1867|11|7|1}}", "bg", "7 ноември 1867"),
        ("{{生年月日と年齢|1867|11|7}}", "ja", "1867年11月7日"),
        ("{{출생일과 나이|1867|11|7}}", "ko", "1867년 11월 7일"),
        ("{{ngày sinh|1867|11|7}}", "vi", "7 tháng 11 năm 1867"),
        ("{{birth date|1867|11|7}}", "hi", "7 नवंबर 1867"),
        ("{{birth date|1867|11|7|df=y}}", "en", "7 November 1867"),
        ("{{start date|1867|November|7}}", "en", "November 7, 1867"),
        ("{{birth date|1867|2|30}}", "en", "February 1867 (30)"),
        ("{{birth year and age|1867|11}}", "en", "November 1867"),
        ("{{bd|1867年|11月7日|1934年|7月4日}}", "zh", "（1867年11月7日－1934年7月4日）"),
    ],
)
def test_dates_in_each_wikis_order(text: str, wiki: str, expected: str) -> None:
    assert seen(text, wiki) == expected


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        ("{{death date and age|1934|7|4|1867|11|7}}", "en", "July 4, 1934 (aged 66)"),
        ("{{死亡年月日と没年齢|1867|11|7|1934|7|4}}", "ja", "1934年7月4日（66歳没）"),
        ("{{没年齢|1867|11|7|1934|7|4}}", "ja", "66歳没"),
        ("{{사망일과 나이|1867|11|7|1934|7|4}}", "ko", "1934년 7월 4일 (66세)"),
        ("{{дата смерти|4|7|1934|7|11|1867}}", "ru", "4 июля 1934 (66 лет)"),
        ("{{morte|4|7|1934|7|11|1867}}", "pt", "4 de julho de 1934 (66 anos)"),
        ("{{date de décès|4|juillet|1934|7|novembre|1867}}", "fr", "4 juillet 1934 (à 66 ans)"),
        ("{{fallecimiento|4|7|1934|7|11|1867}}", "es", "4 de julio de 1934 (66 años)"),
        ("{{ngày mất và tuổi|1934|7|4|1867|11|7}}", "vi", "4 tháng 7 năm 1934 (66 tuổi)"),
        ("{{death year and age|1934|1867}}", "en", "1934 (aged 66–67)"),
    ],
)
def test_a_death_is_the_later_of_two_dates_whatever_their_order(text: str, wiki: str, expected: str) -> None:
    assert seen(text, wiki) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{as of|2003|9}}", "As of September 2003"),
        ("{{as of|2003|9|5|lc=y}}", "as of 5 September 2003"),
        ("{{as of|2003|9|5|df=US}}", "As of September 5, 2003"),
        ("{{as of|2003|since=y|lc=on}}", "since 2003"),
        ("{{as of|2003|alt=by that year|post=,}}", "by that year,"),
        ("{{as of|2003|bare=y}}", "2003"),
        ("{{#formatdate:2003-09-05|dmy}} {{#dateformat:5 September 2003|mdy}}", "5 September 2003 September 5, 2003"),
        ("{{#formatdate:2003-09-05}}", "2003-09-05"),
        ("{{#formatdate:some day|dmy}}", "some day"),
        ("{{age|1990|5|6|2003|9|5}}", "13"),
        ("{{age in days|2003|9|5|2003|9|9}}", "4"),
        ("{{OldStyleDate|5 September|1703|25 August}}", "5 September [O.S. 25 August] 1703"),
        ("{{marriage|Ann|1990|2003|end=d}}", "Ann (m. 1990; died 2003)"),
        ("{{circa|1703|1710}}", "c. 1703 – 1710"),
        ("({{reign|1703|1710}})", "(r. 1703–1710)"),
    ],
)
def test_phrases_with_dates(text: str, expected: str) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        ("{{convinfobox|7|km||mi}}", "en", "7 km (4.3 mi)"),
        ("{{convinfobox||km|7|mi}}", "en", "7 mi (11 km)"),
        ("{{convinfobox|7|km|4|mi}}", "en", "7 km (4 mi)"),
        ("{{val|e=6|u=W}}", "en", "106 W"),
        ("{{val|some|e=6|u=W}}", "en", "some×106 W"),
        ("{{val|-7|ul=K}}", "en", "−7 K"),
        ("{{M|7|-|9|ul=kg}}", "it", "7–9 kg"),
        ("{{unité|7|à|9|km}}", "fr", "7 à 9 km"),
        ("{{unité|7|a|2}}", "fr", "7 a2"),
        ("3{{half}} and {{1/2}}", "en", "3½ and ½"),
        ("{{coord|41/54/12/N|12/29/8/E}}", "fr", "41°54′12″N 12°29′8″E"),
        ("{{coord|41//12/S|12/29//W}}", "fr", "41°0′12″S 12°29′W"),
        ("{{Coordinate|NS=41/54//N|EW=12/29//E}}", "de", "41°54′N 12°29′E"),
        ("{{coord|1/2}}", "en", "1/2"),
        ("{{radic|5|3}}", "en", "3√5"),
        ("{{Bruch|1|3}}", "de", "1⁄3"),
        ("{{chem|C|n|H|2n}}", "en", "CnH2n"),
        ("{{chem|235|U}}", "en", "235U"),
        ("{{dda|1999|7|4|1950|1|2|in Riga}}", "en", "July 4, 1999 (in Riga) (aged 49)"),
        ("{{dda|1999|7|4|1950|1|2|yes}}", "en", "July 4, 1999 (aged 49)"),
        ("{{dts|format=dmy|1999|7|4}}", "en", "4 July 1999"),
        ("{{date|1999-07-04|dmy}}", "en", "4 July 1999"),
        ("{{date|1999-07-04|mdy}}", "en", "July 4, 1999"),
    ],
)
def test_values_that_stand_in_other_places_than_usual(text: str, wiki: str, expected: str) -> None:
    assert seen(text, wiki) == expected


def test_a_text_in_the_place_of_units_costs_one_conversion() -> None:
    text = "{{convert|1|km|" * 40 + "x" * 9 + "}}" * 40
    assert seen(text).count("(") <= 40
