"""Fuzzing: each module is a target, `one(data)` takes any bytes and raises where a promise does not hold.

    python -m fuzz TARGET --seconds 600        (make fuzz runs all, one after the other)

A target has `SEEDS`, inputs to begin from, and `PIECES`, what its language is made of: pieces repeated and nested to
200 kB find what takes more than linear time, mutations guided by coverage (atheris, else hypothesis) find the rest.
"""

TARGETS = (
    "articles",
    "clean",
    "csv",
    "dump",
    "film",
    "jsonl",
    "kept",
    "language_model",
    "latex",
    "markdown",
    "mhtml",
    "old_office",
    "page",
    "parquet",
    "proof",
    "query",
    "references",
    "release",
    "settings",
    "sheet_xml",
    "trust",
    "view",
    "warc",
    "wikitext",
)
"""Names of the targets."""
