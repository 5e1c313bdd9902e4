"""Part 4: sheets that are lost, made of the others. docs/formats/page.md, "Set"."""

from galactica.engrave.primer.printed.arithmetic import TABLES, gf_quotient, plus


# ---- Sheets that are lost ----
def factor(p, j, parity):
    """What data sheet j is multiplied by in parity sheet p."""

    def plain(column):
        y = 1 + parity + column
        return gf_quotient(1 ^ y, (1 + p) ^ y)

    return gf_quotient(plain(j), plain(0))


def make_lost(group, data, parity):
    """Make the missing data sheets of a group from its parity sheets. group: place to payload."""
    lost = [place for place in range(data) if place not in group]
    spare = [place for place in range(data, data + parity) if place in group][: len(lost)]
    if not lost or len(spare) < len(lost) or data + parity > 255:
        return
    size = max(len(payload) for payload in group.values())
    rows = []  # of each parity sheet: the factors of the lost sheets, and what their sum is
    for place in spare:
        p, total = place - data, group[place].ljust(size, b"\0")
        for j in range(data):
            if j in group:
                total = plus(
                    total, group[j].ljust(size, b"\0").translate(TABLES[factor(p, j, parity)])
                )
        rows.append(([factor(p, j, parity) for j in lost], total))
    for column in range(len(lost)):
        pivot = next(at for at in range(column, len(lost)) if rows[at][0][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        by = TABLES[gf_quotient(1, rows[column][0][column])]
        rows[column] = ([by[each] for each in rows[column][0]], rows[column][1].translate(by))
        factors, total = rows[column]
        for at in range(len(lost)):
            if at != column:
                by = TABLES[rows[at][0][column]]
                left = [each ^ by[other] for each, other in zip(rows[at][0], factors)]
                rows[at] = (left, plus(rows[at][1], total.translate(by)))
    for place, (_, total) in zip(lost, rows):
        group[place] = total
