"""What a volume says in plain words: README.txt for whoever finds it, FORMAT.txt for whoever must write a program."""

from __future__ import annotations

import textwrap

from galactica.model.said import counted
from galactica.preserve.described import HASH, ProtectedSet

_WIDTH = 78


def readme_of_volume(made: ProtectedSet, shard: int) -> str:
    """README.txt of a volume."""
    holds = (
        f"This volume has shard {shard + 1} of {made.shards}: files of the encyclopedia, in the folder files/. "
        f"They can be "
        "used as they are, without the other volumes: articles are in files/data/articles/*.parquet, which any program "
        "for Apache Parquet reads (the column body is HTML). A file whose name ends in .cut- and a number is "
        "part of one "
        "that goes on in the next volume or comes from the one before."
        if shard < made.data
        else f"This volume has shard {shard + 1} of {made.shards}: parity. It cannot be read by itself; with "
        f"{made.data - 1} other volumes it takes the place of one that is lost."
    )
    return _paragraphs(
        f"{made.title}\n{'=' * min(_WIDTH, len(made.title))}",
        f"This folder is one of {made.shards} volumes that hold an encyclopedia of {counted(made.articles, 'article')} "
        f"together. "
        f"ANY {made.data} OF THE {made.shards} VOLUMES ARE ENOUGH to restore all of it. Up to {made.parity} may "
        f"be lost or "
        "destroyed, and each of the others may be damaged in some places.",
        holds,
        "To restore it: bring as many volumes as you can find to one computer that has Python (version 3.8 or later; "
        "nothing else is needed, no network). Open a terminal in this folder and type, on one line:",
        "    python3 -I restore.py VOLUME VOLUME ... OUT",
        f"naming the folders of the volumes (this one is . by itself), {made.data} or more, and last a name for "
        f"the folder "
        "that is to be made. The program says which files could not be had, if any. It is short, and can be read.",
        "The program galactica (Apache-2.0) does the same and more: galactica recover VOLUME ... OUT restores what can "
        "be had from fewer volumes, too, and says article by article what cannot.",
        "To see whether this volume is sound, type in this folder:",
        "    sha256sum -c SHA256SUMS",
        "Without Python: FORMAT.txt says on one page how everything lies here, so that a program can be written anew.",
        "What lies here:",
        *_listed(made, shard),
        f"The edition's name (Merkle root): {made.root}\nThis set of volumes:               {made.name}\n"
        f"This volume:                       shard {shard + 1} of {made.shards}",
    )


def readme_of_parity(made: ProtectedSet) -> str:
    """README.txt of a folder of parity."""
    return _paragraphs(
        f"Parity for: {made.title}\n{'=' * min(_WIDTH, len(made.title) + 12)}",
        f"This folder guards one copy of an encyclopedia of {counted(made.articles, 'article')} against bit rot, bad "
        f"sectors and "
        f"lost files. It does not hold the encyclopedia: keep it beside the copy. {made.parity} of {made.shards} "
        f"parts of "
        "both together may be lost or wrong, wherever they are.",
        "To check, and to put right what is damaged, with the program galactica:",
        "    galactica scrub EDITION\n    galactica repair EDITION",
        "Without it, with Python 3.8 or later and nothing else, into a new folder:",
        "    python3 -I restore.py . EDITION OUT",
        "To see whether this folder is sound: sha256sum -c SHA256SUMS",
        "FORMAT.txt says on one page how everything lies here, so that a program can be written anew. set.json and "
        "pieces.bin lie here five times: where all five are damaged, the byte that most of them have is right.",
        f"The edition's name (Merkle root): {made.root}\nThis set:                          {made.name}",
    )


def _listed(made: ProtectedSet, shard: int) -> tuple[str, ...]:
    own = "files/           files of the encyclopedia" if shard < made.data else "parity.bin       the parity"
    return (
        f"    {own}\n"
        "    set.json         which files there are, and how they are spread (the same in every volume)\n"
        "    pieces.bin       SHA-256 of each piece of each volume (the same in every volume)\n"
        "    volume.json      which volume this is\n"
        "    articles.tsv.gz  a list of all articles (the same in every volume)\n"
        "    head/            copies of what says what the edition is (the same in every volume)\n"
        "    restore.py       the program that restores it\n"
        "    FORMAT.txt       the format\n"
        "    SHA256SUMS       SHA-256 of all of these",
    )


