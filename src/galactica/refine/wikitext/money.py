"""Sums of money: `{{INRConvert|25|c}}` → "₹25 crore", `{{US$|1.5 million}}` → "US$1.5 million".

The letters for powers of ten are those of the currency templates of Wikipedia. A conversion that such a template makes
with a rate of its own day is not made here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage
from galactica.values import numerals

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

_POWERS = {
    "k": "thousand", "t": "thousand", "m": "million", "b": "billion", "bn": "billion", "tr": "trillion", "l": "lakh",
    "c": "crore", "lc": "lakh crore", "q": "quadrillion", "thousand": "thousand", "million": "million",
    "billion": "billion", "trillion": "trillion", "lakh": "lakh", "crore": "crore", "lakh crore": "lakh crore",
}  # fmt: skip
_SIGNS = {
    "usd": "US$", "us$": "US$", "$us": "US$", "$": "$", "inr": "₹", "rs": "₹", "gbp": "£", "£": "£", "eur": "€",
    "€": "€",
    "euro": "€", "jpy": "¥", "¥": "¥", "yen": "¥", "cny": "¥", "rmb": "¥", "cn¥": "CN¥", "aud": "A$", "a$": "A$",
    "au$": "A$",
    "cad": "C$", "c$": "C$", "ca$": "CA$", "can$": "C$", "nzd": "NZ$", "nz$": "NZ$", "hkd": "HK$", "hk$": "HK$",
    "sgd": "S$", "s$": "S$", "twd": "NT$", "nt$": "NT$", "ntd": "NT$", "krw": "₩", "₩": "₩", "php": "₱", "₱": "₱",
    "pkr": "Rs.\xa0", "bdt": "৳", "npr": "Rs.\xa0", "lkr": "Rs.\xa0", "idr": "Rp\xa0", "rp": "Rp\xa0", "myr": "RM\xa0",
    "rm": "RM\xa0", "thb": "฿", "vnd": "₫", "rub": "₽", "₽": "₽", "uah": "₴", "₴": "₴", "try": "₺", "₺": "₺",
    "ils": "₪",
    "₪": "₪", "nis": "₪", "chf": "CHF\xa0", "sek": "SEK\xa0", "nok": "NOK\xa0", "dkk": "DKK\xa0", "pln": "PLN\xa0",
    "brl": "R$", "r$": "R$", "mxn": "Mex$", "mxn$": "Mex$", "zar": "R", "ngn": "₦", "naira": "₦", "₦": "₦", "₹": "₹",
    "indian rupee": "₹", "irr": "IRR\xa0", "aed": "AED\xa0", "sar": "SAR\xa0", "egp": "E£", "kes": "KSh\xa0",
    "ghs": "GH₵",
    "clp": "CLP$", "ars": "AR$", "cop": "COL$", "pen": "S/", "czk": "CZK\xa0", "huf": "HUF\xa0", "ron": "RON\xa0",
    "bgn": "BGN\xa0", "mmk": "K", "khr": "៛", "kzt": "₸", "amd": "֏", "gel": "₾", "azn": "₼", "isk": "ISK\xa0",
}  # fmt: skip
CURRENCIES = frozenset(_SIGNS)
"""Lower-case names of currencies whose sign is known."""

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?\Z")


def money(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """A sum with its sign: which currency, the template's own name says ("INRConvert", "To USD" aside)."""
    name = given["_name"].removesuffix("convert").strip()
    words = positional(given)
    if name in ("currency", "money", "format price", "monnaie"):
        code = (words[1] if len(words) > 1 else "").lower()
        sign, words = _SIGNS.get(code, f"{words[1]}\xa0" if len(words) > 1 and code else "$"), words[:1] + words[2:]
    else:
        sign = _SIGNS.get(name, f"{name.upper()}\xa0" if name else "")
    if not words or not words[0]:
        return sign.rstrip("\xa0")
    amount = words[0]
    plain = amount.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{2,3})+(\.\d+)?", amount) else amount
    if (plain == amount and _PLAIN.match(plain) and not page.language.startswith("en")) or (
        plain == amount and _PLAIN.match(plain) and len(plain.partition(".")[0].lstrip("-")) > 4
    ):
        amount = numerals.write_number(plain, page.language)
    out = sign + amount
    rest = words[1:]
    if rest and rest[0].lower() in _POWERS:
        out += f"\xa0{_POWERS[rest.pop(0).lower()]}"
        rest = [word for word in rest if not re.fullmatch(r"\d", word)]  # digits of the conversion
    other = [word for word in rest if word]
    return f"{out} ({', '.join(other)})" if other else out
