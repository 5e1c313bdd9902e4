// An article's body as nodes that are safe to show: parsed where nothing runs, and built anew of what is allowed.
// The edition's root says who wrote a body, not that it means well.

import { ATTRIBUTES, GLOBAL, MATH, ROLES, TAGS } from "./allowed.js";

const GONE = new Set(["script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "form", "textarea", "select", "title", "head"]);
const MATHML = "http://www.w3.org/1998/Math/MathML";
const MOST_DEPTH = 200;
const policy = globalThis.trustedTypes?.createPolicy("parse", { createHTML: (text) => text }); // into a document that runs nothing

/**
 * Nodes of a body.
 * places: {article(path) → address of an article of the same source, picture(path, alt) → node in a picture's place}.
 */
export function cleaned(body, places) {
  const text = `<!DOCTYPE html><body>${body}`;
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  const out = document.createDocumentFragment();
  const ids = new Set();
  copy(parsed.body, out, 0);
  return out;

  function copy(from, to, depth) {
    for (const child of from.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) to.append(child.data);
      else if (child.nodeType === Node.ELEMENT_NODE && depth < MOST_DEPTH) element(child, to, depth);
    }
  }

  function element(child, to, depth) {
    const name = child.localName;
    const math = child.namespaceURI === MATHML;
    if (GONE.has(name) || (!math && child.namespaceURI !== "http://www.w3.org/1999/xhtml")) return;
    if (["img", "audio", "video"].includes(name)) {
      const path = child.getAttribute("src") ?? "";
      to.append(places.picture(path, child.getAttribute("alt") ?? ""));
      return;
    }
    if (!TAGS.has(name) || math !== MATH.has(name)) {
      copy(child, to, depth + 1);
      return;
    }
    const made = math ? document.createElementNS(MATHML, name) : document.createElement(name);
    for (const { name: attribute, value } of child.attributes) set(made, name, attribute, value, math);
    copy(child, made, depth + 1);
    if (name === "table") {
      const box = document.createElement("div");
      box.className = "scroll";
      box.tabIndex = 0;
      box.append(made);
      to.append(box);
    } else to.append(made);
  }

  function set(made, tag, attribute, value, math) {
    const allowed = (ATTRIBUTES[tag] ?? []).includes(attribute) || (!math && GLOBAL.has(attribute));
    if (attribute === "role" && !math) {
      if (ROLES.has(value)) made.setAttribute("role", value);
    } else if (!allowed || attribute === "src") return;
    else if (attribute === "id") {
      const id = `in-${value}`; // an id of the page is never an article's
      if (!ids.has(id)) made.id = id;
      ids.add(id);
    } else if (attribute === "href") link(made, value);
    else made.setAttribute(attribute, value);
  }

  function link(made, value) {
    if (value.startsWith("#")) made.setAttribute("href", `#in-${value.slice(1)}`);
    else if (value.startsWith("./")) {
      let path = value.slice(2).split(/[?#]/, 1)[0];
      try {
        path = decodeURIComponent(path);
      } catch {
        return;
      }
      made.setAttribute("href", places.article(path));
    } else if (/^(https?:\/\/|mailto:)/i.test(value)) {
      made.setAttribute("href", value);
      made.setAttribute("rel", "noopener noreferrer external");
      made.className = "away";
    }
  }
}
