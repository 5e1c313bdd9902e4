"""Names of languages: between what ZIM files and catalogues write (ISO 639-3, 639-2) and BCP 47 tags.

The two-letter code is used where a language has one (RFC 5646 §2.2.1, "shortest code"); other codes stay as they are.
`canonical` understands what sources and people write for one language, its English and its own name among that;
`ranges` are what an article in a language is found by ("zh_TW": zh, zh-hant, zh-tw …).
Source: ISO 639-1/2/3 code tables (id.loc.gov, iso639-3.sil.org), as of 2024; scripts of Chinese by country as CLDR's
likely subtags have them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_THREE_TO_TWO = (
    "aar aa abk ab afr af aka ak amh am ara ar arg an asm as ava av ave ae aym ay aze az bak ba bam bm bel be ben bn "
    "bih bh bis bi bod bo tib bo bos bs bre br bul bg cat ca ces cs cze cs cha ch che ce chu cu chv cv cor kw cos co "
    "cre cr cym cy wel cy dan da deu de ger de div dv dzo dz ell el gre el eng en epo eo est et eus eu baq eu ewe ee "
    "fao fo fas fa per fa pes fa fij fj fin fi fra fr fre fr fry fy ful ff gla gd gle ga glg gl glv gv grn gn guj gu "
    "hat ht hau ha hbs sh heb he her hz hin hi hmo ho hrv hr hun hu hye hy arm hy ibo ig ido io iii ii iku iu ile ie "
    "ina ia ind id ipk ik isl is ice is ita it jav jv jpn ja kal kl kan kn kas ks kat ka geo ka kau kr kaz kk khm km "
    "kik ki kin rw kir ky kom kv kon kg kor ko kua kj kur ku lao lo lat la lav lv lvs lv lim li lin ln lit lt ltz lb "
    "lub lu lug lg mah mh mal ml mar mr mkd mk mac mk mlg mg mlt mt mon mn mri mi mao mi msa ms may ms zsm ms mya my "
    "bur my nau na nav nv nbl nr nde nd ndo ng nep ne npi ne nld nl dut nl nno nn nob nb nor no nya ny oci oc oji oj "
    "ori or ory or orm om oss os pan pa pli pi pol pl por pt pus ps que qu roh rm ron ro rum ro run rn rus ru sag sg "
    "san sa sin si slk sk slo sk slv sl sme se smo sm sna sn snd sd som so sot st spa es sqi sq alb sq srd sc srp sr "
    "ssw ss sun su swa sw swh sw swe sv tah ty tam ta tat tt tel te tgk tg tgl tl tha th tir ti ton to tsn tn tso ts "
    "tuk tk tur tr twi tw uig ug ukr uk urd ur uzb uz ven ve vie vi vol vo wln wa wol wo xho xh yid yi yor yo zha za "
    "zho zh chi zh cmn zh zul zu "
    "arb ar azj az ekk et khk mn kmr ku pbt ps plt mg uzn uz ydd yi"
).split()
_SHORTEST = dict(zip(_THREE_TO_TWO[::2], _THREE_TO_TWO[1::2], strict=True))
_TWO_TO_THREE: dict[str, str] = {}
for _three, _two in _SHORTEST.items():
    _TWO_TO_THREE.setdefault(_two, _three)  # the terminology code of ISO 639-3 stands first in the table
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "scc": "sr", "scr": "hr"}
_EXTENDED = frozenset(
    "zh-cmn zh-yue zh-wuu zh-nan zh-hak zh-gan zh-hsn zh-cdo zh-cjy zh-mnp ar-arb ar-arz ar-ary ar-apc ms-zsm".split()
)
"""Languages that were written as a part of a wider one (RFC 5646 §2.2.2)."""

_WHOLE = {
    "zh-min-nan": "nan",
    "zh-classical": "lzh",
    "be-x-old": "be-tarask",
    "bat-smg": "sgs",
    "fiu-vro": "vro",
    "roa-rup": "rup",
    "nds-nl": "nds-NL",
    "simple": "en",
    "i-klingon": "tlh",
    "no-bok": "nb",
    "no-nyn": "nn",
    "简体中文": "zh-Hans",
    "简体字": "zh-Hans",
    "繁體中文": "zh-Hant",
    "正體中文": "zh-Hant",
    "繁体中文": "zh-Hant",
    "simplified chinese": "zh-Hans",
    "chinese (simplified)": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "chinese (traditional)": "zh-Hant",
    "brazilian portuguese": "pt-BR",
    "portuguese (brazil)": "pt-BR",
    "norwegian bokmål": "nb",
    "norsk bokmål": "nb",
    "norwegian nynorsk": "nn",
    "norsk nynorsk": "nn",
    "british english": "en-GB",
    "american english": "en-US",
    "scottish gaelic": "gd",
    "ancient greek": "grc",
    "simple english": "en",
}
"""What is no tag by the rules for parts, as it is usual: tags that were registered as wholes (RFC 5646 §2.2.8), codes
of wikis that are older than their languages', and names of several words."""

