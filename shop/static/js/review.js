// The desk: a value, a finding or a result that is chosen lights its place on the page beside it.
// Without this file its link leads there (:target).
const $ = (sel, root = document) => root.querySelector(sel);
const $$ = (sel, root = document) => [...root.querySelectorAll(sel)];
const viewer = $("[data-viewer] .viewer-page"), calm = matchMedia("(prefers-reduced-motion: reduce)");
const CHOOSE = "tr, li"; // whose link leads to a place
const link = (node) => node?.matches?.("a[href^='#']") ? node : $("a[href^='#box-'], a[data-place]", node?.closest?.(CHOOSE) ?? document.createElement("i"));

function light(key) {
  const place = document.getElementById(key);
  if (!place?.classList.contains("hl-g")) return;
  for (const lit of $$(".is-lit")) lit.classList.remove("is-lit");
  place.classList.add("is-lit");
  if (!viewer?.contains(place)) return;
  const at = place.getBoundingClientRect(), around = viewer.getBoundingClientRect();
  if (at.top >= around.top && at.bottom <= around.bottom) return; // seen already
  viewer.scrollBy({ top: at.top - around.top - around.height / 3, behavior: calm.matches ? "auto" : "smooth" });
}
const choose = (node) => { const to = link(node)?.getAttribute("href"); if (to) light(to.slice(1)); };

if (viewer) {
  viewer.dataset.live = ""; // from here on :target alone lights nothing
  document.addEventListener("focusin", (e) => { if (e.target.closest(CHOOSE)) choose(e.target); });
  document.addEventListener("click", (e) => { if (e.target.closest("[data-boxes] tr, .findings li")) choose(e.target); });
  addEventListener("hashchange", () => light(location.hash.slice(1)));
  light(location.hash.slice(1));
  for (const table of $$("[data-boxes]")) {
    table.addEventListener("keydown", (e) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key], links = $$("a[href^='#']", table), at = links.indexOf(e.target);
      if (!step || at < 0 || !links[at + step]) return;
      e.preventDefault(); links[at + step].focus();
    });
  }
}

// Verified brings the usual note along; another choice takes it away again, unless it was changed.
for (const form of $$("[data-decision] form")) {
  const note = $("[data-usual]", form);
  if (!note) continue;
  form.addEventListener("change", (e) => {
    if (e.target.name !== "outcome") return;
    if (e.target.value === "passed" && !note.value.trim()) note.value = note.dataset.usual;
    else if (e.target.value !== "passed" && note.value === note.dataset.usual) note.value = "";
  });
}
