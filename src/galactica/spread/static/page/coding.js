// Bytes: numbers, lists, packed blocks, hashes. docs/formats/static.md is normative. All that is read here comes from a
// server that may lie: what is too short, too long or out of range is refused, and nothing large is made of little.

/** What came is not what the edition has. */
export class Refused extends Error {}

/** What is wanted cannot be had now. */
export class Away extends Error {}

export const MAX_BLOCK = 4 * 2 ** 20;
const decoder = new TextDecoder("utf-8", { fatal: true });

export const utf8 = (text) => new TextEncoder().encode(text);
export const textOf = (bytes) => decoder.decode(bytes);
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Whether two arrays of bytes are the same. */
export function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Which of two arrays of bytes comes first: below 0, 0, above 0. */
export function compare(one, other) {
  const size = Math.min(one.length, other.length);
  for (let at = 0; at < size; at++) if (one[at] !== other[at]) return one[at] - other[at];
  return one.length - other.length;
}

export function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Bytes that are read from their beginning on. */
export class Bytes {
  constructor(raw, at = 0) {
    this.raw = raw;
    this.at = at;
  }

  get left() {
    return this.raw.length - this.at;
  }

  number() {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 42; scale *= 128) {
      if (this.at >= this.raw.length) break;
      const byte = this.raw[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new Refused("a number is cut off or too long");
  }

  take(size) {
    if (size > this.left) throw new Refused("it is cut off");
    this.at += size;
    return this.raw.subarray(this.at - size, this.at);
  }

  /** A count of things that have at least so many bytes each. */
  count(least) {
    const count = this.number();
    if (count * least > this.left) throw new Refused("it counts more than there is");
    return count;
  }

  text() {
    return textOf(this.take(this.number()));
  }

  /** The front-coded key behind another. */
  key(before) {
    const shared = this.number();
    const more = this.number();
    if (shared > before.length) throw new Refused("a key shares more than there is");
    return joined(before.subarray(0, shared), this.take(more));
  }

  end() {
    if (this.left) throw new Refused("something follows it");
  }
}

/** What was packed by deflate (RFC 1951), at most so many bytes. */
export async function inflated(packed, most = MAX_BLOCK) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joined(...parts);
      size += value.length;
      if (size > most) throw new Refused("a block unpacks to more than it may");
      parts.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error instanceof Refused ? error : new Refused("a block cannot be unpacked");
  }
}

const bits = (raw, at) => (raw[at >> 3] >> (at & 7)) & 1;

function unpacked(reader, count, width) {
  const raw = reader.take(Math.ceil((count * width) / 8));
  const out = new Array(count).fill(0);
  if (!width) return out;
  for (let place = 0, at = 0; place < count; place++) {
    let value = 0;
    for (let bit = 0; bit < width; bit++, at++) if (bits(raw, at)) value += 2 ** bit;
    out[place] = value;
  }
  return out;
}

/** A list of articles: [numbers ascending, levels]. */
export function decodeList(raw, articles) {
  const reader = new Bytes(raw);
  const listed = reader.number();
  if (listed < 1 || listed > articles || listed > 8 * raw.length) throw new Refused("a list counts wrong");
  const [least, width] = reader.take(2);
  if (width > 8 || least < 1) throw new Refused("a list has levels that are none");
  const low = Math.max(0, Math.floor(Math.log2(Math.floor(articles / listed) + 0.5)));
  const levels = unpacked(reader, listed, width).map((level) => level + least);
  const lows = unpacked(reader, listed, low);
  const size = listed + Math.floor((articles - 1) / 2 ** low) + 1;
  const high = reader.take(Math.ceil(size / 8));
  reader.end();
  const numbers = [];
  for (let at = 0; at < high.length * 8; at++) {
    if (!bits(high, at)) continue;
    if (numbers.length === listed) throw new Refused("a list is not as long as it says");
    numbers.push((at - numbers.length) * 2 ** low + lows[numbers.length]);
    const last = numbers.length - 1;
    if (numbers[last] >= articles || (last && numbers[last] <= numbers[last - 1])) throw new Refused("a list is out of order");
  }
  if (numbers.length !== listed || levels.some((level) => level > 255)) throw new Refused("a list is not as it says");
  return [numbers, levels];
}

