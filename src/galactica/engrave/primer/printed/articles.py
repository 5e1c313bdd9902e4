"""Part 7: articles out of pictures; the command line."""

import html
import os
import re
import sys

from galactica.engrave.primer.printed.arithmetic import big_endian
from galactica.engrave.primer.printed.lost import make_lost
from galactica.engrave.primer.printed.picture import ScanPicture
from galactica.engrave.primer.printed.proofs import NAMES, known_nodes, leaf, path_end
from galactica.engrave.primer.printed.squares import ScannedSheet
from galactica.engrave.primer.printed.stream import record_of, whole_blocks

BREAKS = "p|h[2-6]|li|tr|table|caption|dt|dd|blockquote|pre|figure|figcaption|div|section|br"


# ---- Articles ----
def read_all(folder):
    """(header, payload) of every sheet that can be read, and how many pictures could not."""
    found, bad = [], 0
    for name in sorted(os.listdir(folder)):
        if not name.lower().endswith((".pgm", ".pbm")):
            continue
        try:
            sheet = ScannedSheet(ScanPicture(os.path.join(folder, name)))
        except (OSError, ValueError, ZeroDivisionError, OverflowError) as problem:
            print(name, "cannot be read:", problem)
            bad += 1
            continue
        if sheet.payload is None:
            print(name, "cannot be read:", sheet.reason)
            bad += 1
            continue
        which = big_endian(sheet.header[28:32]), big_endian(sheet.header[32:36])
        print("%s is sheet %d of %d (counted from 0), %s" % (name, *which, sheet.reason))
        found.append((sheet.header, sheet.payload))
    return found, bad


def data_payloads(sheets):
    """(the root's first 16 bytes, the payloads of the data sheets that can be had, in order)."""
    sets = {}
    for header, payload in sheets:
        own = sets.setdefault(header[4:28], {})
        place = (
            big_endian(header[36:38]),
            header[39],
            header[40],
        )  # group, data, parity
        own.setdefault(place, {})[header[38]] = payload
    if not sets:
        sys.exit("There are no sheets.")
    for key in [key for key in sets if key[16:] == b"PRACTICE" and len(sets) > 1]:
        del sets[key]  # it is in the primer
    if len(sets) > 1:
        print("There are sheets of", len(sets), "sets. The one with most sheets is read.")
    root, groups = max(sets.items(), key=lambda each: sum(len(own) for own in each[1].values()))
    found = []
    for (group, data, parity), own in sorted(groups.items()):
        there = len(own)
        make_lost(own, data, parity)
        lost = [place for place in range(data) if place not in own]
        print("group %d: %d of %d sheets read" % (group, there, data + parity), end="; ")
        print("%d data sheets cannot be had" % len(lost))
        found += [((place, group), own[place]) for place in own if place < data]
    return root[:16], [payload for _, payload in sorted(found)]


def records(found, proved):
    """(letter of the table, place in it or None where it is not proved, record), in order."""
    for (kind, at), content in sorted(found.items()):
        if kind != "R":
            continue
        proofs, begin, place = found.get(("P", at), b""), 0, 0
        while begin + 5 <= len(content):
            table, end = (
                chr(content[begin]),
                begin + 5 + big_endian(content[begin + 1 : begin + 5]),
            )
            raw, begin = content[begin + 5 : end], end
            row, steps = big_endian(proofs[place : place + 4]), proofs[place + 4 : place + 5]
            path = proofs[place + 5 : place + 5 + 32 * big_endian(steps)]
            place += 5 + len(path)
            height, count, nodes = proved.get(NAMES.get(table), (0, 0, []))
            which, right = row >> height, False
            if steps and which < len(nodes):
                size = min(1 << height, count - (which << height))
                hashes = [path[each : each + 32] for each in range(0, len(path), 32)]
                right = (
                    path_end(leaf(raw), row & ((1 << height) - 1), size, hashes) == nodes[which]
                )
            yield table, row if right else None, record_of(raw)


def plain_body(body):
    body = re.sub("</?(?:%s)(?: [^<>]*)?>" % BREAKS, "\n", body)
    body = re.sub("<[^<>]*>", "", re.sub("</t[dh]>", "\t", body))
    return html.unescape(re.sub("\n\n+", "\n\n", body)).strip() + "\n"


def write_all(folder, out, known):
    """Write all that can be had; the exit code."""
    sheets, _ = read_all(folder)
    start, payloads = data_payloads(sheets)
    found = whole_blocks(payloads)
    proved, sources, count, sure = known_nodes(found, start, known), {}, 0, 0
    os.makedirs(out, exist_ok=True)
    have = set()
    for table, place, record in records(found, proved):
        text = {key: value for key, value in record.items() if isinstance(value, str)}
        if table == "S":
            sources[text.get("key")] = text
        if table == "A":
            count, sure = count + 1, sure + (place is not None)
            have.add(
                text.get("language", "") + "\t" + re.sub("[\t\n]", " ", text.get("title", ""))
            )
            write_article(out, count, text, sources.get(text.get("source"), {}), place is not None)
    listed = [content for (kind, _), content in sorted(found.items()) if kind == "L"]
    lines = b"".join(listed).decode("utf-8", "replace").split("\n")[:-1]
    missing = [line + "\n" for line in lines if line.partition("\t")[2] not in have]
    write_text(os.path.join(out, "missing.txt"), "".join(missing))
    wanted = expected(found)
    print(
        count,
        "articles of",
        wanted,
        "-",
        sure,
        "of them proved,",
        len(missing),
        "missing by the list",
    )
    return 0 if count and sure == count == wanted else 1


def expected(found):
    """How many articles there should be, as block E says."""
    raw, parts = found.get(("E", 0), b""), []
    while len(raw) > 4:
        size = 4 + big_endian(raw[:4])
        parts.append(raw[4:size])
        raw = raw[size:]
    told = re.match(rb'{"articles": ([0-9]{1,10})[,}]', parts[2]) if len(parts) == 3 else None
    return int(told[1]) if told else 0


def write_article(out, count, text, source, sure):
    title, body = text.get("title", ""), text.get("body", "")
    place = os.path.join(out, "%06d-%s" % (count, re.sub(r"[^\w-]+", "_", title)[:60]))
    about = [source[key] for key in ("title", "licence", "attribution") if key in source]
    about += [text[key] for key in ("licence", "url", "modified") if key in text]
    about.append("proved" if sure else "NOT PROVED")
    page = "<!doctype html>\n<meta charset=utf-8>\n<title>%s</title>\n<h1>%s</h1>\n" % (
        html.escape(title),
        html.escape(title),
    )
    write_text(
        place + ".html", page + body + "\n<hr>\n<p>%s</p>\n" % html.escape("; ".join(about))
    )
    write_text(place + ".txt", title + "\n\n" + plain_body(body))


def write_text(path, text):
    with open(path, "w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python3 -I decoder.py PICTURES OUT [ROOT]")
    sys.exit(write_all(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) == 4 else ""))