_WIDER = {"nb": ("no",), "nn": ("no",), "sr": ("sh",), "hr": ("sh",), "bs": ("sh",), "arz": ("ar",), "ary": ("ar",)}
_CHINESE = {"tw": "hant", "hk": "hant", "mo": "hant", "cn": "hans", "sg": "hans"}
_SUBTAG = re.compile("[A-Za-z0-9]{1,8}")

_NAMES = """
afrikaans af albanian sq shqip sq amharic am arabic ar العربية ar armenian hy հայերեն hy azerbaijani az
azərbaycanca az basque eu euskara eu belarusian be беларуская be bengali bn বাংলা bn bosnian bs bosanski bs
breton br brezhoneg br bulgarian bg български bg burmese my cantonese yue 粵語 yue 粤语 yue catalan ca català ca
cebuano ceb chinese zh 中文 zh 汉语 zh 漢語 zh mandarin zh croatian hr hrvatski hr czech cs čeština cs česky cs
danish da dansk da dutch nl nederlands nl english en esperanto eo estonian et eesti et farsi fa persian fa
فارسی fa finnish fi suomi fi french fr français fr francais fr galician gl galego gl georgian ka ქართული ka
german de deutsch de greek el ελληνικά el gujarati gu ગુજરાતી gu hausa ha hebrew he עברית he hindi hi हिन्दी
hi हिंदी hi hungarian hu magyar hu icelandic is íslenska is igbo ig indonesian id irish ga gaeilge ga
italian it italiano it japanese ja 日本語 ja javanese jv kannada kn ಕನ್ನಡ kn kazakh kk қазақша kk khmer km
korean ko 한국어 ko kurdish ku kyrgyz ky lao lo latin la latvian lv latviešu lv lithuanian lt lietuvių lt
luxembourgish lb macedonian mk македонски mk malagasy mg malay ms malayalam ml മലയാളം ml maltese mt malti mt
marathi mr मराठी mr mongolian mn монгол mn nepali ne नेपाली ne norwegian no norsk no bokmål nb nynorsk nn
occitan oc pashto ps polish pl polski pl portuguese pt português pt portugues pt punjabi pa ਪੰਜਾਬੀ pa
romanian ro română ro russian ru русский ru sanskrit sa serbian sr српски sr srpski sr sindhi sd sinhala si
sinhalese si slovak sk slovenčina sk slovenian sl slovene sl slovenščina sl somali so spanish es español es
espanol es castellano es swahili sw kiswahili sw swedish sv svenska sv tagalog tl filipino tl tajik tg tamil
ta தமிழ் ta tatar tt telugu te తెలుగు te thai th ไทย th tibetan bo turkish tr türkçe tr turkmen tk ukrainian
uk українська uk urdu ur اردو ur uyghur ug uzbek uz vietnamese vi welsh cy cymraeg cy xhosa xh yiddish yi
yoruba yo zulu zu
"""
"""Names of languages, English and their own, in lower case, each followed by its code."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])(?:[-_][A-Za-z0-9]{2,8})*")


def language_tag(written: str) -> str:
    """The BCP 47 tag for a language as a source writes it.

    Args:
        written: "eng", "en", "zh_Hant", "eng,fra"; anything else is not understood.

    Returns:
        The tag in its usual case ("zh-Hant", "pt-BR"); "mul" for several languages, "und" where none is understood.
    """
    tags = []
    for tag in _TAG.findall(written[:1000]):
        first, *rest = re.split("[-_]", tag)
        first = _SHORTEST.get(first.lower(), first.lower())
        cased = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest]
        tags.append("-".join([first, *cased]))
    tags = [tag for tag in dict.fromkeys(tags) if tag != "und"]
    return "und" if not tags else tags[0] if len(tags) == 1 else "mul"


@lru_cache(maxsize=4_096)
def canonical(written: str) -> str:
    """The BCP 47 tag of one language, whatever form it is written in; "" where it is not understood.

    Args:
        written: "eng", "ENG", "zh_Hant_TW", "cmn", "en-GB", "English", "Deutsch", "pt_BR.UTF-8" …
    """
    text = written[:100].strip().partition(".")[0].partition("@")[0]
    lower = text.casefold()
    if name := _names().get(lower) or _WHOLE.get(lower) or _WHOLE.get(lower.replace("_", "-")):
        return name
    first, *rest = text.replace("_", "-").split("-")
    if not re.fullmatch("[A-Za-z]{2,3}|[A-Za-z]{5,8}", first) or not all(map(_SUBTAG.fullmatch, rest)):
        return ""
    first = first.lower()
    if rest and f"{first}-{rest[0].lower()}" in _EXTENDED:
        first, rest = rest[0].lower(), rest[1:]
    first = _RENAMED.get(first, _SHORTEST.get(first, first))
    if len(first) > 3:
        return ""
    cased = [
        part.title() if len(part) == 4 and part.isalpha() else part.upper() if len(part) == 2 else part.lower()
        for part in rest
    ]
    return "-".join([first, *cased])


@lru_cache(maxsize=4_096)
def ranges(tag: str) -> tuple[str, ...]:
    """What texts in a language are found by, in lower case: the tag as it is written and as it is usual, and what is
    wider than it, the language last.

    Example:
        >>> ranges("zh_Hant_TW")
        ('zh_hant_tw', 'zh-hant-tw', 'zh-tw', 'zh-hant', 'zh')
    """
    written = tag.lower()
    usual = canonical(tag)
    if not usual:
        return tuple(dict.fromkeys((written, written.partition("-")[0])))
    first, *rest = usual.lower().split("-")
    script = next((part for part in rest[:1] if len(part) == 4 and part.isalpha()), "")
    country = next((part for part in rest[:2] if len(part) == 2), "")
    script = script or (_CHINESE.get(country, "") if first == "zh" else "")
    wider = ["-".join(filter(None, each)) for each in ((first, script, country), (first, country), (first, script))]
    return tuple(dict.fromkeys((written, usual.lower(), *wider, first, *_WIDER.get(first, ()))))


def within(tag: str, wanted: str) -> bool:
    """Whether a text in the language `tag` is one in the language `wanted`, however both are written."""
    return not {wanted.lower(), canonical(wanted).lower()}.isdisjoint(ranges(tag))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    words = _NAMES.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def iso_639_3(tag: str) -> str:
    """The three-letter code for a BCP 47 tag ("zh-Hant" → "zho"); "und" where it has none."""
    first = tag.partition("-")[0].lower()
    code = _TWO_TO_THREE.get(first, first)
    return code if re.fullmatch("[a-z]{3}", code) else "und"
