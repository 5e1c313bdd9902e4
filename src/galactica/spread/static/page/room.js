// The page: what is typed and followed, what is shown of it. Words come from words.js, bodies from clean.js.

import { Away, MAX_BLOCK, Refused, hex, unhex } from "./coding.js";
import { cleaned } from "./clean.js";
import { Edition, articleId, readManifest } from "./edition.js";
import { fresh, spent } from "./ranges.js";
import { search, suggest } from "./search.js";
import { vouched } from "./trust.js";
import { direction, language, number, pageDirection, say } from "./words.js";

const at = (id) => document.getElementById(id);
const [main, news, foot, query, titles] = ["main", "news", "foot", "query", "titles"].map(at);
const MANIFEST = "./manifest.json";
let edition = null;
let trust = null;
let offline = false;
let shown = 0; // counts what was asked for, so that what comes late is not shown

/** An element with attributes and children. */
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== "" && value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const note = (text, kind = "") => make("p", { class: `note ${kind}` }, text);
const addressOf = (fields) => `#/article/${hex(fields.id)}`;

function show(title, ...nodes) {
  document.title = title ? `${title} · ${edition?.manifest.title || "Galactica"}` : edition?.manifest.title || "Galactica";
  main.replaceChildren(...(offline ? [note(say("offline"))] : []), ...nodes.filter(Boolean));
  window.scrollTo(0, 0);
  const heading = main.querySelector("h1");
  if (heading && document.activeElement !== query) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  tellSpent();
}

function tellSpent() {
  if (!edition) return;
  const all = Object.values(edition.manifest.files).reduce((sum, file) => sum + file.size, 0);
  foot.replaceChildren(say("spent", { kb: number(Math.ceil(spent.bytes / 1000)), n: number(spent.requests), mb: number(Math.round(all / 1e5) / 10) }));
}

function failed(error) {
  news.textContent = "";
  if (!(error instanceof Refused || error instanceof Away)) console.error(error);
  const text = error instanceof Away ? say("away") : error.message === "ranges" ? say("ranges") : error.told ?? say("refused");
  const again = make("button", { class: "plain", type: "button" }, error.anew ? say("anew") : say("again"));
  again.addEventListener("click", () => {
    if (error.anew) error.anew();
    route();
  });
  show("", make("h1", {}, edition?.manifest.title || "Galactica"), note(text, "bad"), make("p", {}, again));
}

/** Open the edition beside this page, once. */
async function opened() {
  if (edition) return edition;
  news.textContent = say("opening");
  const cache = globalThis.caches ? await caches.open("galactica-place").catch(() => null) : null;
  const place = new URL(MANIFEST, location.href).href;
  const start = fresh("./start", MAX_BLOCK).catch(() => null); // together with the manifest: one round
  let raw;
  try {
    raw = await fresh(MANIFEST, 256 * 1024);
    offline = false;
  } catch (error) {
    const before = error instanceof Away && (await cache?.match(place));
    if (!before) throw error;
    raw = new Uint8Array(await before.arrayBuffer());
    offline = true;
  }
  const manifest = await readManifest(raw);
  const wanted = new URLSearchParams(location.search).get("root");
  if (wanted && wanted !== manifest.root) throw Object.assign(new Refused("root"), { told: say("wrong", { root: manifest.root }) });
  const key = `galactica:${new URL("./", location.href).pathname}`;
  const seen = JSON.parse(localStorage.getItem(key) ?? "null");
  if (seen && manifest.number < seen.number && !wanted) {
    const anew = () => localStorage.removeItem(key);
    throw Object.assign(new Refused("old"), { told: say("old", { n: manifest.number, seen: seen.number }), anew });
  }
  const found = await Edition.open(manifest, await start);
  if (!offline) {
    await cache?.put(place, new Response(raw)).catch(() => {});
    localStorage.setItem(key, JSON.stringify({ number: manifest.number, root: manifest.root }));
  }
  edition = found;
  at("called").textContent = manifest.title || "Galactica";
  trust = wanted ? Promise.resolve({ state: "named" }) : vouched(manifest, raw).catch(() => ({ state: "unsigned" }));
  news.textContent = "";
  return edition;
}

async function trustNote() {
  const found = await trust;
  const nodes = [note(say(found.state, found), found.state === "signed" || found.state === "named" ? "good" : found.state === "badly" || found.state === "changed" ? "bad" : "")];
  if (found.day) nodes.push(make("p", { class: "from" }, say("first", found)));
  return nodes;
}

