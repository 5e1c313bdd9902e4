// Searching by words in four rounds of requests: dictionary, lists, catalogue, articles. As the program's own reader of
// static editions does it, which the tests compare with it.

import { Bytes, MAX_BLOCK, Refused, decodeList, valueOf, textOf } from "./coding.js";
import { checked, titlesOf } from "./edition.js";
import { form, forms, looseKey, plainly, prepare, ready, understand, unspaced } from "./letters.js";
import { project } from "./project.js";

const MOST_LISTS = 256 * 1024;
const [POOL, DEPTH, TITLES, ENOUGH] = [200, 10, 3, 2];
const [PASSAGE, NEAR, AGAIN, ASKING, LEAST_IDF] = [0.6, 0.5, 0.2, 0.2, 0.05];
const ENDINGS = new Set(["", ..."e s es d ed er ers ing ings en n".split(" ")]);

function termLeaf(raw, lanes) {
  const reader = new Bytes(raw);
  const cells = [];
  let end = 0;
  for (let left = reader.count(34); left; left--) {
    const [gap, size] = [reader.number(), reader.number()];
    const offset = end + (gap % 2 ? -(gap + 1) / 2 : gap / 2);
    if (size > MAX_BLOCK || offset < 0) throw new Refused("terms");
    cells.push({ file: "postings", offset, size, digest: reader.take(32) });
    end = offset + size;
  }
  const cell = (number) => cells[number] ?? (() => { throw new Refused("terms"); })();
  const found = new Map();
  let key = new Uint8Array();
  for (let left = reader.count(3); left; left--) {
    key = reader.key(key);
    const refs = [];
    for (let several = reader.count(1); several; several--) {
      const head = reader.number();
      const ref = { lane: head >> 3, stop: !!(head & 4), parts: [], inline: null };
      if (ref.lane >= lanes || (head & 3) > 2) throw new Refused("terms");
      if ((head & 3) === 0) {
        ref.inline = reader.take(reader.number());
        ref.listed = ref.inline.length ? new Bytes(ref.inline).number() : 0;
        ref.same = `${ref.lane}:${ref.inline.join()}`;
      } else {
        ref.listed = reader.number();
        const first = reader.number();
        if ((head & 3) === 1) ref.parts.push({ cell: cell(first), offset: reader.number(), size: reader.number(), highest: 255 });
        else {
          for (let count = reader.count(2), at = 0; at < count; at++) {
            reader.number();
            const one = cell(first + at);
            ref.parts.push({ cell: one, offset: 0, size: one.size, highest: reader.take(1)[0] });
          }
        }
        ref.same = `${ref.lane}:${ref.parts[0]?.cell.offset}:${ref.parts[0]?.offset}`;
      }
      refs.push(ref);
    }
    found.set(textOf(key), refs);
  }
  reader.end();
  return found;
}

function shared(one, other) {
  let size = 0;
  while (size < one.length && one[size] === other[size]) size++;
  return size;
}

const ends = (word, at) => ENDINGS.has(word.slice(at)) || (word[at] === word[at - 1] && ENDINGS.has(word.slice(at + 1)));

function nearest(leaf, word) {
  let best = "";
  for (const other of leaf.keys()) {
    const size = shared(word, other);
    if (size >= 4 && size > shared(word, best) && ends(word, size) && ends(other, size)) best = other;
  }
  return best;
}

