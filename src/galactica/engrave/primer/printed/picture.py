"""Part 2: pictures of sheets, and where their corners are."""

import re


# ---- A picture ----
class ScanPicture:
    """grey: a byte for each dot, row by row, 0 is black; dark: 1 where it is darker."""

    def __init__(self, path):
        with open(path, "rb") as file:
            raw = file.read()
        head = re.match(rb"P([45])(?:\s|#[^\n]*\n)+(\d+)\s+(\d+)\s", raw)
        if head is None:
            raise ValueError("not a binary PGM or PBM")
        self.width, self.height, at = int(head[2]), int(head[3]), head.end()
        if head[1] == b"5":
            depth = re.compile(rb"255\s").match(raw, at)
            if depth is None:
                raise ValueError("not a PGM of 8 bits")
            self.grey = raw[depth.end() :]
        else:
            bits = [
                bytes(0 if byte >> 7 - i & 1 else 255 for i in range(8)) for byte in range(256)
            ]
            line, rows = (self.width + 7) // 8, []
            for row in range(self.height):
                part = raw[at + row * line : at + (row + 1) * line]
                rows.append(b"".join([bits[byte] for byte in part])[: self.width])
            self.grey = b"".join(rows)
        if len(self.grey) < self.width * self.height or not self.grey:
            raise ValueError("the picture is cut off")
        few = sorted(self.grey[:: 1 + len(self.grey) // 100000])
        middle = (few[len(few) // 50] + few[-1 - len(few) // 50]) // 2
        self.dark = self.grey.translate(bytes(int(value <= middle) for value in range(256)))

    def is_dark(self, x, y):
        x, y = int(x), int(y)
        return 0 <= x < self.width and 0 <= y < self.height and self.dark[y * self.width + x]

    def finders(self):
        """The corners that are found: (x, y, dots in a cell, whether its middle is bare)."""
        found = []
        for y in range(0, self.height, 4):
            line = self.dark[y * self.width : (y + 1) * self.width]
            for left, right in finder_runs(line):
                cell = (right - left) / 18
                column = int((left + right) / 2 + 3 * cell)
                for top, bottom in finder_runs(self.dark[column :: self.width]):
                    if top < y < bottom and abs(bottom - top - 18 * cell) < 3 * cell:
                        x, middle = (left + right) / 2, (top + bottom) / 2
                        if all(abs(x - f[0]) + abs(middle - f[1]) > 9 * cell for f in found):
                            found.append((x, middle, cell, not self.is_dark(x, middle)))
        largest = max((each[2] for each in found), default=0)  # smaller ones are chance
        return [each for each in found if each[2] > 0.85 * largest]


def finder_runs(line):
    """Where dots go 3 black, 2 white, 8 black, 2 white, 3 black, in cells of any size."""
    found = []
    for match in re.finditer(b"(?=(?<!\1)(\1+)(\0+)(\1+)(\0+)(\1+))", line):
        parts = [len(part) for part in match.groups()]
        cell = sum(parts) / 18
        if cell >= 1.5 and all(
            abs(n - w * cell) < 0.8 * cell for n, w in zip(parts, (3, 2, 8, 2, 3))
        ):
            found.append((match.start(), match.start() + sum(parts)))
    return found
