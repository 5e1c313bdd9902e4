// Typing suggestions for every search box. The room works without this file.
// It finds its own elements by class inside <form class="gx-search"> (an article's classes never start with "gx-") and
// reads nothing from global names, which an article's ids could shadow.
(() => {
  "use strict";
  const all = (selector) => Document.prototype.querySelectorAll.call(document, selector);
  const make = (tag) => Document.prototype.createElement.call(document, tag);
  const named = (tag) => {
    try { return new Intl.DisplayNames([tag], { type: "language" }).of(tag); } catch { return tag; }
  };
  let count = 0;

  for (const form of all("form.gx-search")) {
    const input = Element.prototype.querySelector.call(form, "input");
    const list = make("ul");
    const name = `gx-list-${++count}`;
    let chosen = -1, timer = 0, asked = null, closed = true;
    list.id = name;
    list.className = "gx-suggestions";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    form.append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", name);
    input.setAttribute("aria-expanded", "false");

    const close = () => {
      closed = true;
      chosen = -1;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const choose = (number) => {
      const items = list.children;
      if (!items.length) return;
      chosen = (number + items.length + 1) % (items.length + 1);
      if (chosen === items.length) chosen = -1;
      for (let i = 0; i < items.length; i++) items[i].setAttribute("aria-selected", String(i === chosen));
      if (chosen < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", items[chosen].id);
    };

    const show = (suggestions) => {
      list.replaceChildren();
      chosen = -1;
      const times = new Map();
      const line = ({ matched, title }) => (matched === title ? title : `${matched} → ${title}`);
      for (const each of suggestions) times.set(line(each), (times.get(line(each)) || 0) + 1);
      suggestions.forEach((suggestion, number) => {
        const item = make("li");
        const link = make("a");
        const title = make("span");
        item.id = `${name}-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        link.href = suggestion.page;
        link.tabIndex = -1;
        title.textContent = suggestion.matched;
        title.lang = suggestion.language;
        title.dir = "auto";
        link.append(title);
        const beside = [];
        if (suggestion.matched !== suggestion.title) beside.push(`→ ${suggestion.title}`);
        if (times.get(line(suggestion)) > 1) beside.push(`${named(suggestion.language)} · ${suggestion.source_title}`);
        if (beside.length) {
          const of = make("small");
          of.textContent = beside.join(" ");
          of.dir = "auto";
          link.append(of);
        }
        item.append(link);
        list.append(item);
      });
      list.hidden = closed || !suggestions.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };

    const ask = async () => {
      const typed = input.value.trim();
      if (asked) asked.abort();
      if (!typed || typed.length > 100) return close();
      asked = new AbortController();
      try {
        const answer = await fetch(`/api/v1/suggest?limit=8&q=${encodeURIComponent(typed)}`, { signal: asked.signal });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", (event) => {
      if (event.isComposing) return;
      closed = false;
      clearTimeout(timer);
      timer = setTimeout(ask, 60);
    });
    input.addEventListener("compositionend", () => {
      closed = false;
      clearTimeout(timer);
      timer = setTimeout(ask, 60);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && chosen >= 0) list.children[chosen].firstChild.click();
      else return;
      event.preventDefault();
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) setTimeout(close, 150);
    });
    form.addEventListener("submit", (event) => {
      if (!input.value.trim()) event.preventDefault();
    });
  }

  addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement) return;
    for (const input of all("form.gx-search input")) {
      event.preventDefault();
      input.focus();
      input.select();
      break;
    }
  });

  // A place in a transcript is a second of the recording before it: going there goes to the second.
  const before = (one, other) => one === other || (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const last = (selector, place) => {
    let found = null;
    for (const each of all(selector)) if (before(each, place)) found = each;
    return found;
  };
  const seek = (place, play) => {
    const recording = last(".gx-body audio, .gx-body video", place);
    const anchor = recording && last('.gx-body [id^="time:"]', place);
    if (!anchor || !before(recording, anchor)) return false;
    recording.currentTime = Number(anchor.id.slice(5)) || 0;
    if (play) recording.play().catch(() => {});
    return true;
  };
  const go = (play) => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const place = id && Document.prototype.getElementById.call(document, id);
    if (place && place.closest(".gx-body")) seek(place, play);
  };
  go(false);
  addEventListener("hashchange", () => go(true));
  for (const link of all("a.gx-time")) {
    link.addEventListener("click", (event) => {
      const anchor = link.parentElement && Element.prototype.querySelector.call(link.parentElement, '[id^="time:"]');
      if (event.ctrlKey || event.metaKey || !anchor || !seek(anchor, true)) return;
      event.preventDefault();
      history.replaceState(null, "", `#${encodeURIComponent(anchor.id).replace("%3A", ":")}`);
    });
  }
})();

// A stretch of a traced text and its card light up together.
(() => {
  "use strict";
  const all = [...Document.prototype.querySelectorAll.call(document, ".gx-tracing [data-gx-span]")];
  const light = (number, on) => {
    for (const each of all) if (each.dataset.gxSpan === number) each.classList.toggle("gx-lit", on);
  };
  for (const each of all) {
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
      each.addEventListener(name, () => light(each.dataset.gxSpan, on));
    }
  }
})();
