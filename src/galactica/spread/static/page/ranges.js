// Ranges of files beside this page: asked for together, checked, kept in the browser, read from there without a network.

import { Away, Refused, joined } from "./coding.js";

const GAP = 12 * 1024; // bytes between two ranges that are asked for with them
const MOST_KEPT = 3000; // ranges that are kept; the oldest quarter goes when there are more
const SECONDS = 60;

/** What was asked for in this visit. */
export const spent = { requests: 0, bytes: 0, kept: 0 };

let store = null; // the edition's own part of the browser's cache; null where it has none
let count = 0;
let folder = ""; // beside this page that the edition's files lie in

/** Keep what is read of the edition with this root. */
export async function keepFor(root) {
  folder = `${root.slice(0, 16)}/`;
  if (!globalThis.caches) return;
  try {
    store = await caches.open(`galactica-edition-${root}`);
    count = (await store.keys()).length;
  } catch {
    store = null;
  }
}

const place = (name, offset, size) => new URL(`kept/${name}/${offset}/${size}`, location.href).href;

async function kept(name, offset, size) {
  const found = store && (await store.match(place(name, offset, size)).catch(() => undefined));
  return found ? new Uint8Array(await found.arrayBuffer()) : null;
}

async function keep(name, offset, size, raw) {
  if (!store) return;
  try {
    await store.put(place(name, offset, size), new Response(raw));
    if (++count > MOST_KEPT) {
      const every = await store.keys();
      await Promise.all(every.slice(0, MOST_KEPT / 4).map((one) => store.delete(one)));
      count = every.length - MOST_KEPT / 4;
    }
  } catch {
    store = null; // no room: go on without
  }
}

async function forget(name, offset, size) {
  if (store) await store.delete(place(name, offset, size)).catch(() => {});
}

/** The body of a reply, no more than so many bytes of it. */
async function bounded(reply, most, stop) {
  const reader = reply.body.getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(...parts);
    size += value.length;
    if (size > most) {
      stop.abort();
      throw new Refused(`the server sends more than there is`);
    }
    parts.push(value);
  }
}

async function asked(name, headers, wanted, most) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), SECONDS * 1000);
  try {
    const reply = await fetch(name.startsWith("./") ? name : folder + name, { headers, signal: stop.signal, cache: "no-store", redirect: "error" });
    if (reply.status !== wanted) {
      stop.abort();
      if (reply.status === 200) throw new Refused("ranges");
      throw reply.status === 404 || reply.status === 416 ? new Refused(`${name}: ${reply.status}`) : new Away(`${name}: ${reply.status}`);
    }
    spent.requests++;
    const raw = await bounded(reply, most, stop);
    spent.bytes += raw.length;
    return raw;
  } catch (error) {
    if (error instanceof Refused || error instanceof Away) throw error;
    throw new Away(String(error.message ?? error));
  } finally {
    clearTimeout(late);
  }
}

/** A whole file from the server, never from what is kept; one that begins with "./" lies beside this page. */
export const fresh = (name, most) => asked(name, {}, 200, most);

/** Keep a whole file that was found good. */
export const keepWhole = (name, raw) => keep(name, 0, 0, raw);

/** A whole file that `holds` finds good, kept or from the server. */
export async function whole(name, most, holds) {
  const before = await kept(name, 0, 0);
  if (before && (await holds(before))) {
    spent.kept++;
    return before;
  }
  const raw = await fresh(name, most);
  if (!(await holds(raw))) throw new Refused(name);
  await keep(name, 0, 0, raw);
  return raw;
}

/**
 * Ranges {file, offset, size}, each found good by `holds(range, bytes)`; what is kept and is not good is asked for again.
 * Returns their bytes in their order.
 */
export async function parts(ranges, holds) {
  const found = new Map();
  const key = (range) => `${range.file}/${range.offset}/${range.size}`;
  const missing = new Map();
  await Promise.all(
    ranges.map(async (range) => {
      if (found.has(key(range)) || missing.has(key(range))) return;
      missing.set(key(range), range);
      const before = range.size ? await kept(range.file, range.offset, range.size) : new Uint8Array();
      if (!before) return;
      if (before.length === range.size && (await holds(range, before))) {
        spent.kept++;
        found.set(key(range), before);
        missing.delete(key(range));
      } else await forget(range.file, range.offset, range.size);
    }),
  );
  const order = [...missing.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.offset - b.offset || a.size - b.size));
  const groups = [];
  for (const range of order) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const gap = last && last.file === range.file ? range.offset - last.offset - last.size : -1;
    if (gap >= 0 && gap <= GAP && range.offset + range.size - group[0].offset <= 2 ** 20) group.push(range);
    else groups.push([range]);
  }
  await Promise.all(
    groups.map(async (group) => {
      const [first, last] = [group[0], group.at(-1)];
      const size = last.offset + last.size - first.offset;
      const headers = { Range: `bytes=${first.offset}-${first.offset + size - 1}` };
      const raw = await asked(first.file, headers, 206, size);
      for (const range of group) {
        const own = raw.subarray(range.offset - first.offset, range.offset - first.offset + range.size);
        if (own.length !== range.size || !(await holds(range, own))) throw new Refused(range.file);
        found.set(key(range), own);
        await keep(range.file, range.offset, range.size, own);
      }
    }),
  );
  return ranges.map((range) => found.get(key(range)));
}
