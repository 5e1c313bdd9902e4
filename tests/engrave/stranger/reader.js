'use strict';
// An independent reader of the sheets, written from the words of the primer alone (chapters 1 to 14).
//   node reader.js SHEETS_FOLDER OUT_FOLDER [ROOT_IN_HEX]
const fs = require('fs'), path = require('path');

// ---------- Chapter 12: SHA-256 (the constants are those that the chapter prints) ----------
const H0 = hexWords('6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19');
const K = hexWords('428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5' +
  'd807aa9812835b01243185be550c7dc372be5d7480deb1fe9bdc06a7c19bf174' +
  'e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da' +
  '983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca635114292967' +
  '27b70a852e1b21384d2c6dfc53380d13650a7354766a0abb81c2c92e92722c85' +
  'a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa070' +
  '19a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3' +
  '748f82ee78a5636f84c878148cc7020890befffaa4506cebbef9a3f7c67178f2');
function hexWords(hex) { return Int32Array.from(hex.match(/.{8}/g), w => parseInt(w, 16)); }

function sha256(...parts) {
  const data = Buffer.concat(parts), end = (data.length + 9 + 63) & ~63;
  const m = Buffer.alloc(end);
  data.copy(m); m[data.length] = 0x80;
  m.writeUInt32BE(Math.floor(data.length / 0x20000000), end - 8);
  m.writeUInt32BE((data.length * 8) >>> 0, end - 4);
  const H = Int32Array.from(H0), W = new Int32Array(64), rotr = (w, n) => (w >>> n) | (w << (32 - n));
  for (let at = 0; at < end; at += 64) {
    for (let i = 0; i < 16; i++) W[i] = m.readInt32BE(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const p = W[i - 15], q = W[i - 2];
      W[i] = W[i - 16] + (rotr(p, 7) ^ rotr(p, 18) ^ (p >>> 3)) + W[i - 7] + (rotr(q, 17) ^ rotr(q, 19) ^ (q >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = H;
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const t2 = ((rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((v, i) => { H[i] += v; });
  }
  const out = Buffer.alloc(32);
  H.forEach((v, i) => out.writeInt32BE(v, 4 * i));
  return out;
}

// ---------- Chapter 6: CRC-32 ----------
const CRC = Int32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
function crc32(data) {
  let c = -1;
  for (const byte of data) c = (c >>> 8) ^ CRC[(c ^ byte) & 255];
  return (c ^ -1) >>> 0;
}

// ---------- Chapter 4: calculating with bytes, GF(256) ----------
const E = new Uint8Array(510), L = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  E[i] = E[i + 255] = x; L[x] = i;
  x <<= 1; if (x > 255) x ^= 0x11d;
}
const mul = (a, b) => a && b ? E[L[a] + L[b]] : 0;
const div = (a, b) => a ? E[L[a] + 255 - L[b]] : 0;

// ---------- Chapter 5: correcting a codeword, in place. Gives the number of wrong bytes, or -1 ----------
function correct(w, e) {
  const n = w.length, S = new Uint8Array(e);
  let bad = false;
  for (let i = 0; i < e; i++) {
    let s = 0;
    for (let j = 0; j < n; j++) s = (s ? E[L[s] + i] : 0) ^ w[j];
    S[i] = s; if (s) bad = true;
  }
  if (!bad) return 0;
  let C = [1], B = [1], len = 0, m = 1, b = 1;
  for (let r = 0; r < e; r++) {
    let d = S[r];
    for (let i = 1; i <= len; i++) d ^= mul(C[i] || 0, S[r - i]);
    if (!d) { m++; continue; }
    const T = C.slice(), factor = div(d, b);
    B.forEach((v, i) => { C[i + m] = (C[i + m] || 0) ^ mul(factor, v); });
    for (let i = 0; i < C.length; i++) C[i] = C[i] || 0;
    if (2 * len <= r) { len = r + 1 - len; B = T; b = d; m = 1; } else m++;
  }
  if (2 * len > e) return -1;
  const O = [];
  for (let i = 0; i < len; i++) {
    O[i] = 0;
    for (let k = 0; k <= i; k++) O[i] ^= mul(C[k] || 0, S[i - k]);
  }
  const value = (P, x, first, step) => {           // P[first] + P[first + step] * x^step + ...
    let sum = 0, xs = 1, xStep = 1;
    for (let i = 0; i < step; i++) xStep = mul(xStep, x);
    for (let i = first; i < P.length; i += step) { sum ^= mul(P[i], xs); xs = mul(xs, xStep); }
    return sum;
  };
  const fixes = [];
  for (let j = 0; j < n; j++) {
    const x = E[(255 - (n - 1 - j) % 255) % 255];
    if (value(C, x, 0, 1)) continue;
    const D = value(C, x, 1, 2);
    if (!D) return -1;
    fixes.push([j, div(div(value(O, x, 0, 1), D), x)]);
  }
  if (fixes.length !== len) return -1;
  for (const [j, f] of fixes) w[j] ^= f;
  return len;
}

// ---------- Chapter 3: the picture, its finders ----------
function readPgm(file) {
  const data = fs.readFileSync(file), head = /^P5\s+(?:#.*\n)*(\d+)\s+(\d+)\s+255\s/.exec(data.toString('latin1', 0, 400));
  if (!head) throw new Error('not an 8 bit P5 picture');
  const width = +head[1], height = +head[2], dots = Buffer.alloc(width * height, 255);
  data.copy(dots, 0, head[0].length);
  return { width, height, dots };
}

// each dot made the mean of the nine around it: only for pictures that cannot be read as they are (noise)
function softer({ width, height, dots }) {
  const out = Buffer.from(dots), sum = new Uint16Array(width * height);
  for (let i = 1; i < dots.length - 1; i++) sum[i] = dots[i - 1] + dots[i] + dots[i + 1];
  for (let i = width; i < dots.length - width; i++) out[i] = (sum[i - width] + sum[i] + sum[i + width]) / 9;
  return { width, height, dots: out };
}

// brightness at a point (dot x, y covers x to x + 1), by even division between the four dots around
function bright(pic, x, y) {
  x -= 0.5; y -= 0.5;
  const { width, height, dots } = pic;
  const x0 = Math.min(Math.max(Math.floor(x), 0), width - 2), y0 = Math.min(Math.max(Math.floor(y), 0), height - 2);
  const u = Math.min(Math.max(x - x0, 0), 1), v = Math.min(Math.max(y - y0, 0), 1), at = y0 * width + x0;
  return (1 - v) * ((1 - u) * dots[at] + u * dots[at + 1]) + v * ((1 - u) * dots[at + width] + u * dots[at + width + 1]);
}

// dark or light of each dot; the border is the middle between the darkest and the lightest dots nearby
function darkDots({ width, height, dots }) {
  const size = 96, dark = new Uint8Array(width * height);
  for (let top = 0; top < height; top += size) for (let left = 0; left < width; left += size) {
    const near = [], bottom = Math.min(height, top + size), right = Math.min(width, left + size);
    for (let y = Math.max(0, top - size); y < Math.min(height, bottom + size); y += 5)
      for (let x = Math.max(0, left - size); x < Math.min(width, right + size); x += 5) near.push(dots[y * width + x]);
    const sorted = Uint8Array.from(near).sort(), lo = sorted[Math.floor(near.length * 0.03)], hi = sorted[Math.floor(near.length * 0.97)];
    const border = hi - lo < 40 ? 0 : (lo + hi) / 2;
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) dark[y * width + x] = dots[y * width + x] < border ? 1 : 0;
  }
  return dark;
}

// places in a line of dots where 3, 2, 8, 2, 3 cells follow (or 3, 2, 2, 4, 2, 2, 3: through the white middle)
const PATTERNS = [[3, 2, 8, 2, 3], [3, 2, 2, 4, 2, 2, 3]];
function matches(dark, start, step, count) {
  const edges = [0], found = [];
  for (let i = 1; i < count; i++) if (dark[start + i * step] !== dark[start + (i - 1) * step]) edges.push(i);
  edges.push(count);
  for (let k = dark[start] ? 0 : 1; k + 5 < edges.length; k += 2) for (const pattern of PATTERNS) {
    if (k + pattern.length >= edges.length) continue;
    const cell = (edges[k + pattern.length] - edges[k]) / 18;
    if (cell >= 1.5 && pattern.every((p, i) => Math.abs(edges[k + i + 1] - edges[k + i] - p * cell) < 0.6 * cell + 0.5))
      found.push({ middle: (edges[k] + edges[k + pattern.length]) / 2, cell });
  }
  return found;
}

function findFinders(pic) {
  const { width, height } = pic, dark = darkDots(pic), spots = [];
  for (let y = 0; y < height; y++) for (const row of matches(dark, y * width, 1, width)) {
    const reach = Math.round(row.cell * 16), top = Math.max(0, y - reach), x = Math.floor(row.middle);
    for (const col of matches(dark, top * width + x, width, Math.min(height, y + reach) - top)) {
      const yMiddle = top + col.middle;
      if (Math.abs(yMiddle - y) > 5 * row.cell || col.cell > 1.4 * row.cell || col.cell < row.cell / 1.4) continue;
      const near = spots.find(s => Math.hypot(s.x / s.n - row.middle, s.y / s.n - yMiddle) < 5 * row.cell);
      const spot = near || { x: 0, y: 0, cell: 0, n: 0 };
      spot.x += row.middle; spot.y += yMiddle; spot.cell += (row.cell + col.cell) / 2; spot.n++;
      if (!near) spots.push(spot);
    }
  }
  spots.sort((a, b) => b.n - a.n);                 // a true finder is met by many rows, a chance one by few
  return spots.slice(0, 4).filter(s => s.n > 2).map(s => ({ x: s.x / s.n, y: s.y / s.n, cell: s.cell / s.n }));
}

// Chapter 3, "Headers": the place of (u, v) between four corners P, Q, S, T, also if seen aslant
function aslant([P, Q, S, T]) {
  const sx = P.x - Q.x + T.x - S.x, sy = P.y - Q.y + T.y - S.y;
  const z = (Q.x - T.x) * (S.y - T.y) - (S.x - T.x) * (Q.y - T.y);
  const g = (sx * (S.y - T.y) - (S.x - T.x) * sy) / z, h = ((Q.x - T.x) * sy - sx * (Q.y - T.y)) / z;
  return (u, v) => {
    const w = g * u + h * v + 1;
    return { x: ((Q.x - P.x + g * Q.x) * u + (S.x - P.x + h * S.x) * v + P.x) / w,
      y: ((Q.y - P.y + g * Q.y) * u + (S.y - P.y + h * S.y) * v + P.y) / w };
  };
}

// ---------- Chapter 3: the mask; chapters 5 and 6: the header ----------
let MASK = new Uint8Array(0);
function mask(count) {
  if (MASK.length < count) {
    MASK = new Uint8Array(count).fill(1, 0, 23);
    for (let n = 23; n < count; n++) MASK[n] = MASK[n - 23] ^ MASK[n - 18];
  }
  return MASK;
}
function toBytes(bits) {                           // bits as printed -> bytes, the mask undone
  const m = mask(bits.length), out = Buffer.alloc(bits.length >> 3);
  for (let n = 0; n < out.length * 8; n++) out[n >> 3] |= (bits[n] ^ m[n]) << (7 - (n & 7));
  return out;
}
function headerTiles(C, R) {
  const tiles = [];
  for (let r = 0; r < R; r += 6) for (let c = 0; c < C; c += 6) tiles.push([c, r]);
  if (!tiles.some(([c, r]) => c === C - 1 && r === R - 1)) tiles.push([C - 1, R - 1]);
  return tiles;
}
function parseHeader(cells) {                      // 1,024 brightnesses, row by row
  const border = cells.reduce((a, b) => a + b, 0) / cells.length;
  const w = toBytes(cells.map(v => v < border ? 1 : 0));
  if (correct(w, 64) < 0 || w.toString('latin1', 0, 2) !== 'GS' || w[2] !== 1) return null;
  if (crc32(w.subarray(0, 60)) !== w.readUInt32BE(60)) return null;
  return { parity: w[3] === 1, root: w.toString('hex', 4, 20), set: w.toString('hex', 20, 28),
    number: w.readUInt32BE(28), sheets: w.readUInt32BE(32), group: w.readUInt16BE(36), place: w[38],
    d: w[39], M: w[40], C: w[41], R: w[42], e: w[43], used: w.readUInt32BE(44), hash: w.toString('hex', 48, 60) };
}

// all orders P, Q, S, T of the corners: four turns, and the same mirrored; of three corners the fourth is reckoned
function cornerOrders(finders) {
  const fours = finders.length === 4 ? [finders] : [];
  for (const t of fours.length ? finders.map(skip => finders.filter(f => f !== skip)) : finders.length === 3 ? [finders] : [])
    for (const across of t) {
      const [a, b] = t.filter(f => f !== across);
      fours.push([...t, { x: a.x + b.x - across.x, y: a.y + b.y - across.y, cell: a.cell }]);
    }
  return fours.flatMap(four => {
    const mx = four.reduce((s, p) => s + p.x, 0) / 4, my = four.reduce((s, p) => s + p.y, 0) / 4;
    const g = four.slice().sort((a, b) => Math.atan2(a.y - my, a.x - mx) - Math.atan2(b.y - my, b.x - mx));
    const turns = [0, 1, 2, 3].map(k => [g[k], g[(k + 1) % 4], g[(k + 3) % 4], g[(k + 2) % 4]]);
    return [...turns, ...turns.map(([P, Q, S, T]) => [P, S, Q, T])];
  });
}

function readHeader(pic, finders) {
  for (const corners of cornerOrders(finders)) {
    const [P, Q, S] = corners, place = aslant(corners), cell = corners.reduce((s, p) => s + p.cell, 0) / 4;
    const guesses = a => [0, -1, 1, -2, 2].map(k => Math.round((Math.hypot(a.x - P.x, a.y - P.y) / cell + 12) / 64) + k).filter(n => n > 0);
    for (const C of guesses(Q)) for (const R of guesses(S)) for (const [c, r] of headerTiles(C, R)) {
      const cells = [];
      for (let y = 64 * r + 20; y < 64 * r + 52; y++) for (let x = 64 * c + 20; x < 64 * c + 52; x++) {
        const p = place((x + 0.5 - 10) / (64 * C - 12), (y + 0.5 - 10) / (64 * R - 12));
        cells.push(bright(pic, p.x, p.y));
      }
      const header = parseHeader(cells);
      if (header && header.C === C && header.R === R) return { header, corners };
    }
  }
  return null;
}

// ---------- Chapter 3: marks, and the cells between them ----------
const MARK = ['........', '.#..###.', '.#..###.', '.######.', '.######.', '.######.', '.######.', '........'];

// Looks near a guessed place for a mark: where are its white cells lightest against its black ones?
function findMark(pic, guess, ax, ay, reach, step) {
  const tries = [];
  let best = -Infinity;
  for (let j = -reach; j <= reach; j += step) for (let i = -reach; i <= reach; i += step) {
    let score = 0;
    for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) {
      const cx = x - 3.5 + i, cy = y - 3.5 + j;
      const b = bright(pic, guess.x + cx * ax.x + cy * ay.x, guess.y + cx * ax.y + cy * ay.y);
      score += MARK[y][x] === '#' ? -b : b;        // 32 cells are black and 32 white
    }
    best = Math.max(best, score); tries.push([i, j, score / 32]);
  }
  best /= 32;
  let si = 0, sj = 0, sw = 0;                      // the middle of all places nearly as good as the best
  for (const [i, j, s] of tries) if (s > 0.85 * best) { const w = s - 0.85 * best; si += i * w; sj += j * w; sw += w; }
  si /= sw || 1; sj /= sw || 1;
  return { x: guess.x + si * ax.x + sj * ay.x, y: guess.y + si * ax.y + sj * ay.y, score: best };
}

function findMarks(pic, header, corners) {
  const { C, R } = header, W = 64 * C + 8, H = 64 * R + 8, flat = aslant(corners), marks = [];
  const at = (x, y) => flat((x - 10) / (W - 20), (y - 10) / (H - 20));
  for (let r = 0; r <= R; r++) for (let c = 0; c <= C; c++) {
    const x = 64 * c + 4, y = 64 * r + 4, p = at(x, y), px = at(x + 1, y), py = at(x, y + 1);
    const ax = { x: px.x - p.x, y: px.y - p.y }, ay = { x: py.x - p.x, y: py.y - p.y };
    const mark = { c, r, flat: p, x: p.x, y: p.y, good: true };
    marks.push(mark);
    if ((c === 0 || c === C) && (r === 0 || r === R)) continue;
    const beside = marks.filter(n => n.good && n !== mark && Math.abs(n.c - c) <= 1 && n.r >= r - 1);
    const shift = k => beside.length ? beside.reduce((s, n) => s + n[k] - n.flat[k], 0) / beside.length : 0;
    const rough = findMark(pic, { x: p.x + shift('x'), y: p.y + shift('y') }, ax, ay, 3, 0.5);
    Object.assign(mark, findMark(pic, rough, ax, ay, 1, 0.125));
  }
  const scores = marks.filter(m => m.score !== undefined).map(m => m.score).sort((a, b) => a - b);
  for (const m of marks) if (m.score < 0.5 * scores[scores.length >> 1]) m.good = false;
  for (const m of marks.filter(n => !n.good)) {    // not found: the place that its neighbours suggest
    const beside = marks.filter(n => n.good && Math.abs(n.c - m.c) <= 1 && Math.abs(n.r - m.r) <= 1);
    for (const k of ['x', 'y']) m[k] = m.flat[k] + (beside.length ? beside.reduce((s, n) => s + n[k] - n.flat[k], 0) / beside.length : 0);
  }
  return marks;
}

function isFree(x, y, { C, R }, heads) {
  const W = 64 * C + 8, H = 64 * R + 8;
  if ((x < 20 || x >= W - 20) && (y < 20 || y >= H - 20)) return false;
  if (x % 64 < 8 && y % 64 < 8) return false;
  const tx = x % 64, ty = y % 64;
  return !(tx >= 20 && tx < 52 && ty >= 20 && ty < 52 && heads.has((x >> 6) + ',' + (y >> 6)));
}

function readFreeBits(pic, header, corners) {
  const { C, R } = header, W = 64 * C + 8, H = 64 * R + 8, marks = findMarks(pic, header, corners);
  const values = new Float32Array(W * H), sums = new Float64Array(C * R), counts = new Uint32Array(C * R);
  const tile = (x, y) => Math.min(R - 1, y >> 6) * C + Math.min(C - 1, x >> 6);
  for (let y = 0; y < H; y++) for (let x = 0; x < W; x++) {
    const t = tile(x, y), c = t % C, r = (t - c) / C, k = r * (C + 1) + c;
    const P = marks[k], Q = marks[k + 1], S = marks[k + C + 1], T = marks[k + C + 2];
    const u = (x + 0.5 - 64 * c - 4) / 64, v = (y + 0.5 - 64 * r - 4) / 64;
    const a = (1 - u) * (1 - v), b = u * (1 - v), d = (1 - u) * v, e = u * v;
    const value = bright(pic, a * P.x + b * Q.x + d * S.x + e * T.x, a * P.y + b * Q.y + d * S.y + e * T.y);
    values[y * W + x] = value; sums[t] += value; counts[t]++;
  }
  const heads = new Set(headerTiles(C, R).map(String)), bits = [];
  for (let y = 0; y < H; y++) for (let x = 0; x < W; x++)
    if (isFree(x, y, header, heads)) bits.push(values[y * W + x] < sums[tile(x, y)] / counts[tile(x, y)] ? 1 : 0);
  return bits;
}

// ---------- Chapter 5: the codewords of a whole sheet ----------
function readPayload(bits, header) {
  const bytes = toBytes(bits), N = Math.floor(bytes.length / 255), said = 255 - header.e;
  const out = Buffer.alloc(N * said);
  let wrong = 0, lost = 0;
  for (let i = 0; i < N; i++) {
    const w = Buffer.alloc(255);
    for (let j = 0; j < 255; j++) w[j] = bytes[j * N + (i + j * j) % N];
    const n = correct(w, header.e);
    if (n < 0) lost++; else wrong += n;
    for (let j = 0; j < said; j++) out[j * N + i] = w[j];
  }
  const payload = out.subarray(0, header.used);
  return { payload, wrong, lost, codewords: N, good: !lost && sha256(payload).toString('hex', 0, 12) === header.hash };
}

function readSheet(file) {
  let pic = readPgm(file), found = readHeader(pic, findFinders(pic));
  if (!found) { pic = softer(pic); found = readHeader(pic, findFinders(pic)); }
  if (!found) throw new Error('no header could be read');
  return { header: found.header, ...readPayload(readFreeBits(pic, found.header, found.corners), found.header) };
}

// ---------- Chapter 7: sheets that are lost. Fills in data[place]; gives how many were made ----------
function makeLost(data, parity, d, M) {
  const missing = [...Array(d).keys()].filter(j => !data[j]), ps = [...parity.keys()].slice(0, missing.length);
  if (!missing.length || ps.length < missing.length) return 0;
  const q = (p, j) => div(1 ^ (1 + M + j), (1 + p) ^ (1 + M + j)), f = (p, j) => div(q(p, j), q(p, 0));
  const add = (to, from, factor) => { for (let n = 0; n < from.length; n++) to[n] ^= mul(factor, from[n]); };
  const lines = ps.map(p => {
    const row = Buffer.from(parity.get(p));
    data.forEach((payload, j) => { if (payload) add(row, payload, f(p, j)); });
    return { row, factors: Buffer.from(missing.map(j => f(p, j))) };
  });
  for (let c = 0; c < lines.length; c++) {
    const k = lines.findIndex((line, i) => i >= c && line.factors[c]);
    [lines[c], lines[k]] = [lines[k], lines[c]];
    const by = lines[c].factors[c];
    for (const part of [lines[c].row, lines[c].factors]) for (let n = 0; n < part.length; n++) part[n] = div(part[n], by);
    lines.forEach((line, i) => {
      if (i === c || !line.factors[c]) return;
      const factor = line.factors[c];
      add(line.row, lines[c].row, factor); add(line.factors, lines[c].factors, factor);
    });
  }
  missing.forEach((j, i) => { data[j] = lines[i].row; });
  return missing.length;
}

// ---------- Chapter 9: unpacking a block (DEFLATE) ----------
const LENGTHS = [], DISTANCES = [];
for (let s = 0, base = 3; s < 28; s++) { const x = s < 8 ? 0 : (s >> 2) - 1; LENGTHS.push([base, x]); base += 1 << x; }
LENGTHS.push([258, 0]);
for (let s = 0, base = 1; s < 30; s++) { const x = s < 4 ? 0 : (s >> 1) - 1; DISTANCES.push([base, x]); base += 1 << x; }
function codes(lengths) {                          // a map from (1 and then the bits of the code) to the symbol
  const map = new Map();
  for (let n = 1, code = 0; n <= 15; n++, code *= 2)
    lengths.forEach((length, symbol) => { if (length === n) map.set((1 << n) | code++, symbol); });
  return map;
}
function unpack(data) {
  const out = [];
  let at = 0;
  const bit = () => {
    if (at >= data.length * 8) throw new Error('packed bytes end too early');
    const b = (data[at >> 3] >> (at & 7)) & 1; at++; return b;
  };
  const number = n => { let v = 0; for (let i = 0; i < n; i++) v |= bit() << i; return v; };
  const symbol = map => {
    for (let code = 1, n = 0; n < 15; n++) { code = (code << 1) | bit(); const s = map.get(code); if (s !== undefined) return s; }
    throw new Error('no such code');
  };
  for (let last = 0; !last;) {
    last = bit();
    const type = number(2);
    if (type === 3) throw new Error('no such type');
    if (type === 0) {
      at = (at + 7) & ~7;
      const length = number(16);
      if ((number(16) ^ length) !== 0xffff) throw new Error('wrong stored length');
      for (let i = 0; i < length; i++) out.push(number(8));
      continue;
    }
    let lengths = [...Array(288)].map((_, s) => s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8), far = Array(30).fill(5);
    if (type === 2) {
      const n1 = number(5) + 257, n2 = number(5) + 1, n3 = number(4) + 4, third = Array(19).fill(0);
      for (let i = 0; i < n3; i++) third[[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15][i]] = number(3);
      const map = codes(third), row = [];
      while (row.length < n1 + n2) {
        const s = symbol(map);
        const [value, times] = s < 16 ? [s, 1] : s === 16 ? [row[row.length - 1], number(2) + 3] : [0, s === 17 ? number(3) + 3 : number(7) + 11];
        for (let i = 0; i < times; i++) row.push(value);
      }
      lengths = row.slice(0, n1); far = row.slice(n1);
    }
    const first = codes(lengths), second = codes(far);
    for (let s; (s = symbol(first)) !== 256;) {
      if (s < 256) { out.push(s); continue; }
      const length = LENGTHS[s - 257][0] + number(LENGTHS[s - 257][1]), k = symbol(second);
      const distance = DISTANCES[k][0] + number(DISTANCES[k][1]);
      if (distance > out.length) throw new Error('distance too great');
      for (let i = 0; i < length; i++) out.push(out[out.length - distance]);
    }
  }
  return Buffer.from(out);
}

// ---------- Chapter 8: blocks. Gives a map from kind and number ("R 0") to the content ----------
function readBlocks(payloads) {
  const pieces = new Map(), blocks = new Map(), problems = [];
  for (const p of payloads) for (let at = 0; at + 18 <= p.length && p[at];) {
    const end = at + 18 + p.readUInt32BE(at + 10), name = String.fromCharCode(p[at]) + ' ' + p.readUInt32BE(at + 6);
    if (!pieces.has(name)) pieces.set(name, []);
    pieces.get(name).push({ packed: p[at + 1], piece: p.readUInt16BE(at + 2), of: p.readUInt16BE(at + 4),
      crc: p.readUInt32BE(at + 14), bytes: p.subarray(at + 18, end) });
    at = end;
  }
  for (const [name, list] of pieces) {             // copies: begin with each first piece, until one is right
    const right = list.filter(p => p.piece === 0).some(head => {
      const all = [...Array(head.of).keys()].map(i => i ? list.find(p => p.piece === i && p.crc === head.crc) : head);
      if (all.includes(undefined)) return false;
      try {
        const joined = Buffer.concat(all.map(p => p.bytes)), content = head.packed ? unpack(joined) : joined;
        return crc32(content) === head.crc && blocks.set(name, content);
      } catch (error) { return false; }
    });
    if (!right) problems.push(name);
  }
  return { blocks, problems };
}
const ofKind = (blocks, kind) => [...blocks].filter(([name]) => name[0] === kind)
  .map(([name, content]) => ({ number: +name.slice(2), content })).sort((a, b) => a.number - b.number);

// ---------- Chapter 11: records (CBOR), and the text of a body ----------
function readRecord(data) {
  let at = 0;
  const item = () => {
    const kind = data[at] >> 5, s = data[at++] & 31;
    if (s > 27) throw new Error('no such item');
    let n = s;
    if (s >= 24) { const size = 1 << (s - 24); n = 0; for (let i = 0; i < size; i++) n = n * 256 + data[at++]; }
    if ((kind === 2 || kind === 3) && at + n > data.length) throw new Error('record ends too early');
    if (kind === 0) return n;
    if (kind === 2) return data.subarray(at, at += n);
    if (kind === 3) return data.toString('utf8', at, at += n);        // chapter 10
    if (kind === 4) { const list = []; while (n-- > 0) list.push(item()); return list; }
    if (kind !== 5) throw new Error('no such kind of item');
    const map = {};
    while (n-- > 0) { const key = item(); map[key] = item(); }
    return map;
  };
  const record = item();
  if (at !== data.length) throw new Error('bytes behind the record');
  return record;
}
function plainText(body) {
  return body.replace(/<\/?(p|h[2-6]|li|tr|table|caption|dt|dd|blockquote|pre|figure|figcaption|div|section)(?=[\s>\/])[^>]*>/g, '\n$&\n')
    .replace(/<br\b[^>]*>/g, '\n').replace(/<\/t[dh]>/g, '\t').replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&')
    .replace(/\n[ \n]*\n/g, '\n\n').trim();
}
function lettered(content) {                       // chapter 8, "R: records"
  const list = [];
  for (let at = 0; at + 5 <= content.length;) {
    const n = content.readUInt32BE(at + 1);
    list.push({ letter: String.fromCharCode(content[at]), bytes: content.subarray(at + 5, at + 5 + n) });
    at += 5 + n;
  }
  return list;
}

// ---------- Chapter 13: proving an article ----------
const ZERO = Buffer.from([0]), ONE = Buffer.from([1]);
const leaf = record => sha256(ZERO, record), node = (left, right) => sha256(ONE, left, right);
function headOf(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return node(headOf(leaves.slice(0, k)), headOf(leaves.slice(k)));
}
function provedBy(hash, i, n, hashes, head) {
  let f = i, s = n - 1;
  for (const x of hashes) {
    if (s === 0) return false;
    if (f % 2 || f === s) {
      hash = node(x, hash);
      while (f % 2 === 0 && f !== 0) { f >>>= 1; s >>>= 1; }
    } else hash = node(hash, x);
    f >>>= 1; s >>>= 1;
  }
  return s === 0 && hash.equals(head);
}
// Tables of the library with their nodes, each proved against the root; or a reason why not
function readTables(blocks, root) {
  const e = blocks.get('E 0'), tables = {};
  if (!e) return { tables, problem: 'block E is missing' };
  const strings = [];
  for (let at = 0; at + 4 <= e.length;) { const n = e.readUInt32BE(at); strings.push(e.subarray(at + 4, at + 4 + n)); at += 4 + n; }
  const edition = readRecord(strings[1]), real = leaf(strings[0]).toString('hex');
  if (!real.startsWith(root)) return { tables, edition, problem: `the root is ${real}, not ${root}` };
  for (const [name, n, head] of readRecord(strings[0])[2]) {
    if (name === 'edition' && !(n === 1 && leaf(strings[1]).equals(head))) return { tables, edition, problem: 'the edition is not proved' };
    const letter = { articles: 'A', sources: 'S', works: 'W' }[name], nodes = [];
    if (!letter) continue;
    let h = 0;
    for (const { content } of ofKind(blocks, 'N')) if (content[0] === letter.charCodeAt(0)) {
      h = content[1];
      for (let k = 0; 6 + 32 * k < content.length; k++) nodes[content.readUInt32BE(2) + k] = content.subarray(6 + 32 * k, 38 + 32 * k);
    }
    if (nodes.length === Math.ceil(n / 2 ** h) && !nodes.includes(undefined) && headOf(nodes).equals(head)) tables[letter] = { n, h, nodes };
  }
  return { tables, edition };
}
function readProofs(content) {
  const list = [];
  for (let at = 0; at + 5 <= content.length;) {
    const hashes = [];
    for (let k = 0; k < content[at + 4]; k++) hashes.push(content.subarray(at + 5 + 32 * k, at + 37 + 32 * k));
    list.push({ place: content.readUInt32BE(at), hashes });
    at += 5 + 32 * hashes.length;
  }
  return list;
}

// ---------- Chapter 1: the whole way, from pictures to articles ----------
function readSet(sheets, root, out) {
  // chapter 6: copies are left out; chapter 7: lost sheets are made good, group by group
  const header = sheets[0].header, groups = new Map(), rest = [];
  for (const s of sheets.filter(x => x.good)) {
    const h = s.header;
    if (!groups.has(h.group)) groups.set(h.group, { data: Array(h.d).fill(null), parity: new Map(), d: h.d, M: h.M });
    if (h.parity) groups.get(h.group).parity.set(h.place - h.d, s.payload); else groups.get(h.group).data[h.place] = s.payload;
  }
  let made = 0;
  for (const g of groups.values()) made += makeLost(g.data, g.parity, g.d, g.M);
  for (const s of sheets) if (!s.good && !s.header.parity && !(groups.get(s.header.group) || { data: [] }).data[s.header.place]) rest.push(s.payload);
  // of sheets that could not be mended wholly, blocks whose checksum is right are still used
  const { blocks, problems } = readBlocks([...[...groups.values()].flatMap(g => g.data.filter(Boolean)), ...rest]);
  const { tables, edition, problem } = readTables(blocks, root);
  const articles = [], proved = { A: 0, S: 0, W: 0 }, count = { A: 0, S: 0, W: 0 };
  for (const { number, content } of ofKind(blocks, 'R')) {
    const proofs = blocks.has('P ' + number) ? readProofs(blocks.get('P ' + number)) : [];
    lettered(content).forEach(({ letter, bytes }, k) => {
      const proof = proofs[k], table = tables[letter];
      let right = false;
      if (proof && table && proof.place < table.n) {
        const size = 2 ** table.h, sub = Math.floor(proof.place / size);
        right = provedBy(leaf(bytes), proof.place % size, Math.min(size, table.n - size * sub), proof.hashes, table.nodes[sub]);
      }
      count[letter]++; if (right) proved[letter]++;
      if (letter === 'A') articles.push({ ...readRecord(bytes), place: proof ? proof.place : null, proved: right });
    });
  }
  // chapter 8, "L: the list": which articles are missing?
  const listed = Buffer.concat(ofKind(blocks, 'L').map(b => b.content)).toString('utf8').split('\n').filter(Boolean).map(l => l.split('\t'));
  const have = new Set(articles.map(a => [a.place, a.language, a.title].join('\t')));
  const missing = listed.filter(line => !have.has(line.join('\t')));
  fs.mkdirSync(out, { recursive: true });
  const index = articles.map((a, i) => {
    const file = String(i + 1).padStart(5, '0') + '.txt';
    fs.writeFileSync(path.join(out, file), `${a.title}\n\n${plainText(a.body || '')}\n`);
    return [file, a.place, a.proved ? 'proved' : 'NOT PROVED', a.language, a.title].join('\t');
  });
  fs.writeFileSync(path.join(out, 'index.txt'), [...index, ...missing.map(m => 'MISSING\t' + m.join('\t'))].join('\n') + '\n');
  console.log(`set ${header.set}${edition && edition.title ? ` "${edition.title}"` : ''}: ${header.sheets} sheets, ` +
    `${new Set(sheets.map(s => s.header.number)).size} seen, ${made} data sheets made good from the others`);
  if (problem) console.log('  ' + problem);
  if (problems.length) console.log('  blocks that could not be read: ' + problems.join(', '));
  console.log(`  articles found: ${articles.length}; on the list: ${listed.length}; missing: ${missing.length}`);
  console.log(`  articles proved: ${proved.A} of ${count.A}; sources: ${proved.S} of ${count.S}; works: ${proved.W} of ${count.W}`);
}

function main([folder, out, root]) {
  const files = fs.readdirSync(folder).filter(f => /\.pgm$/i.test(f)).sort(), sets = new Map();
  let good = 0;
  for (const file of files) try {
    const s = readSheet(path.join(folder, file)), h = s.header, key = h.root + h.set;
    if (s.good) good++;
    sets.set(key, [...(sets.get(key) || []), s]);
    console.log(`${file}: ${h.parity ? 'parity' : 'data'} sheet ${h.number + 1} of ${h.sheets}; ${s.wrong} wrong bytes mended, ` +
      `${s.lost} of ${s.codewords} codewords lost${s.good ? '' : '; NOT GOOD'}`);
  } catch (error) { console.log(`${file}: ${error.message}`); }
  console.log(`pictures: ${files.length}; sheets read well: ${good}`);
  for (const [key, sheets] of sets)
    readSet(sheets, (root || sheets[0].header.root).toLowerCase(), sets.size > 1 ? path.join(out, key.slice(32)) : out);
}

if (require.main === module) main(process.argv.slice(2));
module.exports = { sha256, crc32, mul, div, correct, mask, toBytes, isFree, headerTiles, unpack, headOf, provedBy, leaf, readRecord, bright };