/** What the dictionary and the titles say: one round. */
async function lookedUp(edition, asked) {
  const every = asked.words.map((word) => ({ ...word, forms: forms(word.text), others: word.spelled.flatMap(forms) }));
  const telling = every.filter((word) => !word.forms.every((one) => edition.stops.has(one)));
  const loud = telling.filter((word) => !word.asks);
  const words = loud.length >= ENOUGH ? loud : telling.length ? telling : every; // stop words and what only asks: where there is little else
  const keys = [...new Set(words.flatMap((word) => [...word.forms, ...word.others]))].filter(Boolean);
  const named = every.some((word) => word.negative) || !asked.key ? [] : [asked.key];
  const [leaves, titles] = await Promise.all([edition.terms.leaves(keys), edition.titles.leaves(named)]);
  const parsed = new Map();
  const leafOf = new Map(
    keys.map((key, at) => {
      const raw = leaves[at];
      if (raw && !parsed.has(raw)) parsed.set(raw, termLeaf(raw, edition.lanes.length));
      return [key, raw && parsed.get(raw)];
    }),
  );
  const [terms, instead] = [[], []];
  for (const word of words) {
    const known = [];
    for (const one of word.forms) {
      const leaf = leafOf.get(one);
      const other = word.others.find((each) => leafOf.get(each)?.has(each));
      if (leaf?.has(one)) known.push([leaf, one]);
      else if (other) known.push([leafOf.get(other), other]);
      else if (leaf && word.forms.length === 1 && !word.besides) {
        const near = nearest(leaf, one);
        if (near) known.push([leaf, near]);
        instead.push([word.text, near]);
      }
    }
    const refs = [...new Map(known.flatMap(([leaf, one]) => leaf.get(one)).map((ref) => [ref.same + ref.stop, ref])).values()];
    if (!refs.length) continue;
    const having = Math.min(edition.size, refs.reduce((sum, ref) => sum + (ref.stop ? edition.lanes[ref.lane].articles : ref.listed), 0));
    const idf = Math.log(1 + (edition.size - having + 0.5) / (having + 0.5));
    const alike = new Set();
    for (const [leaf, one] of known) {
      const own = new Set(leaf.get(one).map((ref) => ref.same));
      for (const [other, others] of leaf) if (shared(one, other) >= Math.min(one.length, 3) && others.some((ref) => own.has(ref.same))) alike.add(other);
    }
    terms.push({ text: word.text, alike, refs, negative: word.negative, stop: refs.every((ref) => ref.stop), weight: Math.max(LEAST_IDF, idf) * (word.asks ? ASKING : 1) });
  }
  const content = terms.filter((term) => !term.stop && !term.negative);
  const wanted = (content.length ? content : terms.filter((term) => !term.negative)).sort((a, b) => b.weight - a.weight);
  const found = new Map();
  if (titles[0]) for (const [key, several] of titlesOf(titles[0])) if (key === asked.key) for (const title of several) if (!(found.get(title.number)?.rank > title.rank)) found.set(title.number, title);
  const exact = [...found.values()].sort((a, b) => b.rank - a.rank || a.number - b.number).slice(0, TITLES);
  return { terms: [...wanted, ...terms.filter((term) => term.negative)], instead, exact };
}

/** Article → score, of all that have any of the words: one round. */
async function scored(edition, terms) {
  const wanted = terms.flatMap((term) => term.refs.flatMap((ref) => ref.parts.map((part) => ({ term, part, most: (part.highest < 255 ? valueOf(part.highest) : 1e9) * term.weight }))));
  wanted.sort((a, b) => b.most - a.most || terms.indexOf(a.term) - terms.indexOf(b.term) || a.part.cell.offset - b.part.cell.offset || a.part.offset - b.part.offset);
  const [cells, taken] = [new Map(), []];
  let size = 0;
  for (const each of wanted) {
    size += cells.has(each.part.cell.offset) ? 0 : each.part.cell.size;
    if (size > MOST_LISTS && taken.length) break;
    cells.set(each.part.cell.offset, each.part.cell);
    taken.push(each);
  }
  const ranges = [...cells.values()];
  const raws = await checked(ranges);
  const raw = new Map(ranges.map((range, at) => [range.offset, raws[at]]));
  const lists = terms.flatMap((term) => term.refs.filter((ref) => ref.inline?.length).map((ref) => [term, ref.inline]));
  for (const { term, part } of taken) lists.push([term, raw.get(part.cell.offset).subarray(part.offset, part.offset + part.size)]);
  const byTerm = new Map();
  for (const [term, list] of lists) {
    const [numbers, levels] = decodeList(list, edition.size);
    if (!byTerm.has(term)) byTerm.set(term, new Map());
    const best = byTerm.get(term);
    numbers.forEach((number, at) => best.set(number, Math.max(best.get(number) ?? 0, valueOf(levels[at]))));
  }
  const scores = new Map();
  for (const [term, best] of byTerm) if (!term.negative) for (const [number, value] of best) scores.set(number, (scores.get(number) ?? 0) + value * term.weight);
  for (const [term, best] of byTerm) if (term.negative) for (const number of best.keys()) scores.delete(number);
  return { scores, partial: taken.length < wanted.length };
}

