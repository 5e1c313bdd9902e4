// Who vouches for the manifest: minisign signatures (https://jedisct1.github.io/minisign/) of the keys that the newest of
// the publication's root documents names (TUF §4.3), each root signed by the keys of the one before and by its own.
// docs/formats/static.md, "Who vouches". Ed25519 is WebCrypto's; where a browser has none, that is said.

import { Refused, hex, joined, sha256, textOf, unhex, utf8 } from "./coding.js";
import { fresh } from "./ranges.js";

const MAX_TRUST = 4 * 2 ** 20;
const MOST = 256; // roots and signatures that are looked at

const unbase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Whether an Ed25519 signature holds; null where the browser cannot tell. */
async function holds(key, signature, message) {
  try {
    const known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  } catch (error) {
    if (error?.name === "DataError") return false; // a key that is none
    return null;
  }
}

/** JSON in the one form that TUF signs (OLPC canonical JSON): members in order, no white space. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort().map((key) => `${canonical(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  if (typeof value === "string") return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  if (typeof value === "number" && !Number.isInteger(value)) throw new Refused("trust.json");
  return String(value);
}

/** How many of a role's keys have signed a root document; null where the browser cannot tell. */
async function signers(document, role, by) {
  const message = utf8(canonical(document.signed));
  const found = new Set();
  for (const { keyid, sig } of document.signatures.slice(0, MOST)) {
    const key = by.signed.keys[keyid];
    if (!by.signed.roles[role].keyids.includes(keyid) || key?.keytype !== "ed25519" || found.has(key.keyval.public)) continue;
    const good = await holds(unhex(key.keyval.public), unhex(sig), message);
    if (good === null) return null;
    if (good) found.add(key.keyval.public);
  }
  return found.size;
}

/** The newest root of a chain that holds from the first one on: {root, publication}. */
async function newest(roots) {
  let [root, publication] = [null, ""];
  for (let version = 1; roots[version] !== undefined && version <= MOST; version++) {
    const next = JSON.parse(roots[version]);
    const said = next.signed["x-galactica-publication"];
    if (next.signed._type !== "root" || next.signed.version !== version) throw new Refused("trust.json");
    if (version === 1) publication = hex(sha256(utf8(canonical(next.signed))));
    else if (said !== publication) throw new Refused("trust.json");
    for (const judge of root ? [root, next] : [next]) {
      const count = await signers(next, "root", judge);
      if (count === null) return null;
      if (!(judge.signed.roles.root.threshold >= 1) || count < judge.signed.roles.root.threshold) throw new Refused("trust.json");
    }
    root = next;
  }
  return { root, publication };
}

/** Whether a minisign signature file over a message is of a key, with this comment; null where nobody can tell. */
async function minisigned(text, key, message, comment) {
  const lines = text.split("\n");
  if (lines.length !== 5 || lines[2] !== `trusted comment: ${comment}`) return false;
  const [first, second] = [unbase64(lines[1]), unbase64(lines[3])];
  if (first.length !== 74 || second.length !== 64 || textOf(first.subarray(0, 2)) !== "ED") return false;
  const signature = first.subarray(10);
  const good = await holds(key, signature, blake2b(message));
  return good && (await holds(key, second, joined(signature, utf8(comment))));
}

/** What vouches for a manifest: {state, …} as words.js says it. Refused where signatures are there and do not hold. */
export async function vouched(manifest, raw) {
  let said;
  try {
    said = JSON.parse(textOf(await fresh("trust.json", MAX_TRUST)));
  } catch {
    return { state: "unsigned" };
  }
  if (!said.roots?.[1]) return { state: "unsigned" };
  try {
    const found = await newest(said.roots);
    if (found === null) return { state: "unable" };
    const { root, publication } = found;
    const comment = `Galactica release number ${manifest.number} root ${manifest.root} publication ${publication}`;
    const { keyids, threshold } = root.signed.roles.targets;
    const who = new Map();
    for (const text of Object.values(said.signatures).slice(0, MOST)) {
      for (const keyid of keyids) {
        const key = root.signed.keys[keyid];
        const good = !who.has(key.keyval.public) && (await minisigned(text, unhex(key.keyval.public), raw, comment));
        if (good === null) return { state: "unable" };
        if (good) who.set(key.keyval.public, key["x-galactica-name"] || keyid.slice(0, 8));
      }
    }
    if (!(threshold >= 1) || who.size < threshold) return { state: "badly" };
    const place = `galactica:keys:${new URL("./", location.href).pathname}`;
    const known = JSON.parse(localStorage.getItem(place) ?? "null");
    if (known && known.publication !== publication) return { state: "changed" };
    const day = known?.day ?? new Date().toISOString().slice(0, 10);
    if (!known) localStorage.setItem(place, JSON.stringify({ publication, day }));
    return { state: "signed", n: who.size, all: keyids.length, who: [...who.values()].join(", "), day };
  } catch (error) {
    if (!(error instanceof Refused)) console.error(error);
    return { state: "badly" };
  }
}

// BLAKE2b-512 (RFC 7693), which minisign signs.

const MASK = 2n ** 64n - 1n;
const IV = ["6a09e667f3bcc908", "bb67ae8584caa73b", "3c6ef372fe94f82b", "a54ff53a5f1d36f1", "510e527fade682d1", "9b05688c2b3e6c1f", "1f83d9abfb41bd6b", "5be0cd19137e2179"].map((digits) => BigInt(`0x${digits}`));
const ORDER = ["0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0"].map((row) => Array.from(row, (digit) => parseInt(digit, 16)));

export function blake2b(message) {
  const h = IV.map((value, at) => (at ? value : value ^ 0x01010040n));
  const blocks = Math.max(1, Math.ceil(message.length / 128));
  const padded = new Uint8Array(blocks * 128);
  padded.set(message);
  const view = new DataView(padded.buffer);
  const turn = (value, by) => ((value >> BigInt(by)) | (value << BigInt(64 - by))) & MASK;
  for (let block = 0; block < blocks; block++) {
    const m = Array.from({ length: 16 }, (_, at) => view.getBigUint64(block * 128 + at * 8, true));
    const last = block === blocks - 1;
    const v = [...h, ...IV];
    v[12] ^= BigInt(last ? message.length : (block + 1) * 128);
    if (last) v[14] ^= MASK;
    const mix = (a, b, c, d, x, y) => {
      v[a] = (v[a] + v[b] + x) & MASK;
      v[d] = turn(v[d] ^ v[a], 32);
      v[c] = (v[c] + v[d]) & MASK;
      v[b] = turn(v[b] ^ v[c], 24);
      v[a] = (v[a] + v[b] + y) & MASK;
      v[d] = turn(v[d] ^ v[a], 16);
      v[c] = (v[c] + v[d]) & MASK;
      v[b] = turn(v[b] ^ v[c], 63);
    };
    for (let round = 0; round < 12; round++) {
      const s = ORDER[round % 10];
      for (let at = 0; at < 4; at++) mix(at, at + 4, at + 8, at + 12, m[s[2 * at]], m[s[2 * at + 1]]);
      for (let at = 0; at < 4; at++) mix(at, ((at + 1) % 4) + 4, ((at + 2) % 4) + 8, ((at + 3) % 4) + 12, m[s[2 * at + 8]], m[s[2 * at + 9]]);
    }
    for (let at = 0; at < 8; at++) h[at] ^= v[at] ^ v[at + 8];
  }
  const out = new DataView(new ArrayBuffer(64));
  h.forEach((value, at) => out.setBigUint64(8 * at, value, true));
  return new Uint8Array(out.buffer);
}
