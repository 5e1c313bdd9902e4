"""Is a page of a dump ever lost? Whole builds of real dumps: pages in = articles + aliases + rejected.

    python -m benchmarks.dump_builds

Every dump of mwdump-dumpsterdive, -gensim, -dbpedia-mini and -truncated-7lang is built into an edition
of its own and verified; pages are counted by `<page>` in the unpacked file, without the reader. A dump in which
nothing can be read as an article ends in a clear error: then every page stands in the error's count of reasons, and
the dump is listed as "no article". Exit code 1 where a page is lost or an edition does not verify.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from benchmarks.mediawiki_corpus import dumps, pages_in
from galactica.errors import InputError
from galactica.library import build, verify


def main() -> int:
    """Build each dump; print what does not add up, and the sums."""
    given = results.arguments(argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])).parse_args()
    pages = articles = aliases = rejected = wrong = without = count = 0
    with tempfile.TemporaryDirectory(prefix="dump-builds-") as folder:
        for number, dump in enumerate(dumps(real("."))):
            count += 1
            expected = pages_in(dump)
            out = Path(folder) / f"{number}.edition"
            try:
                info = build(out, [dump], workers=0)
            except InputError as error:
                named = sum(int(n) for n in re.findall(r": (\d+)", error.problem))
                without += 1
                rejected += named
                lost = expected - named
            else:
                articles, aliases, rejected = (
                    articles + info.articles,
                    aliases + info.aliases,
                    rejected + info.rejected,
                )
                lost = expected - info.articles - info.aliases - info.rejected
                if not verify(out).ok:
                    wrong += 1
                    print(f"does not verify: {dump.name}")
            pages += expected
            if lost:
                wrong += 1
                print(f"{dump.name}: {expected} pages, {lost:+d} not accounted for")
    print(f"{count} dumps, {without} of them without an article; {wrong} wrong")
    print(f"{pages} pages = {articles} articles + {aliases} aliases + {rejected} rejected")
    figures = {"dumps": count, "without an article": without, "wrong": wrong, "pages": pages}
    results.keep(__file__, given, figures | {"articles": articles, "aliases": aliases, "rejected": rejected})
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