/** Results for a query: {hits: [{number, fields, passage, score, exact}], total, instead, partial}. */
export async function search(edition, typed, limit = 10) {
  await ready(edition, typed);
  const asked = understand(typed);
  let { terms, instead, exact } = await lookedUp(edition, asked);
  const { scores, partial } = await scored(edition, terms);
  let ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, Math.max(POOL, limit));
  if (asked.languages.length || asked.sources.length) {
    const keys = (await edition.table("sources")).map((source) => source.key).sort();
    const fits = async (numbers) => (await edition.told(numbers)).map(([tag, source]) =>
      (!asked.languages.length || asked.languages.some((each) => tag.toLowerCase() === each || tag.toLowerCase().startsWith(`${each}-`))) &&
      (!asked.sources.length || asked.sources.includes(keys[source])));
    const good = await fits(ranked.map(([number]) => number));
    ranked = ranked.filter((_, at) => good[at]);
    const titled = await fits(exact.map((title) => title.number));
    exact = exact.filter((_, at) => titled[at]);
  }
  const named = new Set(exact.map((title) => title.number));
  const top = ranked[0]?.[1] ?? 1;
  const others = ranked.filter(([number]) => !named.has(number));
  const several = [...[...named].map((number) => [number, 3 * top]), ...others];
  const depth = asked.phrases.length ? Math.max(3 * DEPTH, limit) : Math.max(named.size + DEPTH, limit);
  const hits = await read(edition, asked, terms, several.slice(0, depth), named);
  return { asked, hits: hits.slice(0, limit), total: asked.phrases.length ? hits.length : Math.max(scores.size, hits.length), instead, partial };
}

async function read(edition, asked, terms, several, exact) {
  const words = terms.filter((term) => !term.negative);
  const whole = words.reduce((sum, word) => sum + word.weight, 0) || 1;
  const top = Math.max(0, ...several.filter(([number]) => !exact.has(number)).map(([, score]) => score));
  const found = await edition.articles(several.map(([number]) => number));
  const hits = [];
  found.forEach(({ number, fields }, at) => {
    const text = project(fields.body ?? "");
    const names = [fields.title, ...(fields.aliases ?? []).map(([name]) => name)].join("\n");
    if (asked.phrases.length) {
      const all = `${plainly(names)}\n${plainly(text)}`;
      if (asked.phrases.some((phrase) => has(all, phrase.words) === phrase.negative)) return;
    }
    const passage = bestPassage(text, words);
    const share = exact.has(number) ? 0 : (PASSAGE * top * passage.score) / whole;
    hits.push({ number, fields, passage, score: several[at][1] + share, exact: exact.has(number) });
  });
  return hits.sort((a, b) => b.exact - a.exact || b.score - a.score || a.number - b.number);
}

function has(text, words) {
  const plain = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!plain.length) return true;
  const start = unspaced(words[0]) ? "" : "(?<![\\p{L}\\p{N}_])";
  const end = unspaced(words.at(-1)) ? "" : "(?![\\p{L}\\p{N}_])";
  return new RegExp(`${start}${plain.join("[^\\p{L}\\p{N}]{1,9}")}${end}`, "u").test(text);
}

// Passages: whole lines together until they have LEAST characters (UTF-16 units here; it is for the eye).

const [LEAST, LONGEST, SNIPPET] = [600, 400000, 240];
const WORD = /[\p{L}\p{N}]+(?:[\u0300-\u036f\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]+[\p{L}\p{N}]*)*/gu;

export function bestPassage(text, words) {
  text = text.slice(0, LONGEST);
  const places = placesOf(text, words);
  let [best, chosen, inside] = [-1, [0, Math.min(text.length, LEAST)], []];
  let at = 0;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf("\n", Math.min(text.length, start + LEAST));
    if (end < 0) end = text.length;
    const own = [];
    while (at < places.length && places[at][0] < end) own.push(places[at++]);
    const score = scoreOf(own, words);
    if (score > best) [best, chosen, inside] = [score, [start, end], own];
    start = end + 1;
  }
  return { score: Math.max(0, best), ...shown(text, chosen, inside, words) };
}

