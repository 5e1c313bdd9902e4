"""Chapter: SHA-256 in full, the tree of all records, and how an article is proved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from galactica.codes.merkle import inclusion_proof, leaf_hash, node_hash, tree_head, verify_inclusion
from galactica.engrave.primer.document import (
    Box,
    FigureLabel,
    Listing,
    Piece,
    PrimerFigure,
    Shape,
    Stroke,
    dashed,
    h1,
    h2,
    hexed,
    listing,
    p,
    steps,
)
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.practice import PracticeSheet
from galactica.engrave.primer.worked.digesting import FIRST_WORDS, ROUND_CONSTANTS, digest_trace

_EXAMPLE = (b"zero", b"one", b"two", b"three", b"four")


def digest_chapter(number: int) -> Iterator[Piece]:
    """SHA-256: the method, its constants, test vectors."""
    yield h1(f"{number}. The checksum SHA-256")
    yield p(
        """SHA-256 makes 32 bytes, the hash, of any number of bytes. If one bit of them changes, the hash becomes
        another one; and nobody of our time could find two texts with the same hash. So equal hashes mean equal
        bytes. You can read the articles without it; with it you know that they are exactly what we wrote down."""
    )
    yield p(
        """A word here is a number of 32 bits. Words are added mod 2 to the power of 32 (4,294,967,296): what is
        above is dropped. rotr(w, n) shifts the word w right by n bits, and puts the n bits that fall out in on the
        left: (w >> n) | (w << (32 - n)), without what is above 32 bits. not(w) is w with every bit turned over.
        From bytes, words are made big-endian."""
    )
    yield steps(
        """To the message (the bytes) put the byte 80; then bytes 00 until the length is 56 mod 64 (perhaps none);
        then the number of bits of the message (8 times its bytes) as 8 bytes, big-endian. The whole is now some
        blocks of 64 bytes.""",
        "Set H0 ... H7 to the first eight constants below. For each block in order, do steps 3 to 5.",
        """W[0] ... W[15] are the 16 words of the block. For i = 16 to 63: W[i] = W[i-16] + s0 + W[i-7] + s1, where
        s0 = rotr(W[i-15], 7) ^ rotr(W[i-15], 18) ^ (W[i-15] >> 3) and s1 = rotr(W[i-2], 17) ^ rotr(W[i-2], 19) ^
        (W[i-2] >> 10).""",
        """Set a ... h to H0 ... H7. For i = 0 to 63: T1 = h + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^
        (not(e) & g)) + K[i] + W[i]; T2 = (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        then h = g, g = f, f = e, e = d + T1, d = c, c = b, b = a, a = T1 + T2.""",
        "Add a to H0, b to H1, ... h to H7.",
        "After the last block: the hash is H0 ... H7, as bytes, big-endian.",
    )
    yield listing("  ".join(f"{word:08x}" for word in FIRST_WORDS), caption="H0 to H7 at the beginning")
    rows = ["  ".join(f"{word:08x}" for word in ROUND_CONSTANTS[at : at + 8]) for at in range(0, 64, 8)]
    yield listing(*rows, caption="K[0] to K[63], in rows", together=True)
    yield from _traced(b"abc")
    yield listing(*_vectors(), caption="More test vectors")


def _traced(message: bytes) -> Iterator[Piece]:
    trace = digest_trace(message)
    yield listing(
        *(trace.padded[at : at + 32].hex(" ") for at in (0, 32)),
        caption=f'Example: the message is the three bytes "{message.decode()}". With step 1 it is one block',
    )
    shown = (0, 1, 15, 16, 17, 18, 63)
    yield listing(
        "  ".join(f"W[{at}]={trace.words[at]:08x}" for at in shown[:4]),
        "  ".join(f"W[{at}]={trace.words[at]:08x}" for at in shown[4:]),
    )
    lines = [f"{'':12}" + "  ".join(f"{letter:8}" for letter in "abcdefgh").rstrip()]
    for at in (0, 1, 2, 3, 63, 64):
        name = "at first" if not at else f"after i={at - 1}"
        lines.append(f"{name:12}" + "  ".join(f"{word:08x}" for word in trace.states[at]))
    yield Listing(lines=(*lines, f"hash: {trace.digest.hex(' ', 4)}"))


def _vectors() -> Iterator[str]:
    for told, message in (
        ("no bytes at all", b""),
        ('"abc"', b"abc"),
        ("56 bytes 61", b"a" * 56),
        ("200 bytes 00", bytes(200)),
    ):
        yield f"{told:16} {hashlib.sha256(message).hexdigest()}"


def tree_chapter(number: int, facts: PrimerFacts, practice: PracticeSheet) -> Iterator[Piece]:
    """The tree of records, proofs, and what the root is made of."""
    yield h1(f"{number}. Proving an article")
    yield p(
        """All records of the library we printed from, also those that are not on these sheets, are in one tree. Its
        head is a hash that changes when any record changes. Where things stand in the parentheses of SHA-256 with a
        comma between, their bytes are put one behind the other. 00 and 01 are single bytes."""
    )
    yield dashed(
        "The leaf of a record is SHA-256(00, record).",
        "The node above two hashes is SHA-256(01, left, right).",
        """The head of a list of leaves: of one leaf, the leaf itself. Of n leaves, more than one: let k be the
        largest power of two (1, 2, 4, 8 ...) that is less than n; the head is the node above the head of the first
        k leaves and the head of the others. The head of no leaves is SHA-256 of no bytes.""",
    )
    leaves = [leaf_hash(record) for record in _EXAMPLE]
    yield p(
        """Example: five records, which are the words zero, one, two, three, four. k is 4 at first, then 2, then 1.
        Only the first eight signs of each hash are shown in the picture."""
    )
    yield _tree(leaves)
    yield listing(
        *(
            f'leaf {at} of "{record.decode()}" {leaf.hex()}'
            for at, (record, leaf) in enumerate(zip(_EXAMPLE, leaves, strict=True))
        ),
        f"head {' ' * 10} {tree_head(leaves).hex()}",
    )
    yield h2("A proof of one record")
    yield p(
        """To show that a record stands at place i of n in the list whose head is known, not all other records are
        needed: only the hash beside it at each step upward. These hashes are its path, the lowest first. To check:"""
    )
    yield steps(
        "Set f = i, s = n - 1, hash = the leaf of the record.",
        """For each hash x of the path, in order: if s is 0, the proof is wrong. If f is odd, or f = s: hash =
        node(x, hash); then, as long as f is even and not 0, set f = f div 2 and s = s div 2. Else: hash =
        node(hash, x). In both cases then f = f div 2, s = s div 2.""",
        "The proof is right if now s is 0 and hash is the head.",
    )
    at = 2
    path = inclusion_proof(leaves, at)
    if not verify_inclusion(leaves[at], at, len(leaves), path, tree_head(leaves)):
        raise ValueError("a proof that does not prove")
    yield listing(
        *(each.hex() for each in path), caption=f'The path of "{_EXAMPLE[at].decode()}" (i = {at}, n = {len(leaves)})'
    )
    yield from _on_sheets(facts, practice)


def _on_sheets(facts: PrimerFacts, practice: PracticeSheet) -> Iterator[Piece]:
    yield h2("Proofs on the sheets")
    yield p("With the blocks E, N, R and P (chapter on blocks) an article is proved like this:")
    yield steps(
        """The first string of block E, heads: its leaf SHA-256(00, heads) must be the root. The root of this
        printing is on every page of this primer; its first 16 bytes are in every header.""",
        """For each table (articles, sources, works) heads says how many records it has, n, and its head. Put the
        hashes of all blocks N of this table in order: they are the nodes, one for each subtree of 2 to the power of
        h records. The head of the list of nodes (by the rule above, but with the nodes themselves in place of
        leaves) must be the head of the table.""",
        """For each record of a block R, the block P with the same number says its place i in its table, and a path.
        Its subtree is number i div 2^h. This subtree has 2^h records; only the last one has fewer: it has the
        records that are left of n when those of all subtrees before it are taken away. Check the
        path with the steps above, with i mod 2^h in place of i, with the number of records of the subtree in place
        of n, and with the node of that subtree in place of the head.""",
    )
    yield p("If all of this is right, the record is, to the last bit, what it was when the root was made.")
    yield listing(
        *(f"leaf {at}: {leaf_hash(raw).hex()}" for at, raw in enumerate(practice.records)),
        f"head:   {tree_head([leaf_hash(raw) for raw in practice.records]).hex()}",
        f"root:   {practice.root.hex()}",
        caption="Of the practice sheet: the leaves of its three articles, the head of its table of articles, its root",
    )
    heads = practice.heads
    yield listing(
        *(f"{at:4d}: {hexed(heads[at : at + 28])}" for at in range(0, len(heads), 28)),
        caption=f"The heads of the practice sheet, {len(heads)} bytes",
    )
    yield p(f"The root of this printing: {facts.root.hex()}")


def _tree(leaves: list[bytes]) -> PrimerFigure:
    pair = [node_hash(leaves[0], leaves[1]), node_hash(leaves[2], leaves[3])]
    four = node_hash(*pair)
    head = node_hash(four, leaves[4])
    xs = [16.0 + 33 * at for at in range(5)]
    spots: list[tuple[float, float, str, bytes]] = [
        *((x, 52.0, word.decode(), leaf) for x, word, leaf in zip(xs, _EXAMPLE, leaves, strict=True)),
        ((xs[0] + xs[1]) / 2, 36.0, "", pair[0]),
        ((xs[2] + xs[3]) / 2, 36.0, "", pair[1]),
        ((xs[1] + xs[2]) / 2, 20.0, "", four),
        ((xs[2] + xs[4]) / 2, 5.0, "head", head),
    ]
    shapes: list[Shape] = []
    for low, high in ((0, 5), (1, 5), (2, 6), (3, 6), (5, 7), (6, 7), (7, 8), (4, 8)):
        x1, y1, _, _ = spots[low]
        x2, y2, _, _ = spots[high]
        shapes.append(Stroke(x1=x1, y1=y1 - 4, x2=x2, y2=y2 + 4, arrow=True))
    for x, y, word, hashed in spots:
        shapes += [
            Box(x=x - 12, y=y - 4, width=24, height=8),
            FigureLabel(x=x, y=y, text=hashed.hex()[:8], size=3.6, mono=True),
        ]
        if word:
            shapes.append(
                FigureLabel(x=x, y=y + 7 if y > 10 else y - 1, text=word, size=3.8)
                if y > 10
                else FigureLabel(x=x + 20, y=y, text=word, size=3.8)
            )
    told = (
        f"    leaves: {', '.join(leaf.hex()[:8] for leaf in leaves)}",
        f"    node above leaves 0 and 1: {pair[0].hex()}",
        f"    node above leaves 2 and 3: {pair[1].hex()}",
        f"    node above these two:      {four.hex()}",
        f"    head: node above this and leaf 4: {head.hex()}",
    )
    return PrimerFigure(shapes=tuple(shapes), height=62.0, caption="The tree of five records.", told=told)
