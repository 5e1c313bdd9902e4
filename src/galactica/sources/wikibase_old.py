"""Entities as Wikibase wrote them into its database until the middle of 2014 → as it writes them since.

Dumps of MediaWiki's XML of that time hold this form: claims as "m" (["value", 31, "wikibase-entityid", {…}]), "q", "g",
"rank" and "refs", labels as plain texts, "links" for sitelinks, "entity" for the id (["item", 1], or "q1").
"""

from __future__ import annotations

import re
from typing import Any

_RANKS = {0: "deprecated", 1: "normal", 2: "preferred", 3: "preferred"}
_LETTERS = {"item": "Q", "property": "P"}
_NUMBER = re.compile(r"[qpQP]\d{1,15}")


def is_old(entity: dict[str, Any]) -> bool:
    """Whether an entity is of the old form."""
    return "id" not in entity and any(name in entity for name in ("entity", "label", "links"))


def renewed(entity: dict[str, Any], title: str) -> dict[str, Any]:
    """An entity in today's form; what is of no known form stays as it is, for whoever reads that to count.

    Args:
        title: of its page, which says its number where it does not ("Q1", "Property:P31").
    """
    made: dict[str, Any] = {"id": _number(entity.get("entity")) or title.rpartition(":")[2]}
    if "redirect" in entity:
        return made | {"redirect": _number(entity["redirect"])}
    made["labels"] = entity.get("label", entity.get("labels"))
    made["descriptions"] = entity.get("description", entity.get("descriptions"))
    made["aliases"] = entity.get("aliases")
    if "datatype" in entity:
        made["datatype"] = entity["datatype"]
    links = entity.get("links", entity.get("sitelinks"))
    if isinstance(links, dict):
        links = {site: _link(link) for site, link in links.items()}
    made["sitelinks"] = links
    claims = entity.get("claims")
    made["claims"] = [_claim(claim) for claim in claims] if isinstance(claims, list) else claims
    return made


def _number(written: object) -> str:
    """The number of an entity that is written "q1" or ["item", 1]; "" for anything else."""
    if isinstance(written, str) and _NUMBER.fullmatch(written):
        return written.upper()
    if isinstance(written, list) and len(written) == 2 and isinstance(written[1], int):
        letter = _LETTERS.get(str(written[0]))
        return f"{letter}{written[1]}" if letter else ""
    return ""


def _link(link: object) -> object:
    return {"title": link.get("name"), "badges": link.get("badges", [])} if isinstance(link, dict) else link


def _claim(claim: object) -> object:
    if not isinstance(claim, dict) or "m" not in claim:
        return claim
    rank = claim.get("rank", 1)
    return {
        "id": claim.get("g"),
        "mainsnak": _snak(claim["m"]),
        "rank": _RANKS.get(rank, rank) if isinstance(rank, int) else rank,
        "qualifiers": _snaks(claim.get("q")),
        "references": [{"snaks": _snaks(each)} for each in claim["refs"]]
        if isinstance(claim.get("refs"), list)
        else None,
    }


def _snaks(several: object) -> object:
    return [_snak(each) for each in several] if isinstance(several, list) else several


def _snak(snak: object) -> object:
    if not isinstance(snak, list) or len(snak) < 2:
        return snak
    made: dict[str, Any] = {"snaktype": snak[0], "property": f"P{snak[1]}"}
    if len(snak) >= 4:
        made["datavalue"] = {"type": snak[2], "value": snak[3]}
    return made