function placesOf(text, words) {
  const numbers = new Map(words.flatMap((word, number) => [...word.alike].map((one) => [one, number])));
  const cache = new Map();
  const found = [];
  for (const match of text.matchAll(WORD)) {
    const written = match[0];
    if (!cache.has(written)) cache.set(written, numbers.get(form(prepare(written).trim().toLowerCase())) ?? -1);
    const number = cache.get(written);
    if (number >= 0) found.push([match.index, match.index + written.length, number]);
  }
  const runs = words.map((word, number) => [number, word.text]).filter(([, run]) => unspaced(run));
  if (runs.length) {
    const lower = plainly(text);
    for (const [number, run] of runs) for (let at = lower.indexOf(run); at >= 0; at = lower.indexOf(run, at + 1)) found.push([at, at + run.length, number]);
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  }
  return found;
}

function scoreOf(places, words) {
  if (!places.length) return 0;
  const counts = new Map();
  for (const [, , number] of places) counts.set(number, (counts.get(number) ?? 0) + 1);
  let plain = 0;
  for (const [number, count] of counts) plain += words[number].weight * (count > 1 ? 1 + AGAIN : 1);
  const whole = words.reduce((sum, word) => sum + word.weight, 0);
  const pairs = new Map();
  for (let at = 1; at < places.length; at++) {
    const [[, end, left], [start, , right]] = [places[at - 1], places[at]];
    if (left === right) continue;
    const pair = left < right ? `${left},${right}` : `${right},${left}`;
    const value = (words[left].weight + words[right].weight) / (1 + Math.max(0, start - end) / 10);
    pairs.set(pair, Math.max(pairs.get(pair) ?? 0, value));
  }
  const near = whole ? Math.min(1, [...pairs.values()].reduce((sum, value) => sum + value, 0) / (2 * whole)) : 0;
  return plain * (1 + NEAR * near);
}

function shown(text, [start, end], places, words) {
  const weigh = (from) => [...new Set(places.filter(([low, high]) => from <= low && high <= from + SNIPPET).map(([, , number]) => number))].reduce((sum, number) => sum + words[number].weight, 0);
  let first = start;
  if (end - start > SNIPPET) {
    let best = weigh(start);
    for (const [low] of places) {
      const limit = Math.max(start, low - SNIPPET / 4);
      const begin = Math.max(start, text.slice(start, limit).lastIndexOf(" ") + 1 + start);
      const value = weigh(begin);
      if (value > best + 1e-9) [best, first] = [value, begin];
    }
  }
  let last = Math.min(end, first + SNIPPET);
  if (last < end) {
    const space = text.slice(first + SNIPPET / 2, last + 1).lastIndexOf(" ");
    if (space >= 0) last = first + SNIPPET / 2 + space;
  }
  const pieces = [];
  let at = first;
  for (const [low, high] of places) {
    if (low < at || high > last) continue;
    pieces.push([text.slice(at, low), false], [text.slice(low, high), true]);
    at = high;
  }
  pieces.push([text.slice(at, last), false]);
  const plain = pieces.filter(([piece]) => piece).map(([piece, marked]) => [piece.replace(/[\n\t]/g, " "), marked]);
  return { pieces: [...(first > start ? [["… ", false]] : []), ...plain, ...(last < end ? [[" …", false]] : [])] };
}

/** Titles that what was typed may become, best first. */
export async function suggest(edition, typed, limit = 8) {
  await ready(edition, typed);
  const { key } = understand(typed);
  if (!key) return [];
  for (const beginning of new Set([key, looseKey(key)])) {
    const leaves = await edition.titles.leaves([`${beginning}\0`, `${beginning}\u{10ffff}`]);
    const entries = [...new Set(leaves.filter(Boolean))].flatMap(titlesOf);
    const summary = entries.find(([other]) => other === `${beginning}\0`);
    const several = summary ? summary[1] : entries.filter(([other]) => other.startsWith(beginning)).flatMap(([, titles]) => titles);
    const best = new Map();
    for (const title of several.sort((a, b) => b.rank - a.rank || a.number - b.number)) if (!best.has(title.number)) best.set(title.number, title);
    if (best.size) return [...best.values()].slice(0, limit);
  }
  return [];
}
