"""The atlas: facts and figures that ship with the program, so that a library can be built anywhere, offline.

Two sources come out of one set of tables: the **atlas** (countries, chemical elements, the solar system, the SI) and
the **almanac** (what other publishers say on some of the same subjects: populations, areas, coastlines, mountains,
rivers). They disagree here and there, and are meant to: each figure names its year and its publisher, and an article
that knows of another value shows both. Every article exists in English and in Simplified Chinese.

Rules:
1. Facts only; every sentence is a template written for this project.
2. `tables` reads, `wording` says how a value is written in each language, `page` makes HTML; one module a subject.
3. Deterministic: the tables' order, or one that is sorted by values and then by code.
"""

from galactica.sources.starter.atlas.reader import ALMANAC, FORMAT

__all__ = ["ALMANAC", "FORMAT"]
