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
        self.dark = self.darker()

    def darker(self):
        """1 for dots darker than the middle between light and dark around them, 0 for others."""
        few = sorted(self.grey[:: 1 + len(self.grey) // 100000])
        span, size = few[-1 - len(few) // 50] - few[len(few) // 50], 64 + self.width // 40
        tables = [bytes(int(value <= limit) for value in range(256)) for limit in range(256)]
        rows = []
        for top in range(0, self.height, size):
            lines = [
                self.grey[y * self.width : (y + 1) * self.width]
                for y in range(top, min(top + size, self.height))
            ]
            limits = []
            for left in range(0, self.width, size):
                near = sorted(b"".join([line[left : left + size : 3] for line in lines[::5]]))
                low, high = near[len(near) // 400], near[-1 - len(near) // 20]
                limits.append((left, (low + high) // 2 if 3 * (high - low) > span else 0))
            for line in lines:
                rows += [line[at : at + size].translate(tables[limit]) for at, limit in limits]
        return b"".join(rows)

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
                x = (left + right) / 2
                start, end = max(0, int(y - 14 * cell)), int(y + 14 * cell)
                part = self.dark[start * self.width : end * self.width]
                for top, bottom in finder_runs(part[int(x + 3 * cell) :: self.width]):
                    middle = start + (top + bottom) / 2
                    same = abs(bottom - top - 18 * cell) < 3 * cell and abs(middle - y) < 9 * cell
                    if same and all(abs(x - f[0]) + abs(middle - f[1]) > 9 * cell for f in found):
                        found.append((x, middle, cell, not self.is_dark(x, middle)))
            if len(found) > 500:
                return []  # no sheet looks like this
        found.sort(key=lambda each: -each[2])  # smaller ones are chance
        return [each for each in found[:4] if each[2] > 0.6 * found[0][2]]


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