async function home() {
  await opened();
  const { manifest } = edition;
  const sources = await edition.table("sources");
  const tags = Object.entries(manifest.languages).sort((a, b) => b[1] - a[1]).map(([tag, count]) => `${tag} ${number(count)}`);
  const list = make("ul", {}, ...sources.slice(0, 200).map((source) => make("li", {}, link(source.url, source.title || source.key), ` — ${source.licence || say("unknown")}${source.attribution ? `, ${source.attribution}` : ""}${source.date ? `, ${source.date}` : ""}`)));
  const facts = make("dl", {}, ...pairs([[say("root"), make("code", {}, manifest.root)], [say("number"), number(manifest.number)], [say("languages"), tags.join(", ")], [say("licence"), manifest.licences.join(", ") || say("unknown")]]));
  show("", make("h1", {}, manifest.title || "Galactica"), make("p", {}, say("articles", { n: number(edition.size) })), make("h2", {}, say("trust")), ...(await trustNote()), make("p", { class: "from" }, say("page")), make("h2", {}, say("about")), facts, make("h2", {}, say("sources")), list);
  if (matchMedia("(hover: hover)").matches) query.focus();
}

const pairs = (rows) => rows.flatMap(([name, value]) => (value ? [make("dt", {}, name), make("dd", {}, value)] : []));

function link(address, text) {
  if (!/^https?:\/\//i.test(address ?? "")) return text;
  return make("a", { href: address, rel: "noopener noreferrer external" }, text);
}

async function results(typed) {
  query.value = typed;
  await opened();
  news.textContent = say("looking");
  const found = await search(edition, typed);
  news.textContent = "";
  const notes = found.instead.filter(([, other]) => other).map(([word, other]) => note(say("instead", { word, other })));
  const missing = found.instead.filter(([, other]) => !other).map(([word]) => word);
  if (missing.length) notes.push(note(say("missing", { words: missing.join(", ") })));
  if (found.partial) notes.push(note(say("partial")));
  const sources = new Map((await edition.table("sources")).map((source) => [source.key, source]));
  const items = found.hits.map(({ fields, passage, exact }) => {
    const source = sources.get(fields.source) ?? {};
    const heading = make("h2", {}, make("a", { href: addressOf(fields) }, fields.title), exact ? make("span", { class: "tag" }, say("exact")) : null);
    const text = make("p", {}, ...passage.pieces.map(([piece, marked]) => (marked ? make("mark", {}, piece) : piece)));
    const from = [fields.language, source.title || fields.source, fields.modified?.slice(0, 10) || source.date, fields.licence || source.licence].filter(Boolean);
    return make("li", { lang: fields.language === "und" ? "" : fields.language, dir: direction(fields.language) }, heading, text, make("p", { class: "from", lang: language, dir: pageDirection }, from.join(" · ")));
  });
  const head = found.hits.length ? say("results", { n: number(found.total), q: typed }) : say("nothing", { q: typed });
  show(typed, make("h1", {}, head), ...notes, make("ol", { class: "results" }, ...items));
}

async function article(id) {
  await opened();
  news.textContent = say("reading");
  const found = /^[0-9a-f]{32}$/.test(id) ? await edition.find(unhex(id)) : null;
  news.textContent = "";
  if (!found) {
    show("", make("h1", {}, say("none")));
    return;
  }
  const { fields } = found;
  const source = await edition.source(fields.source);
  const work = fields.work ? (await edition.table("works")).find((each) => each.source === fields.source && each.path === fields.work) : null;
  const places = {
    article: (path) => `#/article/${hex(articleId(fields.source, path))}`,
    picture: (path, alt) => make("span", { class: "gone", title: say("picture") }, `▢ ${alt || say("picture")}`),
  };
  const body = make("div", { class: "body", lang: fields.language === "und" ? "" : fields.language, dir: direction(fields.language) });
  body.append(cleaned(fields.body ?? "", places));
  const headings = [...body.querySelectorAll("h2")].slice(0, 100);
  headings.forEach((heading, place) => (heading.id ||= `in-heading-${place}`));
  const contents = headings.length > 2 ? make("nav", { "aria-label": say("contents") }, make("details", {}, make("summary", {}, say("contents")), make("ul", {}, ...headings.map((heading) => make("li", {}, make("a", { href: `#${heading.id}` }, heading.textContent)))))) : null;
  const facts = make("dl", {}, ...pairs([
    [say("source"), link(source.url, source.title || source.key)],
    [say("licence"), fields.licence || work?.licence || source.licence || say("unknown")],
    [say("date"), (fields.modified || fields.published || work?.published || source.date || "").slice(0, 10)],
    [say("original"), fields.url ? link(fields.url, fields.url) : ""],
    [say("root"), make("code", {}, edition.root)],
  ]));
  const proof = note(say("proved", { n: number(found.number + 1), all: number(edition.size) }), "good");
  show(fields.title, make("h1", { lang: fields.language === "und" ? "" : fields.language, dir: direction(fields.language) }, fields.title), contents, body, facts, proof);
}

async function route() {
  const mine = ++shown;
  const address = location.hash.slice(1);
  if (address && !address.startsWith("/")) {
    const inside = document.getElementById(decode(address));
    if (inside) inside.scrollIntoView();
    return;
  }
  closeTitles();
  try {
    const [, verb, rest] = /^\/(\w+)\/(.*)$/s.exec(address) ?? [];
    if (verb === "search") await results(decode(rest));
    else if (verb === "article") await article(rest);
    else await home();
  } catch (error) {
    if (mine === shown) failed(error);
  }
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Titles that what is typed may become: a combobox with a list (WAI-ARIA 1.2).

let waiting = 0;
let chosen = -1;

function closeTitles() {
  titles.hidden = true;
  chosen = -1;
  query.setAttribute("aria-expanded", "false");
  query.removeAttribute("aria-activedescendant");
}

async function offer() {
  const typed = query.value;
  if (!typed.trim() || !edition) return closeTitles();
  let found = [];
  try {
    found = await suggest(edition, typed);
  } catch {
    return closeTitles();
  }
  if (typed !== query.value || document.activeElement !== query) return;
  titles.replaceChildren(
    ...found.map((title, place) => {
      const item = make("li", { role: "option", id: `title-${place}`, "aria-selected": "false" }, make("bdi", {}, title.name), title.name !== title.title ? make("small", {}, `→ ${title.title}`) : null);
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        read(title);
      });
      item.title_ = title;
      return item;
    }),
  );
  chosen = -1;
  titles.hidden = !found.length;
  query.setAttribute("aria-expanded", String(!!found.length));
  tellSpent();
}

