"""A made-up country, as the World Factbook's files have it."""

from __future__ import annotations

from typing import Any

UTOPIA: dict[str, Any] = {
    "Introduction": {
        "Background": {"text": "Utopia was <em>settled</em> early.<br><br>It has kept to itself &amp; its sea."}
    },
    "Geography": {
        "Location": {"text": "island in the Western Ocean<br><!--EndFragment -->"},
        "Geographic coordinates": {"text": "52 13 N, 21 01 W"},
        "Area": {
            "total ": {"text": "1.5 million sq km"},
            "land": {"text": "1,450,000 sq km"},
            "note": "<strong>note:</strong> at low tide",
        },
        "Coastline": {"text": "25,148 km"},
        "Land boundaries": {"total": {"text": "0 km"}, "border countries": {"text": "none"}},
    },
    "People and Society": {
        "Population": {"total": {"text": "3,040,500 (2024 est.)"}, "male": {"text": "1,520,000"}},
        "Life expectancy at birth": {"total population": {"text": "81.5 years (2023 est.)"}},
        "Languages": {
            "Languages": {"text": "Utopian (official) 98%, other 2% (2014/15 est.)"},
            "samples": {"text": "<br>Vtopos ha Boccas<br>peula chama"},
        },
    },
    "Government": {
        "Country name": {
            "conventional long form": {"text": "Commonwealth of Utopia"},
            "conventional short form": {"text": "Utopia"},
            "local short form": {"text": "none"},
            "etymology": {"text": "from the Greek for no place; " + "the rest is told at length, " * 12},
        },
        "Capital": {"name": {"text": "Amaurot"}},
        "Executive branch": {"chief of state": {"text": "King Utopus (since 5 May 2020)"}},
        "Independence": {"text": "4 October 1516 (from Abraxa)"},
        "National holiday": {"text": "4 October (1516)"},
    },
    "Economy": {
        "Real GDP growth rate": {
            "Real GDP growth rate 2022": {"text": "-0.5% (2022 est.)"},
            "Real GDP growth rate 2023": {"text": "3.1% (2023 est.)"},
        },
        "Debt - external": {"text": ""},
    },
}
TEXTS = 24
"""Texts of it that are not empty."""
