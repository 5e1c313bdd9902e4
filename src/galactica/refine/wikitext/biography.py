"""it `{{Bio|…}}`: the template that is the first sentence of a biography: "Anna Li (Roma, 24 marzo 1950) è una …".

Standard: Template:Bio of the Italian Wikipedia: names, places and dates of birth and death, trades, nationality, then
`PostNazionalità` and `FineIncipit`, which replaces everything after the brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from galactica.refine.wikitext.page import WikiPage

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

Given = dict[str, str]

_USED = frozenset(
    """titolo nome cognome predata cognomeprima pseudonimo postcognome postcognomevirgola forzaordinamento predati sesso
    luogonascita luogonascitalink luogonascitaalt giornomesenascita annonascita notenascita luogomorte luogomortelink
    luogomortealt giornomesemorte annomorte notemorte preattività attività attività2 attività3 attivitàaltre epoca
    epoca2
    nazionalità nazionalitànaturalizzato cittadinanza postnazionalità categorie categorie2 fineincipit punto
    immagine didascalia didascalia2
    dimimmagine incipit secolo""".lower().split()
)


def sentence(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """The first sentence of the article, and the words under its picture."""
    said = {key.lower(): value.strip() for key, value in given.items() if value.strip()}
    get = said.get
    names = [get("nome", ""), get("cognome", "")]
    if get("cognomeprima"):
        names.reverse()
    name = " ".join(part for part in (get("titolo", ""), *names) if part) or page.title
    head = f"'''{name}'''"
    if get("pseudonimo"):
        head += f", noto come '''{get('pseudonimo')}'''"
    head += f", {get('postcognomevirgola')}" if get("postcognomevirgola") else ""
    head += f" {get('postcognome')}" if get("postcognome") else ""
    brackets = "; ".join(part for part in (get("predata", "") or get("predati", ""), _life(said)) if part)
    head += f" ({brackets})" if brackets else ""
    end = get("fineincipit", "")
    tail = f" {end}" if end and end[:1] not in ",;." else end if end else _trade(said)
    text = head + tail
    text += "" if text.endswith((".", "…")) or get("punto", "").lower() == "no" else "."
    if not end and get("postnazionalità", "").startswith("."):
        text = text.removesuffix(".")
    pictures = [get(key, "") for key in ("didascalia", "didascalia2") if get(key)]
    rest = [
        f"{key}: {value}" for key, value in said.items() if key not in _USED and not key.isdecimal() and len(value) > 3
    ]
    figures = "".join(f"<figure><figcaption>{page.render(one)}</figcaption></figure>" for one in pictures)
    before = page.set_aside(figures, block=True) + "\n" if figures else ""
    return before + text + "".join(f" ({one})" for one in rest)


def _life(said: Given) -> str:
    born, died = (_event(said, "nascita"), _event(said, "morte"))
    if died or said.get("annomorte") == "?":
        return f"{born or '…'} – {died or '?'}"
    return born


def _event(said: Given, kind: str) -> str:
    place = said.get(f"luogo{kind}alt") or said.get(f"luogo{kind}") or ""
    if place and place != "?" and "[" not in place and "\ufdd0" not in place:
        target = said.get(f"luogo{kind}link", "")
        place = f"[[{target}|{place}]]" if target else f"[[{place}]]"
    when = " ".join(part for part in (said.get(f"giornomese{kind}", ""), said.get(f"anno{kind}", "")) if part)
    return ", ".join(part for part in (place, when) if part and part != "?") + said.get(f"note{kind}", "")


def _trade(said: Given) -> str:
    trades = [said[key] for key in ("attività", "attività2", "attività3") if said.get(key)]
    other = said.get("attivitàaltre", "")
    listed = " e ".join((", ".join(trades[:-1]), trades[-1])) if len(trades) > 1 and not other else ", ".join(trades)
    listed += other if other[:1] == "," else f" {other}" if other else ""
    nation = said.get("nazionalità", "")
    if said.get("nazionalitànaturalizzato"):
        nation += f" naturalizzato {said['nazionalitànaturalizzato']}"
    if said.get("cittadinanza"):
        nation += f" con cittadinanza {said['cittadinanza']}"
    before = said.get("preattività", "")
    after = said.get("postnazionalità", "")
    words = " ".join(part for part in (before, listed, nation) if part)
    if not words:
        return f" {after}".rstrip() if after[:1] not in ",;." else after
    died = said.get("annomorte") or said.get("giornomesemorte")
    article = (
        ""
        if before.lower().startswith(("il ", "la ", "lo ", "l'", "un", "i "))
        else _article(words, said.get("sesso", "") == "F")
    )
    return f" {'è stat' + ('a' if said.get('sesso') == 'F' else 'o') if died else 'è'} {article}{words}" + (
        after if after[:1] in (",", ";", ".") else f" {after}" if after else ""
    )


def _article(words: str, feminine: bool) -> str:
    """ "un", "uno", "una", "un'" as the word that follows asks for."""
    plain = words.lstrip("[").lower()
    vowel = plain[:1] in "aeiouàèéìòù"
    if feminine:
        return "un'" if vowel else "una "
    hard = plain[:1] in "zxy" or plain[:2] in ("ps", "gn", "pn") or (plain[:1] == "s" and plain[1:2] not in "aeiou")
    return "uno " if hard else "un "
