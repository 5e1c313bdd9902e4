"""Words that a sentence has where it tells a property, and that one in which its value merely stands has not.

"London" stands in an article on somebody who died there, in a sentence on the exhibition of his pictures; no sentence
says where he died. The words are generous (a sentence with both may still speak of somebody else), they were written
down before rules were counted by them, and have nothing to do with the rules. A property that is not here has no word
that its sentences share ("Lyon is a city in France"): each of its values counts as said.
"""

from __future__ import annotations

import re

ROLES = {
    "official_language": "languages?|official(?:ly)?|spoken|speak",
    "capital": "capitals?|seats? of",
    "borders": "borders?|bordered|bordering|bound(?:ed|ary|aries)|neighbou?r\\w*|frontiers?|surround\\w*|shares?|"
    "separat\\w*",
    "lowest_point": "lowest",
    "highest_point": "highest|tallest|peaks?|summit",
    "place_of_birth": "born|births?|birthplace|natives?",
    "date_of_birth": "born|births?|\\d{4}\\s?[–-]",
    "place_of_death": "died|dies|deaths?|killed|murder\\w*|assassinat\\w*|execut\\w*|drown\\w*|shot|suicide|deathbed",
    "date_of_death": "died|dies|deaths?|killed|murder\\w*|assassinat\\w*|execut\\w*|drown\\w*|shot|suicide|[–-]",
    "child": "sons?|daughters?|child|children|father(?:ed)?|mother|births?|parents?|heirs?",
    "parent": "sons?|daughters?|child|children|father|mother|parents?|born",
    "spouse": "marri\\w*|wife|wives|husbands?|wed|wedding|spouses?|widow\\w*|divorc\\w*|consort",
    "educated_at": "educat\\w*|stud(?:y|ies|ied|ying|ent|ents)|attend\\w*|graduat\\w*|schools?|degrees?|enrol\\w*|"
    "college|alumn\\w*|doctorate|PhD|matriculat\\w*",
    "party": "part(?:y|ies)|members?|leaders?|join\\w*|elect\\w*|nomin\\w*",
    "genre": "music\\w*|styles?|sounds?|genres?|bands?|singers?|songs?|albums?|artists?|novels?|fiction|influence\\w*",
    "label": "labels?|record\\w*|sign(?:ed|s|ing)|releas\\w*|issu\\w*|contract|deal",
    "area": "areas?|km|km²|km2|square|sq|cover\\w*|size|acres?|hectares?",
    "land_area": "land|areas?",
    "water_area": "water",
    "coastline": "coast\\w*|shore\\w*",
    "currency": "currenc\\w*|dollars?|money|legal tender|euro",
    "government_type": "republic|monarchy|democra\\w*|govern\\w*|federation|regime",
    "head_of_state": "presidents?|kings?|queens?|monarchs?|emperors?|head of state|governor|since",
    "head_of_government": "ministers?|premier|chancellor|head of government|presidents?",
    "population": "populations?|inhabitants?|people|residents?|census",
    "award": "awards?|awarded|prizes?|won|medals?|receiv\\w*|honou?r\\w*",
    "industry": "industr\\w*|sectors?|manufactur\\w*|products?|production",
    "religion": "religio\\w*|church|faith|convert\\w*|Christian\\w*|Muslims?|Catholics?",
    "founded": "founded|established|formed|created|founding|opened|incorporated|began|built",
    "published": "published|released|premiered|issued|publication|release|came out|appeared",
    "author": "by|wrote|written|author",
    "director": "directed|director|directs?",
    "screenwriter": "written|wrote|screenplay|script|writer",
    "producer": "produced|producer|produces?",
    "gini": "gini|inequality",
    "fertility_rate": "fertility|children per",
    "mean_elevation": "elevation|altitude",
    "doctoral_advisor": "advis[eo]rs?|supervis\\w*|under",
    "operator": "operat\\w*",
    "publisher": "publish\\w*|releas\\w*",
    "atomic_number": "atomic number",
    "place_of_formation": "formed|from|founded|origin\\w*",
}
"""Property → expression of a whole word, or several, of which a sentence has one that tells it."""


def has_role(name: str, sentence: str) -> bool:
    """Whether a sentence has a word of a property's role, or the property has none."""
    words = ROLES.get(name)
    return words is None or re.search(rf"(?i)(?<!\w)(?:{words})(?!\w)", sentence) is not None
