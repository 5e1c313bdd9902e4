"""Part 3: squares of a sheet, its header, its payload. docs/formats/page.md, "Raster"."""

import hashlib
import zlib
from itertools import combinations, permutations
from math import atan2

from galactica.engrave.primer.printed.arithmetic import big_endian, mend


# ---- A sheet ----
class ScannedSheet:
    """One sheet in a picture: its header, and its payload where it can be read.

    Cells are counted from the upper left corner of the raster. `spot` says where in the picture a
    place in cells lies: by the four corners at first, then by the marks around it.
    """

    def __init__(self, picture):
        self.picture, self.header, self.payload, self.reason = picture, b"", None, ""
        found = picture.finders()
        for four in [found] * (len(found) == 4) + with_fourth(found):
            x, y = sum(each[0] for each in four) / 4, sum(each[1] for each in four) / 4
            around = sorted(four, key=lambda each: atan2(each[1] - y, each[0] - x))  # clockwise
            for first in sorted(range(4), key=lambda each: not around[each][3]):
                if not self.header:
                    self.turned(around[first:] + around[:first])
        if not self.header:
            self.reason = "%d corners were found, and no header" % len(found)
            return
        self.across, self.down, self.check = self.header[41:44]
        self.size(self.across, self.down)
        self.read()

    def turned(self, four):
        """Try to read a header: upper left, upper right, lower right and lower left are these."""
        left, right, far, lower = four
        self.corners = [each[:2] for each in (left, right, lower, far)]
        cell = sum(each[2] for each in four) / 4
        wide = (away(left, right) + away(lower, far)) / 2
        high = (away(left, lower) + away(right, far)) / 2
        guess = [round((side / cell + 12) / 64) for side in (wide, high)]
        near = [(i, j) for i in range(-2, 3) for j in range(-2, 3)]
        for i, j in sorted(near, key=lambda each: abs(each[0]) + abs(each[1])):
            if not self.header and guess[0] + i >= 2 and guess[1] + j >= 2:
                self.header = self.read_header(guess[0] + i, guess[1] + j)

    def size(self, across, down):
        self.across, self.down = across, down
        self.width, self.height = 64 * across + 8, 64 * down + 8

    def spot(self, x, y):
        u, v = (x - 10) / (self.width - 20), (y - 10) / (self.height - 20)
        return aslant(self.corners, u, v)

    def read_header(self, across, down):
        """A header that fits to this number of tiles; nothing where there is none."""
        self.size(across, down)
        for column, row in ((0, 0), (across - 1, down - 1), (6, 0), (0, 6), (6, 6)):
            if column >= across or row >= down:
                continue
            spots = [
                self.spot(64 * column + 20.5 + x, 64 * row + 20.5 + y)
                for y in range(32)
                for x in range(32)
            ]
            p = self.picture
            if not all(0 <= x < p.width and 0 <= y < p.height for x, y in spots):
                continue
            grey = bytes(p.grey[int(y) * p.width + int(x)] for x, y in spots)
            raw = unmasked([value < sum(grey) / 1024 for value in grey])
            bands = [bytearray([byte]) for byte in raw]
            if mend(bands, 64) >= 0:
                header = b"".join(bands)[:64]
                right = header[:3] == b"GS\1" and zlib.crc32(header[:60]) == big_endian(
                    header[60:]
                )
                if right and header[41] == across and header[42] == down:
                    return header
        return b""

    def read(self):
        bits = self.cells(self.marks())
        raw = unmasked(bits)
        words = len(raw) // 255
        bands = []
        for j in range(255):
            band, turn = raw[j * words : (j + 1) * words], j * j % words
            bands.append(bytearray(band[turn:] + band[:turn]))
        wrong = mend(bands, self.check)
        payload = b"".join(bands[: 255 - self.check])[: big_endian(self.header[44:48])]
        if wrong < 0 or hashlib.sha256(payload).digest()[:12] != self.header[48:60]:
            self.reason = "too much of the sheet is damaged"
        else:
            self.payload = payload
            self.reason = "%d of %d bytes were corrected" % (wrong, len(raw))

    def marks(self):
        """The middle of each mark, row by row. One that is not found is where it should be."""
        found = {}
        ax, ay = self.spot(10, 10)
        bx, by = self.spot(11, 10)
        cx, cy = self.spot(10, 11)
        ex, ey = (bx - ax, by - ay), (cx - ax, cy - ay)
        for row in range(self.down + 1):
            for column in range(self.across + 1):
                x, y = self.spot(64 * column + 4, 64 * row + 4)
                near = [found[k] for k in ((column - 1, row), (column, row - 1)) if k in found]
                sx, sy = (sum(each[i] for each in near) / max(1, len(near)) for i in (2, 3))
                if column not in (0, self.across) or row not in (0, self.down):
                    for _ in range(2):
                        left, right = (self.edge(x + sx, y + sy, ex, ey, s, 0) for s in (-1, 1))
                        up, low = (self.edge(x + sx, y + sy, ex, ey, 0, s) for s in (-1, 1))
                        if abs(left + right - 6) < 1.2 and abs(up + low - 6) < 1.2:
                            m, n = (right - left) / 2, (low - up) / 2
                            sx, sy = sx + m * ex[0] + n * ey[0], sy + m * ex[1] + n * ey[1]
                else:
                    sx = sy = 0.0
                found[column, row] = (x + sx, y + sy, sx, sy)
        return found

    def edge(self, x, y, ex, ey, right, low):
        """How many cells from here to the edge of the black; a little aside of the notch."""
        x, y = x + 0.5 * (ex[0] + ey[0]), y + 0.5 * (ex[1] + ey[1])
        dx, dy = (right * ex[i] + low * ey[i] for i in (0, 1))
        n = 0
        while n < 64 and self.picture.is_dark(x + n * dx / 8, y + n * dy / 8):
            n += 1
        return n / 8 + 0.5 * (right + low)

    def cells(self, marks):
        """The bits of all free cells, in order."""
        bits, p = [], self.picture
        for row in range(self.down):
            last = row == self.down - 1
            rows = []
            for y in range(72 if last else 64):
                line = bytearray()
                for column in range(self.across):
                    around = [marks[column + i, row + j] for j in (0, 1) for i in (0, 1)]
                    v = (y + 0.5 - 4) / 64
                    x1, y1 = between(around, (0.5 - 4) / 64, v)
                    x2, y2 = between(around, (64.5 - 4) / 64, v)
                    dx, dy = (x2 - x1) / 64, (y2 - y1) / 64
                    for n in range(72 if column == self.across - 1 else 64):
                        x, z = int(x1 + n * dx), int(y1 + n * dy)
                        inside = 0 <= x < p.width and 0 <= z < p.height
                        line.append(p.grey[z * p.width + x] if inside else 255)
                rows.append(line)
            for n in range(self.across):  # half of all cells are black: the mean is the border
                end = self.width if n == self.across - 1 else 64 * n + 64
                limit = sum(sum(line[64 * n : end]) for line in rows) / len(rows) / (end - 64 * n)
                for line in rows:
                    line[64 * n : end] = bytes(value < limit for value in line[64 * n : end])
            for y, line in enumerate(rows):
                bits += [b for b, free in zip(line, self.free(64 * row + y)) if free]
        return bits

    def free(self, y):
        """Which cells of row y are neither mark, finder nor header."""
        row = [True] * self.width
        for column in range(self.across + 1):
            if y % 64 < 8:
                row[64 * column : 64 * column + 8] = [False] * 8
            tile = (column, y // 64)
            told = tile == (self.across - 1, self.down - 1) or (
                column % 6 == 0 and y // 64 % 6 == 0
            )
            inside = 20 <= y % 64 < 52 and column < self.across and y // 64 < self.down
            if told and inside:
                row[64 * column + 20 : 64 * column + 52] = [False] * 32
        if y < 20 or y >= self.height - 20:
            row[:20] = row[-20:] = [False] * 20
        return row


def with_fourth(found):
    """Three corners and where the fourth should be, which is torn off or was mistaken."""
    fours = []
    for three in combinations(found, 3):
        a, b, c = max(permutations(three), key=lambda each: away(each[0], each[1]))
        square = (away(a, c) ** 2 + away(b, c) ** 2) / away(a, b) ** 2
        if abs(square - 1) < 0.05:  # a right angle at c
            fours.append((a, b, c, (a[0] + b[0] - c[0], a[1] + b[1] - c[1], c[2], False)))
    return fours


def away(one, other):
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def aslant(four, u, v):
    """As `between`, of a rectangle that a camera saw from the side."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four
    sx, sy = ax - bx + dx - cx, ay - by + dy - cy
    size = (bx - dx) * (cy - dy) - (cx - dx) * (by - dy)
    g = (sx * (cy - dy) - (cx - dx) * sy) / size
    h = ((bx - dx) * sy - sx * (by - dy)) / size
    far = g * u + h * v + 1
    x = (bx - ax + g * bx) * u + (cx - ax + h * cx) * v + ax
    y = (by - ay + g * by) * u + (cy - ay + h * cy) * v + ay
    return x / far, y / far


def between(four, u, v):
    """The place between four places: upper left, upper right, lower left, lower right."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (each[:2] for each in four)
    a, b, c, d = (1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


MASK = [1] * 23


def unmasked(bits):
    """Bytes of bits that the mask was put on."""
    while len(MASK) < len(bits):
        MASK.append(MASK[-23] ^ MASK[-18])
    count = len(bits) // 8
    plain = "".join(["01"[bit ^ mask] for bit, mask in zip(bits[: 8 * count], MASK)])
    return int(plain, 2).to_bytes(count, "big")
