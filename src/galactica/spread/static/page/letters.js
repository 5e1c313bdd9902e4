// Words of a query as the edition's dictionary has them. The tables are the edition's own files `letters` and `han`; the
// rules are docs/formats/static.md, "Words". Loaded when a query has more than ASCII.

import { inflated, textOf } from "./coding.js";

const PAIRS = "\\u1100-\\u11ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3040-\\u30fa\\u30fc-\\u318f\\u31a0-\\u31ff\\u3400-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const TRIPLES = "\\u0e01-\\u0e2e\\u0e30-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ece\\u1000-\\u103f\\u1050-\\u109f\\u1780-\\u17d3";
const PAIR_RUN = new RegExp(`[${PAIRS}]+`, "gu");
const TRIPLE_RUN = new RegExp(`[${TRIPLES}]+`, "gu");
const UNSPACED = new RegExp(`[${PAIRS}${TRIPLES}]`, "u");
const TOGETHER = [["\u0e4d\u0e32", "\u0e33"], ["\u0ecd\u0eb2", "\u0eb3"], ..."ണൺനൻരർലൽളൾകൿ".match(/../g).map(([a, b]) => [`${a}\u0d4d\u200d`, b])];
const NASAL = /ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])/gu;
const MARKS = /[\u0300-\u036f]/gu;
const L = "\\p{L}";
const A = "[\\p{L}\\p{N}]";
const JOINT = new RegExp(
  [
    `(?<dotted>(?<!${A})${L}{1,4}(?:\\.${L}{1,4})+(?!${A}))`,
    `(?<initials>(?<!${A})${L}\\.(?:[ \\u00a0]?${L}\\.){1,5})`,
    `(?<digits>(?<!${A})\\d{1,3}(?<mark>[,.'\\u066c\\u00a0\\u2009\\u202f])\\d{3}(?:\\k<mark>\\d{3})*(?!${A}|[.,]\\d))`,
    `(?<hebrew>[\\u05d0-\\u05ea]+["\\u201c\\u201d][\\u05d0-\\u05ea]+)`,
    `(?<middle>${L}+(?:[·‧]${L}+)+)`,
    `(?<sign>(?<!${A})[A-Za-z]{1,10}(?:\\+\\+|#)(?![\\p{L}+#]))`,
    `(?<dot>(?<![^ \\n(])\\.[A-Za-z]{2,10}(?![\\p{L}\\p{N}_.]))`,
    `(?<besides>${A}+(?:[-'&\\u200c]${A}+)+)`,
  ].join("|"),
  "gu",
);
const WORD = /[\p{L}\p{N}]+(?:[\u0300-\u036f\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]+[\p{L}\p{N}]*)*/gu;
const SPELLED = { ae: "ä", oe: "ö", ue: "ü", aa: "å" };

let like = new Map();
let folds = new Map();
let han = new Map();
let asks = null;
let insides = /(?!)/u; // what asks inside a run of a script without spaces

/** Have the tables that a text needs. */
export async function ready(edition, text) {
  if (!asks) {
    const said = JSON.parse(textOf(await inflated(await edition.whole("letters", 2 ** 20))));
    like = new Map(Object.entries(said.like));
    folds = new Map(Object.entries(said.fold));
    asks = Object.values(said.asks).map((three) => three.map((words) => new Set(words.split(" "))));
    const strings = [...new Set(asks.flatMap(([, , inside]) => [...inside]))].filter(Boolean).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    insides = new RegExp(strings.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "u");
  }
  if (!han.size && /[\u3400-\u9fff\uf900-\ufaff]/u.test(text)) {
    const pairs = [...textOf(await inflated(await edition.whole("han", 2 ** 20)))];
    han = new Map(pairs.flatMap((old, at) => (at % 2 ? [] : [[old, pairs[at + 1]]])));
  }
}

export const unspaced = (text) => UNSPACED.test(text);
const each = (text, table) => Array.from(text, (c) => table.get(c) ?? c).join("");
const narrow = (text) => text.replace(/[\u3000\uff01-\uffdc]/gu, (c) => (c === "\u3000" ? " " : [...c.normalize("NFKC")].length === 1 ? c.normalize("NFKC") : c));

function alike(text) {
  text = text.normalize("NFC");
  for (const [two, one] of TOGETHER) text = text.replaceAll(two, one);
  text = each(text, like);
  return text.includes("\u094d") ? text.replace(NASAL, "\u0902") : text;
}

const grams = (size) => (run) => {
  const letters = Array.from(run, (c) => han.get(c) ?? c);
  if (letters.length <= size) return ` ${letters.join("")} `;
  return ` ${letters.slice(size - 1).map((_, at) => letters.slice(at, at + size).join("")).join(" ")} `;
};

/** Text in any language, ready to be cut into words. */
export function prepare(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return alike(narrow(text)).replace(PAIR_RUN, grams(2)).replace(TRIPLE_RUN, grams(3));
}

const lower = (text) => text.toLowerCase().replaceAll("i\u0307", "i");
const bare = (text) => Array.from(text, (c) => folds.get(c) ?? c.normalize("NFD").replace(MARKS, "").normalize("NFC")).join("");

/** The form of one prepared word. */
export const form = (word) => (/^[\0-\x7f]*$/.test(word) ? word.toLowerCase() : bare(word.toLowerCase()));

