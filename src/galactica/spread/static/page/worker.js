// Keeps the page itself, so that it opens without a network. What it reads of the edition, ranges.js keeps.

const VERSION = "@VERSION@";
const PAGE = ["./", "index.html", "room.css", "mark.svg", "app.webmanifest", "@SCRIPTS@"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(`galactica-page-${VERSION}`).then((cache) => cache.addAll(PAGE.map((name) => new Request(name, { cache: "reload" })))).then(() => self.skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("galactica-page-") && !name.endsWith(VERSION)).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const own = new URL(request.url);
  const name = own.href.slice(new URL("./", self.location).href.length).split(/[?#]/, 1)[0] || "./";
  if (own.origin !== self.location.origin || !PAGE.includes(name)) return;
  event.respondWith(caches.open(`galactica-page-${VERSION}`).then((cache) => cache.match(name)).then((found) => found ?? fetch(request)));
});
