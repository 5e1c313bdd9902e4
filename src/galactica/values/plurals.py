"""Which form of a word goes with a number, in a language: 1 día, 2 días; 1 день, 2 дня, 5 дней.

Standard: Unicode CLDR, "Language Plural Rules", for the languages whose templates were seen to ask for it.
"""

from __future__ import annotations

from galactica.languages import primary
from galactica.values.numerals import read_number


def plural_form(text: str, forms: list[str], language: str) -> str:
    """The form of a word that a number asks for, as `{{plural:…}}` chooses it (Unicode CLDR, "Language Plural Rules").

    A number that is none asks for the last form; where a language has more forms than were given, the last one stands.
    """
    if not forms:
        return ""
    number = read_number(text, language)
    if number is None:
        return forms[-1]
    index = _form(abs(number), primary(language))
    return forms[min(index, len(forms) - 1)]


def _form(number: float, code: str) -> int:
    whole = int(number)
    last, two = whole % 10, whole % 100
    if code in _NO_PLURAL:
        return 0
    if code in ("fr", "pt", "hy", "oc", "wa", "kab"):
        return 0 if number < 2 else 1
    if whole != number:
        return 2 if code in (*_EAST, "pl", "cs", "sk", "lt", "sl") else 1
    if code in _EAST:
        return 0 if last == 1 and two != 11 else 1 if last in (2, 3, 4) and two not in (12, 13, 14) else 2
    if code == "pl":
        return 0 if whole == 1 else 1 if last in (2, 3, 4) and two not in (12, 13, 14) else 2
    if code in ("cs", "sk"):
        return 0 if whole == 1 else 1 if whole in (2, 3, 4) else 2
    if code == "sl":
        return {1: 0, 2: 1, 3: 2, 4: 2}.get(two, 3)
    if code == "lt":
        return 0 if last == 1 and two != 11 else 1 if last > 1 and not 10 < two < 20 else 2
    if code in ("lv", "ltg", "is", "mk"):
        return 0 if last == 1 and two != 11 else 1
    if code == "ro":
        return 0 if whole == 1 else 1 if whole == 0 or 0 < two < 20 else 2
    return 0 if whole == 1 else 1


_EAST = ("ru", "uk", "be", "sr", "hr", "bs", "sh", "rue")
_NO_PLURAL = frozenset("ja zh ko vi th id ms my lo km bo dz yue wuu gan jv su ig yo tt".split())
