"""Part 1: bytes as numbers, and Reed-Solomon in a sheet. docs/formats/page.md, "Code"."""

# ---- Bytes as numbers: GF(256) ----
EXP, LOG = [0] * 510, [0] * 256
power = 1
for exponent in range(255):
    EXP[exponent] = EXP[exponent + 255] = power
    LOG[power] = exponent
    power = power << 1 ^ (0x11D if power & 128 else 0)


def gf_product(a, b):
    return EXP[LOG[a] + LOG[b]] if a and b else 0


def gf_quotient(a, b):
    return EXP[LOG[a] + 255 - LOG[b]] if a else 0


TABLES = [bytes(gf_product(a, b) for b in range(256)) for a in range(256)]


def big_endian(raw):
    """A number of several bytes, big-endian."""
    return int.from_bytes(raw, "big")


def plus(one, other):
    """The sum of two rows of bytes of the same length."""
    total = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    return total.to_bytes(len(one), "big")


# ---- Reed-Solomon inside a sheet ----
def mend(bands, check):
    """Correct codewords, in which bands[j][i] is byte j of codeword i.

    How many bytes were wrong; -1 if too many.
    """
    size, count = len(bands), len(bands[0])
    sums = []
    for root in range(check):
        total = bytes(count)
        for band in bands:
            total = plus(total.translate(TABLES[EXP[root]]), band)
        sums.append(total)
    wrong = 0
    for word in [i for i in range(count) if any(total[i] for total in sums)]:
        found = errors([total[word] for total in sums], size)
        if found is None:
            return -1
        for place, value in found:
            bands[place][word] ^= value
        wrong += len(found)
    return wrong


def errors(sums, size):
    """The wrong places of a codeword of `size` bytes and what to add there; None: too many."""
    locator, old, length, shift, last = [1], [1], 0, 1, 1
    for n in range(len(sums)):
        step = sums[n]
        for i in range(1, min(length, len(locator) - 1) + 1):
            step ^= gf_product(locator[i], sums[n - i])
        if step == 0:
            shift += 1
            continue
        factor, before = gf_quotient(step, last), locator
        locator = locator + [0] * (len(old) + shift - len(locator))
        for i, value in enumerate(old):
            locator[i + shift] ^= gf_product(factor, value)
        if 2 * length <= n:
            length, old, last, shift = n + 1 - length, before, step, 1
        else:
            shift += 1
    if 2 * length > len(sums):
        return None
    product = [0] * length
    for i in range(length):
        for j in range(min(i, len(locator) - 1) + 1):
            product[i] ^= gf_product(locator[j], sums[i - j])
    found = []
    for place in range(size):
        x = EXP[(255 - (size - 1 - place)) % 255]  # 1 by 2^(n - 1 - j)
        if poly_value(locator, x) == 0:
            slope = poly_value([v if i % 2 == 0 else 0 for i, v in enumerate(locator[1:])], x)
            if slope == 0:
                return None
            found.append((place, gf_quotient(gf_quotient(poly_value(product, x), slope), x)))
    return found if len(found) == length else None


def poly_value(polynomial, x):
    total = 0
    for value in reversed(polynomial):
        total = gf_product(total, x) ^ value
    return total