async function read(title) {
  closeTitles();
  query.value = title.name;
  try {
    const [{ fields }] = await edition.articles([title.number]);
    query.blur();
    location.hash = addressOf(fields);
  } catch (error) {
    failed(error);
  }
}

function choose(step) {
  const items = [...titles.children];
  if (titles.hidden || !items.length) return false;
  chosen = (chosen + step + items.length + (chosen < 0 && step < 0 ? 1 : 0)) % items.length;
  items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
  query.setAttribute("aria-activedescendant", items[chosen].id);
  return true;
}

query.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(offer, 120);
});
query.addEventListener("blur", () => setTimeout(closeTitles, 100));
query.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && choose(1)) event.preventDefault();
  else if (event.key === "ArrowUp" && choose(-1)) event.preventDefault();
  else if (event.key === "Escape") closeTitles();
});
at("search").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  const title = chosen >= 0 ? titles.children[chosen]?.title_ : null;
  if (title) return read(title);
  closeTitles();
  const typed = query.value.trim();
  if (!typed) return;
  const address = `#/search/${encodeURIComponent(typed)}`;
  if (location.hash === address) route();
  else location.hash = address;
  query.blur();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(input|textarea)$/i.test(document.activeElement?.tagName ?? "") && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    query.focus();
    query.select();
  }
});
at("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});

document.documentElement.lang = language;
document.documentElement.dir = pageDirection;
at("skip").textContent = say("skip");
at("go").textContent = say("search");
query.placeholder = say("placeholder");
query.setAttribute("aria-label", say("placeholder"));
titles.setAttribute("aria-label", say("suggestions"));
at("brand").setAttribute("aria-label", say("home"));
addEventListener("hashchange", route);
addEventListener("online", () => {
  if (offline) {
    edition = null;
    route();
  }
});
const policy = globalThis.trustedTypes?.createPolicy("worker", { createScriptURL: (name) => (name === "worker.js" ? name : "") });
const worker = (name) => (policy ? policy.createScriptURL(name) : name);
if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker("worker.js")).catch(() => {});
route();

