"""Ways of doing for travel guides: a sight, an inn, a shop with its address and hours; the regions of a country.

Standard: the listing templates of the Wikivoyages. The order is the one that they print: name, other name, address, way
there, telephone, hours, price, and what is said of it. Where it lies on a map is not said in the line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

MAX_REGIONS = 60
"""Regions of one list: the longest that a guide has is of 24."""

# What is printed, in order: (what stands before and behind it, the names it has in some languages).
_PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (" (", ")", ("alt", "comment", "autre nom", "address-local", "name-local", "subtitle")),
    (", ", "", ("address", "adresse", "indirizzo", "dirección", "endereço", "адрес")),
    (" (", ")", ("directions", "direction", "indicazioni", "indicaciones", "direções", "anfahrt")),
    (", ☎ ", "", ("phone", "téléphone", "tel", "teléfono", "telefone", "telefon", "телефон", "mobile", "portable")),
    (", ☎ ", "", ("tollfree", "numéro gratuit", "numero verde")),
    (", fax: ", "", ("fax",)),
    (", ", "", ("email", "e-mail", "mail")),
    (". ", "", ("hours", "horaire", "orari", "horario", "horário", "öffnungszeiten", "часы")),
    (". Check-in: ", "", ("checkin", "arrivée", "check-in")),
    (". Check-out: ", "", ("checkout", "départ", "check-out")),
    (". ", "", ("price", "prix", "prezzo", "precio", "preço", "preis", "цена", "payment")),
    (". ", "", ("content", "description", "descrizione", "descripción", "descrição", "beschreibung", "описание")),
)
_NAMES = ("name", "nom", "nome", "nombre", "title", "название")
_SITES = ("url", "sito", "sitio", "site", "web", "сайт")
_SITE = re.compile(r"(?:https?:)?//[^\s\[\]<>\"|]+\Z")
_REGION = re.compile(
    r"(?:region|région|regione|región|região|регион) ?(\d{1,2}) ?[-_ ]?(name|nom|nome|nombre|название)"
)

READ = "|".join((*_NAMES, *_SITES))
"""Pattern of the names of arguments that are changed before they are shown."""


def _given(given: Given, names: tuple[str, ...]) -> str:
    return next((given[name].strip() for name in names if given.get(name, "").strip()), "")


def place(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{see|name=Old mill|address=River 4|hours=9–17|content=It still turns.}}` → one line of a guide."""
    given = {key.lower(): value for key, value in given.items()}
    name, site = _given(given, _NAMES), _given(given, _SITES)
    linked = bool(name) and _SITE.match(site) is not None and not any(sign in name for sign in "[<\ufdd0")
    line = f"'''[{site} {name}]'''" if linked else f"'''{name}'''" if name else ""
    for before, behind, names in _PARTS:
        for key in names:
            value = given.get(key, "").strip()
            if value:
                line = line.removesuffix(".") if before[0] in ".," else line
                line += f"{before}{value}{behind}" if line else value
    rest = [word for word in positional(given) if word]
    return " ".join([line, *rest]).strip()


def regions(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{regionlist|region1name=North|region1items=[[A]]|region1description=Cold.}}` → an entry a region."""
    lines: list[str] = []
    for key in given:
        match = _REGION.fullmatch(key.lower())
        if match is None or not given[key].strip() or len(lines) >= MAX_REGIONS:
            continue
        start = key[: match.start(2)]
        items = _given(given, tuple(start + end for end in ("items", "éléments", "elementi", "elementos")))
        said = _given(given, tuple(start + end for end in ("description", "descrizione", "descripción", "descrição")))
        lines.append(
            f"* '''{given[key].strip()}'''" + (f" ({items})" if items else "") + (f" – {said}" if said else "")
        )
    said = _given(given, ("regiontext", "text"))
    return "\n".join(["", *([said, ""] if said else []), *(line.replace("\n", " ") for line in lines), ""])
