"""Names of languages: between what ZIM files and catalogues write (ISO 639-3, 639-2) and BCP 47 tags.

The two-letter code is used where a language has one (RFC 5646 §2.2.1, "shortest code"); other codes stay as they are.
Source: ISO 639-1/2/3 code tables (id.loc.gov, iso639-3.sil.org), as of 2024.
"""

from __future__ import annotations

import re

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
    "zho zh chi zh cmn zh zul zu"
).split()
_SHORTEST = dict(zip(_THREE_TO_TWO[::2], _THREE_TO_TWO[1::2], strict=True))
_TWO_TO_THREE: dict[str, str] = {}
for _three, _two in _SHORTEST.items():
    _TWO_TO_THREE.setdefault(_two, _three)  # the terminology code of ISO 639-3 stands first in the table
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


def iso_639_3(tag: str) -> str:
    """The three-letter code for a BCP 47 tag ("zh-Hant" → "zho"); "und" where it has none."""
    first = tag.partition("-")[0].lower()
    code = _TWO_TO_THREE.get(first, first)
    return code if re.fullmatch("[a-z]{3}", code) else "und"