/** The forms that a word of a query may have: cut with its signs, then without. */
export function forms(word) {
  const cut = (by) => (prepare(word).toLowerCase().match(by) ?? []).map(form);
  const whole_ = cut(/[\p{L}\p{M}\p{N}]+/gu);
  return [...new Set(whole_.length === 1 ? whole_ : [...whole_, ...cut(/[\p{Alphabetic}\p{N}]+/gu)])];
}

/** A text as it is looked through: in lower case, without accents, simplified; as many characters long. */
export const plainly = (text) => Array.from(text, (c) => {
  const one = [...bare(each(han.get(c) ?? c, like).toLowerCase())];
  return one.length === 1 ? one[0] : c.toLowerCase().length === c.length ? c.toLowerCase() : c;
}).join("");

function joint(text, kind) {
  if (text.length > 40) return "";
  if (kind === "sign") return text.replace("++", "plusplus").replace("#", "sharp");
  if (kind === "dot") return `dot${text.slice(1)}`;
  if (kind === "besides") {
    text = text.replace(/'[sS]$/u, "");
    const marks = text.match(/[^\p{L}\p{N}]/gu)?.length ?? 0;
    if (/^[\d-]*$/.test(text) || marks < 1 || marks > 5) return "";
  }
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

/** Words of a text as a query has them, and those that marks hold together. */
function wordsOf(text) {
  const prepared = prepare(text);
  const [found, besides] = [[], []];
  let at = 0;
  const cut = (piece) => found.push(...(lower(piece).match(WORD) ?? []));
  for (const match of prepared.matchAll(JOINT)) {
    const kind = Object.keys(match.groups).find((name) => name !== "mark" && match.groups[name] !== undefined);
    const one = lower(joint(match[0], kind));
    if (!one) continue;
    if (kind === "besides") besides.push(one);
    else {
      cut(prepared.slice(at, match.index));
      found.push(one);
      at = match.index + match[0].length;
    }
  }
  cut(prepared.slice(at));
  return [found, besides];
}

const ITEM = /(-?)(?:(title|lang|language|source):)?(?:["“„«]([^"“”„«»]*)["”“»]?|([^\s"“”„«»]+))/giu;
const FILTERS = ["lang", "language", "source"];

/** What was typed, understood: words {text, negative, asks}, phrases, filters, the key of titles. */
export function understand(typed) {
  const text = typed.slice(0, 2000).replace(/[\0-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b\u2028\u2029\ufeff]+/gu, (found) => (/^[\ud800-\udfff]/.test(found) ? "" : " ")).trim();
  const [words, phrases, languages, sources, plain, besides] = [new Map(), [], [], [], [], []];
  for (const [, minus, field, phrase, single] of text.matchAll(ITEM)) {
    const name = (field ?? "").toLowerCase();
    const value = phrase ?? single;
    if (FILTERS.includes(name) && !minus) {
      (name === "source" ? sources : languages).push(name === "source" ? value : value.toLowerCase());
      continue;
    }
    const [own, joints] = wordsOf(value);
    const negative = minus === "-";
    const several = phrase !== undefined && own.length > 1;
    if (several || (negative && unspaced(value))) phrases.push({ words: lower(plainly(value)).match(WORD) ?? [], negative, text: value });
    if (!negative) plain.push(value);
    else if (several || unspaced(value)) continue;
    own.forEach((word) => words.set(word, { text: word, negative }));
    if (!negative) besides.push(...joints);
  }
  besides.forEach((word) => words.has(word) || words.set(word, { text: word, negative: false, besides: true }));
  const every = [...words.values()].slice(0, 40);
  const pieces = unspaced(plain.join(" ")) ? each(narrow(plain.join(" ")), han).split(insides).filter((piece) => piece.trim()) : null;
  const left = new Set(pieces?.flatMap((piece) => prepare(piece).toLowerCase().match(WORD) ?? []));
  const present = new Set(every.map((word) => word.text));
  for (const word of every) {
    word.asks = (asks ?? []).some(([sure, beside]) => sure.has(word.text) || (beside.has(word.text) && [...present].some((other) => other !== word.text && (sure.has(other) || beside.has(other)))));
    word.asks ||= !!pieces && unspaced(word.text) && !word.negative && !left.has(word.text);
    word.spelled = Object.entries(SPELLED).flatMap(([two, one]) => [word.text.replaceAll(two, one), word.text.replaceAll(one, two)]).filter((other) => other !== word.text);
  }
  return { text, words: every, phrases, languages, sources, key: titleKey(plain.join(" ")) };
}

/** What spellings of a title have in common. */
export function titleKey(title) {
  let key = title.slice(0, 1000).normalize("NFKC").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");
  if (!/^[\0-\x7f]*$/.test(key)) {
    key = key.normalize("NFD").replace(MARKS, "").normalize("NFC");
    key = each(narrow(alike(key).replaceAll("\u200c", "")), han);
  }
  key = key.replaceAll("_", " ").replaceAll("`", "'").replace(/[“”„]/gu, '"').replace(/[–—−]/gu, "-");
  return key.replace(/\s+/gu, " ").trim() || title.trim();
}

/** A title's key without the marks that people leave out. */
export function looseKey(key) {
  const dots = key.replace(/(?<![\p{L}\p{N}])(?:\p{L}\. ?){2,}/gu, (found) => found.replace(/[. ]/gu, "") + (found.endsWith(" ") ? " " : ""));
  const loose = dots.replace(/(?<=[\p{L}\p{N}])[-'.&·"](?=[\p{L}\p{N}])/gu, "").replace(/[,:;!?¿¡()]|\.(?=\s|$)/gu, " ");
  return loose.replace(/\s+/gu, " ").trim() || key;
}