def format_text(made: ProtectedSet) -> str:
    """FORMAT.txt: the format in one page, with the numbers of this set."""
    last = made.piece_bytes(made.pieces - 1)
    return _paragraphs(
        "How it is stored\n================",
        "1. The stream. set.json lists files as [path, bytes, SHA-256]. Laid end to end in that order they are one "
        f"stream of {made.size} bytes.",
        f'2. Shards. The stream is cut into {made.data} data shards of {made.shard} bytes each ("shard"; "data" says '
        "how many); the last is filled up with zero bytes. A data volume keeps its stretch of the stream as files in "
        "files/: "
        "a whole file under its path, a part of a file under its path with .cut- and the shard's number in three "
        "digits, "
        f'from 000. {made.parity} parity shards ("parity") follow, numbered from {made.data}, each in parity.bin of '
        "its volume, or in parity-000.bin and so on where they stand beside one copy.",
        f'3. Pieces. Each shard is cut into {made.pieces} pieces of {made.piece} bytes ("piece"); the last has {last}. '
        f"pieces.bin has the SHA-256 of each, {HASH} bytes: all of shard 0 in order, then all of shard 1, and so "
        f"on. A piece "
        'is right if its hash is. SHA-256 of pieces.bin is "table" in set.json; SHA-256 of set.json is the '
        "set's name.",
        "4. Numbers. A byte is a polynomial over {0,1}: bit i is the factor of x^i. Adding is XOR. Multiplying "
        "is that of "
        "polynomials, modulo x^8+x^4+x^3+x^2+1 (0x11D). 1/a is the b with a*b = 1.",
        "5. Factors. With k data and m parity shards, x[i] = 1+i and y[j] = 1+m+j (as bytes): c[i][j] = 1/(x[i] "
        "XOR y[j]). "
        "Then c[i][j] is divided by c[0][j] (as it was), and each row by its first member. Row 0 and column 0 "
        "are ones: "
        "parity shard 0 is the XOR of all data shards.",
        "6. Symbols. Each piece is worked on in blocks of 65536 bytes (the last may be shorter). A block is cut "
        "into eight "
        "packets of equal length. Symbol number n of the block is a byte: its bit p is bit (n mod 8) of byte (n "
        "div 8) of "
        "packet p; the lowest bit of a byte is bit 0.",
        "7. Parity. Symbol n of parity shard i = sum over j of c[i][j] * symbol n of data shard j, in every "
        "block of every "
        "piece.",
        "8. Back. Take, for one piece, any k shards that have it right. Each is a sum of multiples of the k data "
        "shards (a "
        "data shard of itself alone): k equations for k unknowns. Solve them (Gauss); they always can be solved.",
        "9. Beyond. Where fewer than k pieces are right, wrong bytes in up to m/2 shards of a column of symbols "
        "can still be "
        "found: the code is a generalised Reed-Solomon code with the points x and y. Whatever is made must have the "
        "SHA-256 that pieces.bin says.",
        "10. The edition. data/articles/*.parquet: Apache Parquet, zstd; columns title, language, body (HTML), "
        "source, path "
        "and others. bagit.txt and the manifests are those of BagIt (RFC 8493). articles.tsv.gz: gzip; a line for each "
        "article: row, language, source, path, title, divided by tabs; \\t, \\n, \\r and \\\\ stand for the "
        "signs themselves. "
        "footers.json.gz: the ends of the Parquet files of articles in hexadecimal digits, with which a file "
        "whose end is "
        "lost can still be read.",
    )


def _paragraphs(*parts: str) -> str:
    """Filled to a width that every screen and printer has; what is indented or has lines of its own stays as it is."""
    made = []
    for part in parts:
        if part.startswith("    ") or "\n" in part:
            made.append(part)
        else:
            made.append(textwrap.fill(part, _WIDTH, break_long_words=False, break_on_hyphens=False))
    return "\n\n".join(made) + "\n"
