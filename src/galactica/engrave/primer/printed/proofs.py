"""Part 6: what proves records. docs/formats/page.md, "N: nodes"; docs/formats/edition.md."""

import hashlib

from galactica.engrave.primer.printed.arithmetic import big_endian
from galactica.engrave.primer.printed.stream import item

NAMES = {"A": "articles", "S": "sources", "W": "works"}


# ---- Proofs ----
def leaf(record):
    return hashlib.sha256(b"\0" + record).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def head(hashes):
    if len(hashes) == 1:
        return hashes[0]
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return node(head(hashes[:half]), head(hashes[half:]))


def path_end(hashed, index, size, path):
    """Where a leaf and its path lead; nothing if the path is not of its length."""
    first, last = index, size - 1
    for step in path:
        if last == 0:
            return None
        if first & 1 or first == last:
            hashed = node(step, hashed)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            hashed = node(hashed, step)
        first, last = first >> 1, last >> 1
    return hashed if last == 0 else None


def known_nodes(found, start, known):
    """Table to (height, records, nodes), of the tables whose nodes lead to the root."""
    if ("E", 0) not in found:
        return {}
    raw = found["E", 0]
    heads = raw[4 : 4 + big_endian(raw[:4])]
    root = leaf(heads)
    print("The root is", root.hex())
    if root[:16] != start or (known and root.hex() != known.lower()):
        print("THIS IS NOT THE ROOT", known or "of the sheets' headers")
        return {}
    trees, proved = {}, {}
    for (kind, _), content in sorted(found.items()):
        if kind == "N" and len(content) > 6:
            own = trees.setdefault(NAMES.get(chr(content[0])), (content[1], {}))[1]
            for at in range(6, len(content), 32):
                own[big_endian(content[2:6]) + (at - 6) // 32] = content[at : at + 32]
    try:
        for table, count, top in item(heads, 0)[0][2]:
            height, own = trees.get(table, (0, {}))
            if own and len(own) == (count + (1 << height) - 1) >> height:
                nodes = [own.get(at, b"") for at in range(len(own))]
                if head(nodes) == top:
                    proved[table] = (height, count, nodes)
    except (ValueError, IndexError, TypeError):
        print("The heads cannot be read.")
    return proved