export const valueOf = (level) => 2 ** ((level - 128) / 16);

// SHA-256 (FIPS 180-4). WebCrypto's is used for what is long; it is missing where a page was not opened over https, and
// takes longer to be asked than a short text takes here.

const K = new Uint32Array(64);
const START = new Uint32Array(8);
{
  const root = (number, power) => {
    const value = number ** power;
    return Math.floor((value - Math.floor(value)) * 2 ** 32);
  };
  let found = 0;
  for (let number = 2; found < 64; number++) {
    if ([...Array(number).keys()].slice(2).some((other) => number % other === 0)) continue;
    if (found < 8) START[found] = root(number, 1 / 2);
    K[found++] = root(number, 1 / 3);
  }
}

export function sha256(bytes) {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  const state = Uint32Array.from(START);
  const w = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 16; t++) w[t] = view.getUint32(block + 4 * t);
    for (let t = 16; t < 64; t++) {
      const a = w[t - 15];
      const b = w[t - 2];
      const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
      const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
      w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, at) => (state[at] += value));
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((value, at) => out.setUint32(4 * at, value));
  return new Uint8Array(out.buffer);
}

export async function digest(bytes) {
  if (bytes.length < 2048 || !globalThis.crypto?.subtle) return sha256(bytes);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

// Merkle trees as in RFC 9162 §2.1.

const node = (left, right) => sha256(joined([1], left, right));
export const leafHash = async (record) => digest(joined([0], record));
const split = (size) => 2 ** Math.floor(Math.log2(size - 1) + 1e-9);

export function treeHead(leaves) {
  if (!leaves.length) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0];
  const middle = split(leaves.length);
  return node(treeHead(leaves.slice(0, middle)), treeHead(leaves.slice(middle)));
}

/** How many hashes lead from a leaf to the head. */
export function steps(place, size) {
  let count = 0;
  for (let low = 0, high = size; high - low > 1; count++) {
    const middle = low + split(high - low);
    if (place < middle) high = middle;
    else low = middle;
  }
  return count;
}

/** Whether hashes lead from a leaf at a place to the head (§2.1.3.2). */
export function leads(leaf, place, size, path, head) {
  let [at, last, current] = [place, size - 1, leaf];
  for (const step of path) {
    if (!last) return false;
    if (at % 2 || at === last) {
      current = node(step, current);
      while (at && at % 2 === 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else current = node(current, step);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(current, head);
}

export const cut32 = (raw) => Array.from({ length: raw.length / 32 }, (_, at) => raw.subarray(32 * at, 32 * at + 32));

/** The fields of a record: CBOR (RFC 8949) of texts, bytes, numbers and arrays in one map. */
export function fieldsOf(raw) {
  const reader = new Bytes(raw);
  const value = (depth) => {
    const first = reader.take(1)[0];
    const kind = first >> 5;
    let size = first & 31;
    if (size > 27 || depth > 6) throw new Refused("a record has a value of a kind that none has");
    if (size > 23) size = reader.take(2 ** (size - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    if (kind === 0) return size;
    if (kind === 2) return reader.take(size);
    if (kind === 3) return textOf(reader.take(size));
    if (size > reader.left) throw new Refused("a record is cut off");
    if (kind === 4) return Array.from({ length: size }, () => value(depth + 1));
    if (kind !== 5 || depth) throw new Refused("a record has a value of a kind that none has");
    return Object.fromEntries(Array.from({ length: size }, () => [value(1), value(1)]));
  };
  const fields = value(0);
  reader.end();
  return fields;
}
