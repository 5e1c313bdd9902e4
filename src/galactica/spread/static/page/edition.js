// A static edition, open: blocks from the top, articles led to the root. docs/formats/static.md is normative.

import {
  Bytes, MAX_BLOCK, Refused, compare, cut32, digest, fieldsOf, hex, inflated, joined, leads, leafHash, same, sha256,
  steps, textOf, treeHead, unhex, utf8,
} from "./coding.js";
import { keepFor, keepWhole, parts, whole } from "./ranges.js";

const PAGE = 512; // articles in a block of the catalogue
const TILE = 256; // articles of one hash in `heads`, and hashes of one tile of it
const MAX_RECORD = 96 * 2 ** 20;
const NAMES = ["terms", "titles", "catalogue", "ids"];

/** A manifest that is of its one form and gives its root; `raw` is its bytes. */
export async function readManifest(raw) {
  let said;
  try {
    said = JSON.parse(textOf(raw));
  } catch {
    throw new Refused("manifest.json");
  }
  if (said?.static !== 1 || !(said.format >= 1 && said.format <= 2) || !(said.cell_bits >= 0 && said.cell_bits <= 6)) {
    throw new Refused("manifest.json: version");
  }
  const tables = Object.entries(said.tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const listed = tables.map(([name, { count, head }]) => joined([0x83], cborText(name), cborNumber(count), [0x58, 32], unhex(head)));
  const listing = joined([0x83], cborText("galactica"), cborNumber(said.format), cborHead(4, tables.length), ...listed);
  if (hex(sha256(joined([0], listing))) !== said.root) throw new Refused("manifest.json: root");
  return said;
}

const cborHead = (kind, size) =>
  size < 24 ? [(kind << 5) | size]
  : size < 256 ? [(kind << 5) | 24, size]
  : size < 65536 ? [(kind << 5) | 25, size >> 8, size & 255]
  : [(kind << 5) | 26, size >>> 24, (size >> 16) & 255, (size >> 8) & 255, size & 255];
const cborNumber = (value) => cborHead(0, value);
const cborText = (text) => joined(cborHead(3, utf8(text).length), utf8(text));

class Keyed {
  constructor(name, top) {
    this.name = name;
    this.depth = top[0] ?? 0;
    this.top = top.length ? branch(top.subarray(1), name) : { firsts: [], ranges: [] };
    this.leafs = new Map();
  }

  /** Key (text or bytes) → the unpacked leaf that holds it, or undefined. */
  async leaves(keys) {
    let at = keys.map((key) => below(this.top, typeof key === "string" ? utf8(key) : key));
    for (let level = 0; level < this.depth; level++) {
      const wanted = at.filter(Boolean);
      const raws = await checked(wanted);
      const branches = new Map(wanted.map((range, place) => [range, branch(raws[place], this.name)]));
      at = at.map((range, place) => range && below(branches.get(range), typeof keys[place] === "string" ? utf8(keys[place]) : keys[place]));
    }
    const wanted = [...new Map(at.filter(Boolean).map((range) => [range.offset, range])).values()].filter((range) => !this.leafs.has(range.offset));
    const raws = await checked(wanted);
    await Promise.all(wanted.map(async (range, place) => this.leafs.set(range.offset, await inflated(raws[place]))));
    const found = at.map((range) => range && this.leafs.get(range.offset));
    if (this.leafs.size > 64) this.leafs.clear();
    return found;
  }
}

function branch(raw, file) {
  const reader = new Bytes(raw);
  const count = reader.count(35);
  let offset = reader.number();
  let key = new Uint8Array();
  const [firsts, ranges] = [[], []];
  for (let at = 0; at < count; at++) {
    key = reader.key(key);
    const size = reader.number();
    if (size > MAX_BLOCK) throw new Refused(file);
    firsts.push(key);
    ranges.push({ file, offset, size, digest: reader.take(32) });
    offset += size;
  }
  reader.end();
  return { firsts, ranges };
}

function below({ firsts, ranges }, key) {
  let [low, high] = [0, firsts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(firsts[middle], key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low ? ranges[low - 1] : undefined;
}

/** Ranges whose hashes are known. */
export const checked = (ranges) => parts(ranges, async (range, raw) => same(await digest(raw), range.digest));

export class Edition {
  /** The edition whose manifest is believed. */
  static async open(manifest, given = null) {
    const edition = new Edition();
    edition.manifest = manifest;
    edition.root = manifest.root;
    edition.size = manifest.tables.articles.count;
    edition.lanes = Object.keys(manifest.lanes).sort().map((name) => ({ name, articles: manifest.lanes[name] }));
    edition.tags = Object.keys(manifest.languages).sort((a, b) => compare(utf8(a), utf8(b)));
    await keepFor(manifest.root);
    const good = given && hex(await digest(given)) === manifest.files.start.hash;
    if (good) await keepWhole("start", given);
    const reader = new Bytes(await inflated(good ? given : await edition.whole("start", MAX_BLOCK), 4 * MAX_BLOCK));
    const eight = Array.from({ length: NAMES.length + 4 }, () => reader.take(reader.number()));
    NAMES.forEach((name, at) => (edition[name] = new Keyed(name, eight[at])));
    edition.highest = cut32(eight[4]);
    edition.stops = new Set(textOf(eight[7]).split(" "));
    edition.small = { sources: eight[6] };
    const about = fieldsOf(eight[5]);
    const named = hex(await leafHash(eight[5])) === manifest.tables.edition.head;
    const parent = about.parent ? hex(about.parent) : "";
    const alike = (about.title ?? "") === manifest.title && parent === manifest.parent && (about.number ?? 1) === manifest.number;
    const licences = JSON.stringify(about.licences ?? []) === JSON.stringify(manifest.licences);
    if (!named || !alike || !licences || hex(treeHead(edition.highest)) !== manifest.tables.articles.head) throw new Refused("start");
    edition.pages = new Map();
    return edition;
  }

  /** A whole file that has the hash that the manifest names. */
  whole(name, most) {
    const stated = this.manifest.files[name];
    return whole(name, Math.min(most, stated.size), async (raw) => hex(await digest(raw)) === stated.hash);
  }

  /** All records of a small table, led to the root, once. */
  async table(name) {
    this.tables ??= {};
    this.tables[name] ??= (async () => {
      const stated = this.manifest.tables[name];
      if (!stated?.count) return [];
      const reader = new Bytes(await inflated(this.small[name]?.length ? this.small[name] : await this.whole(name, 64 * 2 ** 20), 64 * 2 ** 20));
      const records = [];
      while (reader.left) records.push(reader.take(reader.number()));
      const head = treeHead(await Promise.all(records.map(leafHash)));
      if (records.length !== stated.count || hex(head) !== stated.head) throw new Refused(name);
      return records.map(fieldsOf);
    })();
    return this.tables[name];
  }

  async source(key) {
    return (await this.table("sources")).find((each) => each.key === key) ?? { key };
  }

  /** Blocks of the catalogue that some articles are in. */
  async load(numbers) {
    const pages = [...new Set(numbers.map((number) => Math.floor(number / PAGE)))].filter((page) => !this.pages.has(page));
    const keys = pages.map((page) => Uint8Array.of((page * PAGE) >>> 24, (page * PAGE >> 16) & 255, (page * PAGE >> 8) & 255, (page * PAGE) & 255));
    const leaves = await this.catalogue.leaves(keys);
    pages.forEach((page, place) => {
      const reader = new Bytes(leaves[place] ?? new Uint8Array());
      const count = reader.count(4);
      if (count !== Math.min(PAGE, this.size - page * PAGE)) throw new Refused("catalogue");
      let offset = reader.number();
      const [sizes, records, languages, sources] = Array.from({ length: 4 }, () => Array.from({ length: count }, () => reader.number()));
      reader.end();
      const cells = [];
      for (const size of sizes) {
        cells.push(size || !cells.length ? { file: "articles", offset, size } : cells.at(-1));
        offset += size;
      }
      this.pages.set(page, { cells, records, languages, sources });
    });
  }

  /** Language and number of the source of some articles. */
  async told(numbers) {
    await this.load(numbers);
    return numbers.map((number) => {
      const page = this.pages.get(Math.floor(number / PAGE));
      return [this.tags[page.languages[number % PAGE]] ?? "", page.sources[number % PAGE]];
    });
  }

  /** Articles by number, each led to the root: {number, fields}. */
  async articles(numbers) {
    if (numbers.some((number) => !(number >= 0 && number < this.size))) throw new Refused("articles");
    await this.load(numbers);
    const groups = Math.ceil(this.size / TILE);
    const wanted = [];
    for (const number of numbers) {
      const tile = Math.floor(number / TILE / TILE);
      const heads = { file: "heads", offset: tile * TILE * 32, size: Math.min(TILE, groups - tile * TILE) * 32, tile };
      wanted.push(heads, { ...this.pages.get(Math.floor(number / PAGE)).cells[number % PAGE], number });
    }
    const [tiles, read] = [new Map(), new Map()];
    // Tiles and cells are asked for at once; a cell is led to the root as soon as its tile is there.
    const tileRanges = [...new Map(wanted.filter((r) => r.file === "heads").map((r) => [r.offset, r])).values()];
    const tilesCome = parts(tileRanges, (range, raw) => same(treeHead(cut32(raw)), this.highest[range.tile] ?? [])).then((raws) =>
      tileRanges.forEach((range, at) => tiles.set(range.tile, cut32(raws[at]))),
    );
    const cells = wanted.filter((range) => range.file === "articles");
    const cellsCome = parts(cells, async (range, raw) => {
      await tilesCome;
      try {
        read.set(range.number, await this.proved(range.number, raw, tiles));
        return true;
      } catch (error) {
        if (error instanceof Refused) return false;
        throw error;
      }
    });
    const [, raws] = await Promise.all([tilesCome, cellsCome]);
    return Promise.all(
      numbers.map(async (number, at) => ({ number, fields: read.get(number) ?? (await this.proved(number, raws[at], tiles)) })),
    );
  }

  /** The fields of an article in a cell, led to the head of its 256. */
  async proved(number, cell, tiles) {
    const bits = this.manifest.cell_bits;
    const group = Math.floor(number / TILE);
    const inside = Math.min(TILE, this.size - group * TILE);
    const cells = Math.ceil(inside / 2 ** bits);
    const place = (number % TILE) >> bits;
    const count = steps(place, cells);
    const path = cut32(cell.subarray(0, 32 * count));
    const first = number - (number % 2 ** bits);
    const numbers = Array.from({ length: Math.min(2 ** bits, this.size - first) }, (_, at) => first + at);
    const sizes = numbers.map((each) => this.pages.get(Math.floor(each / PAGE)).records[each % PAGE]);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (total > MAX_RECORD) throw new Refused("catalogue");
    const reader = new Bytes(await inflated(cell.subarray(32 * count), total));
    const records = sizes.map((size) => reader.take(size));
    reader.end();
    const head = treeHead(await Promise.all(records.map(leafHash)));
    const above = tiles.get(Math.floor(group / TILE))?.[group % TILE];
    if (!above || !leads(head, place, cells, path, above)) throw new Refused("articles");
    const fields = fieldsOf(records[number - first]);
    if (!same(fields.id, articleId(fields.source, fields.path))) throw new Refused("articles");
    return fields;
  }

  /** The article with this id, or that a redirect with this id leads to; null where there is none. */
  async find(id) {
    const [leaf] = await this.ids.leaves([id]);
    if (!leaf) return null;
    const reader = new Bytes(leaf);
    const count = reader.count(5);
    const prefixes = Array.from({ length: count }, () => reader.take(4));
    const numbers = prefixes.map((prefix) => [prefix, reader.number()]).filter(([prefix, number]) => same(prefix, id.subarray(0, 4)) && number < this.size);
    for (const found of await this.articles([...new Set(numbers.map(([, number]) => number))].slice(0, 8))) {
      const { fields } = found;
      const paths = [fields.path, ...(fields.aliases ?? []).map((alias) => alias[1]).filter(Boolean)];
      if (paths.some((path) => same(articleId(fields.source, path), id))) return found;
    }
    return null;
  }
}

export const articleId = (source, path) => sha256(joined(utf8(source ?? ""), [0], utf8(path ?? ""))).subarray(0, 16);

/** Entries of a leaf of titles: [key, [{name, number, rank, own, title}]]. */
export function titlesOf(leaf) {
  const reader = new Bytes(leaf);
  const found = [];
  let key = new Uint8Array();
  const entry = (kind) => {
    const [number, rank, name] = [reader.number(), reader.number(), reader.text()];
    return { number, rank, name, own: kind === 1, title: kind === 1 ? name : reader.text() };
  };
  for (let left = reader.count(5); left; left--) {
    key = reader.key(key);
    const kind = reader.number();
    const several = kind === 2 ? Array.from({ length: reader.count(4) }, () => entry(reader.number())) : [entry(kind)];
    found.push([textOf(key), several]);
  }
  reader.end();
  return found;
}
