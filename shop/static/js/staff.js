// The desk: certificates are sent by themselves, a few at a time, and the page says where each stands.
// Without this file the form sends all of them at once, and the answer is a page.
const PARALLEL = 3; // requests under way
const STALLED = 45_000; // ms without an answer or progress: the connection is lost
const SOONEST = 1_000, LATEST = 30_000; // ms until a lost connection is tried again: doubled each time
const LOOK = 2_000, LOOK_HIDDEN = 10_000; // ms between questions where the files stand
const ASKED = 150; // files in one question
const UNSENT = "assay.unsent"; // names of files that were chosen and not sent, for the next visit
const SVG = "http://www.w3.org/2000/svg";
const CHANGED = "The file changed, moved or is a folder, so it was not sent. Choose it again.";
const SIGNED_OUT = "You are signed out, or this page is old. Sign in again in another tab, then press “Go on”.";

const $ = (sel, root = document) => root.querySelector(sel);
const $$ = (sel, root = document) => [...root.querySelectorAll(sel)];
const el = (tag, props = {}, ...kids) => { const n = Object.assign(document.createElement(tag), props); n.append(...kids); return n; };
const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${megabytes(bytes)} MB`;
const set = (node, text) => { if (node && node.textContent !== text) { node.textContent = text; } if (node) node.hidden = !text; };

function mark(state) {
  const svg = document.createElementNS(SVG, "svg"), use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "mark"); svg.setAttribute("viewBox", "0 0 20 20"); svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#m-${state}`); svg.append(use);
  return svg;
}
function tag(state, words) {
  const node = el("span", { className: "tag" }, mark(state), words);
  node.dataset.state = state;
  return el("span", {}, node);
}
function button(label, about, act, look = "btn-quiet") {
  const node = el("button", { type: "button", className: `btn ${look} btn-sm` }, label, el("span", { className: "vh" }, ` ${about}`));
  node.addEventListener("click", act);
  return node;
}
/** A row of a list as the server writes it: mark, name, where it stands, what one can do, and more. */
function fill(row, state, name, middle, action, meta) {
  row.dataset.state = state;
  const focused = row.contains(document.activeElement);
  row.replaceChildren(mark(state), el("span", { className: "name" }, name), middle, action, el("span", { className: "meta" }, meta));
  if (focused) (row.querySelector("a, button") ?? $("#sent-title"))?.focus();
}
const review = (name, href) => el("a", { className: "btn btn-line btn-sm", href }, "Review", el("span", { className: "vh" }, ` ${name}`));

// 1. Where every file stands: asked for while one of them is still on its way.
const regions = $$("[data-files]");
const unsettled = () => regions.flatMap((region) => $$("li[data-file][data-kind=waiting]", region)).map((row) => row.dataset.file);
let etag = "", asked = "", timer = 0, from = 0, isAsking = false;

function show(file) {
  for (const row of regions.flatMap((region) => $$(`li[data-file="${CSS.escape(file.id)}"]`, region))) {
    const meta = [row.dataset.note, file.meta].filter(Boolean).join(" · ");
    if (row.dataset.kind === file.kind && $(".meta", row)?.textContent === meta && $(".tag", row)?.textContent.trim() === file.state.title) continue;
    row.dataset.kind = file.kind;
    fill(row, file.mark, $(".name", row).textContent, tag(file.state.mark, file.state.title), review($(".name", row).textContent, file.address), meta);
  }
}
const soon = (pause = LOOK) => { timer ||= setTimeout(look, pause); };
async function look() {
  clearTimeout(timer); timer = 0;
  if (isAsking) return undefined;
  const all = unsettled(), lines = $$("[data-line]");
  if (!all.length && !lines.some((line) => line.dataset.line === "always")) return lines.forEach((line) => set(line, ""));
  from = from < all.length ? from : 0;
  const ids = all.slice(from, from + ASKED).join(".");
  from += ASKED;
  let pause = document.hidden ? LOOK_HIDDEN : LOOK;
  isAsking = true;
  try {
    const headers = { Accept: "application/json", ...(asked === ids && etag ? { "If-None-Match": etag } : {}) };
    const answer = await fetch(`${$("[data-states]").dataset.states}?ids=${ids}`, { headers, signal: AbortSignal.timeout(STALLED) });
    if (answer.ok) {
      const told = await answer.json();
      [asked, etag] = [ids, answer.headers.get("ETag") ?? ""];
      told.files.forEach(show);
      lines.forEach((line) => set(line, told.line));
      tell();
    } else if (answer.status !== 304) pause = LATEST;
    if (!all.length) pause = LOOK_HIDDEN;
  } catch { pause = LATEST / 3; }
  isAsking = false;
  return soon(pause);
}
addEventListener("online", look);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });

// 2. In a few words, to see always and to hear when something is over.
const form = $("form[data-certificates]"), list = form ? $("[data-files] [data-list]") : null;
const files = new Set(); // chosen and not yet received, refused or cancelled
let heard = "";
function tell() {
  if (!form) return;
  const rows = $$("li", list), kinds = (kind) => rows.filter((row) => row.dataset.kind === kind).length;
  const sending = [...files].filter((it) => it.state === "sending").length;
  const parts = [[kinds("ready"), "ready to review"], [kinds("decided"), "decided"], [kinds("waiting"), "waiting"], [sending, "uploading"], [files.size - sending, "to be sent"], [kinds("refused"), "refused"]];
  const summary = parts.filter(([n]) => n).map(([n, what]) => `${n} ${what}`).join(", ");
  set($("[data-summary]"), summary);
  list.closest("section").hidden = !rows.length;
  const over = !files.size && !kinds("waiting");
  if (files.size || (!over && heard !== "sent")) heard = files.size ? "sending" : "sent";
  else if (over && heard) heard = "read";
  const words = { sending: `Sending ${count(files.size, "file")}.`, sent: `All sent: ${summary}.`, read: `All read: ${summary}.` };
  // Not at every file: a number that counts down would be read aloud without end.
  const said = $("[data-said]");
  if (said.dataset.heard !== heard) { said.dataset.heard = heard; said.textContent = words[heard] ?? ""; }
}

// 3. Sending.
const waiting = []; // in the order in which they were chosen
let held = "", failures = 0, hold, under = 0;
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function leave(it, outcome) {
  files.delete(it);
  if (waiting.includes(it)) waiting.splice(waiting.indexOf(it), 1);
  it.row.dataset.kind = outcome;
  tell();
}
function cancel(it) {
  it.state = "cancelled"; it.request?.abort();
  leave(it, "cancelled");
  const next = it.row.nextElementSibling?.querySelector("button") ?? $("#sent-title");
  it.row.remove(); tell(); next.focus(); pump();
}
function inLine(it, words = "Waits to be sent") {
  it.state = "waiting";
  fill(it.row, "review", it.file.name, el("span", {}, el("span", { className: "muted sm" }, words)), button("Cancel", it.file.name, () => cancel(it)), size(it.file.size));
}
function refuse(it, why) {
  it.state = "refused";
  const again = () => { it.row.remove(); choose([it.file]); };
  const acts = el("span", { className: "acts" }, button("Try again", it.file.name, again), button("Dismiss", it.file.name, () => { it.row.remove(); tell(); $("#sent-title").focus(); }));
  fill(it.row, "stop", it.file.name, tag("stop", "Not uploaded"), acts, why);
  leave(it, "refused");
}
function received(it, id, state, words) {
  it.state = "received";
  for (const old of regions.flatMap((region) => $$(`li[data-file="${CSS.escape(id)}"]`, region))) old.remove();
  it.row.dataset.file = id;
  if (state === "info") it.row.dataset.note = "known already";
  fill(it.row, state, it.file.name, tag(state, state === "info" ? "Known already" : "Received"), review(it.file.name, `${form.action}/${id}`), words);
  leave(it, "waiting");
  soon();
}
/** Lost, or turned down for now: it stands in line again, and everything waits a little. */
function later(it, why, seconds = 0) {
  inLine(it, "Waits to be sent again");
  waiting.unshift(it);
  failures += 1;
  const pause = Math.max(seconds * 1000, Math.min(LATEST, SOONEST * 2 ** (failures - 1)));
  stop(`${why} We try again by ourselves; nothing that was received is lost.`, pause);
}
function stop(why, pause = 0) {
  held = why; clearTimeout(hold);
  if (pause) hold = setTimeout(() => go(), pause);
  const line = $("[data-held]");
  line.replaceChildren(why, " ", button(pause ? "Try now" : "Go on", "sending", () => go(true), "btn-line"));
  line.hidden = false;
  if (failures > 1) // said aloud once, not at every attempt
    line.removeAttribute("role"); else line.setAttribute("role", "alert");
}
async function go(is_asked = false) {
  clearTimeout(hold);
  if (is_asked && held === SIGNED_OUT) await renew();
  held = ""; set($("[data-held]"), ""); pump();
}
addEventListener("online", () => { if (held && held !== SIGNED_OUT) go(); });

/** This page anew, as a document: the browser's own request parses it, so no string becomes markup. */
const page = (query = "") => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.addEventListener("loadend", () => resolve(request.response));
  request.open("GET", `${form.action}${query}`);
  request.send();
});
async function renew() {
  const token = $("[name=csrf_token]", (await page())?.querySelector("form[data-certificates]") ?? el("form"))?.value;
  if (token) $("[name=csrf_token]", form).value = token;
}
async function blameLot(it) {
  inLine(it); waiting.unshift(it);
  if (held) return; // said already, of another file
  const words = it.request.responseText.trim();
  stop(`${words} Then press “Go on”.`);
  const anew = (await page(`?lot=${encodeURIComponent(new FormData(form).get("lot") ?? "")}`))?.querySelector("[data-lot]");
  if (anew) $("[data-lot]", form).replaceWith(document.adoptNode(anew));
  $("[data-lot] :is(select, .input)", form)?.focus();
}
/** What the answer says; 0 is none at all. */
async function answered(it) {
  const { status } = it.request, there = it.request.getResponseHeader("Content-Location"), words = it.request.responseText.trim();
  if (status) failures = 0;
  if (status < 300 && there) return received(it, there.split("/").pop(), status === 201 ? "review" : "info", words);
  if (status === 422 && it.request.getResponseHeader("Assay-Field")) return blameLot(it);
  if (status === 422 || status === 413) return refuse(it, words || "The selected file could not be uploaded. Try again.");
  if ([400, 401, 403].includes(status)) { inLine(it); waiting.unshift(it); return stop(SIGNED_OUT); }
  if (status) return later(it, status === 503 && words ? words : "The shop did not take it just now.", Number(it.request.getResponseHeader("Retry-After")) || 0);
  try { await it.file.slice(0, 1).arrayBuffer(); } catch { return refuse(it, CHANGED); }
  return later(it, "The connection is lost.");
}
/** Whether the shop has these very bytes, so that they need not travel. Any doubt: send them. */
async function isKnown(it) {
  if (!globalThis.crypto?.subtle) return false; // only over https
  let digest;
  try { digest = hex(await crypto.subtle.digest("SHA-256", await it.file.arrayBuffer())); } catch { refuse(it, CHANGED); return true; }
  try {
    const answer = await fetch(form.dataset.known + digest, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(STALLED) });
    const { file } = await answer.json();
    if (!file || it.state !== "sending" || (!file.is_filed && new FormData(form).get("lot"))) return false;
    received(it, file.id, "info", "We have this very file already.");
    return true;
  } catch { return false; }
}
function upload(it) {
  return new Promise((resolve) => {
    const request = it.request = new XMLHttpRequest(), body = new FormData(form), began = performance.now();
    const bar = $("progress", it.row), meta = $(".meta", it.row);
    let stalled;
    const wait = () => { clearTimeout(stalled); stalled = setTimeout(() => request.abort(), STALLED); };
    body.delete("files"); body.append("files", it.file); wait();
    request.upload.addEventListener("progress", (e) => {
      wait(); bar.value = (100 * e.loaded) / e.total;
      const left = Math.round(((e.total - e.loaded) * (performance.now() - began)) / e.loaded / 1000);
      meta.textContent = `${e.total < 1e6 ? "" : `${megabytes(e.loaded)} of `}${size(e.total)}${left > 3 ? ` · about ${left} seconds left` : ""}`;
    });
    request.addEventListener("loadend", () => { clearTimeout(stalled); resolve(); });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/plain");
    request.send(body);
  });
}
async function send(it) {
  it.state = "sending"; under += 1;
  const bar = el("progress", { max: 100, value: 0 });
  bar.setAttribute("aria-label", `Uploading ${it.file.name}`);
  fill(it.row, "review", it.file.name, bar, button("Cancel", it.file.name, () => cancel(it)), `0 of ${size(it.file.size)}`);
  tell();
  if (!(await isKnown(it)) && it.state === "sending") {
    await upload(it);
    if (it.state === "sending") await answered(it);
  }
  under -= 1; tell(); pump();
}
function pump() {
  while (!held && under < PARALLEL && waiting.length) send(waiting.shift());
}
function choose(chosen) {
  const most = Number(form.dataset.mostMegabytes), rows = document.createDocumentFragment();
  for (const file of chosen) {
    const it = { file, row: el("li"), state: "waiting" };
    it.row.dataset.kind = "sending";
    rows.append(it.row); files.add(it);
    if (!file.size) refuse(it, "The selected file is empty.");
    else if (file.size > most * 2 ** 20) refuse(it, `The selected file must be smaller than ${most} MB.`);
    else { inLine(it); waiting.push(it); }
  }
  list.prepend(rows); tell();
  if (held && held !== SIGNED_OUT) go(); else pump();
}

// 4. What was chosen before this page was closed, and never sent.
function remember() {
  try {
    if (files.size) localStorage.setItem(UNSENT, JSON.stringify([...files].map((it) => it.file.name).slice(0, 500)));
  } catch { /* a browser that keeps nothing: the page says in general what to do */ }
}
function recall() {
  const box = $("[data-unsent]");
  let names = [];
  try { names = JSON.parse(localStorage.getItem(UNSENT) ?? "[]"); localStorage.removeItem(UNSENT); } catch { return; }
  if (!Array.isArray(names) || !names.length) return;
  const title = `${count(names.length, "file was", "files were")} not sent when this page was closed`;
  const close = button("Dismiss", "this note", () => { box.hidden = true; $("#files").focus(); }, "btn-line");
  const note = el("div", { className: "notice" }, mark("info"), el("h2", {}, title), el("p", {}, "Choose them again; what we have already is not sent twice."), el("p", { className: "sm" }, names.join(", ")), el("p", { className: "mt3" }, close));
  note.dataset.state = "info";
  box.replaceChildren(note); box.hidden = false;
}

// The address that has the page look again is for browsers without scripts: it would lose what is chosen.
if ($("[data-watching]")) location.replace($("[data-watching]").dataset.watching);
if (form) {
  const input = $("input[type=file]", form), drop = $("[data-drop]", form);
  form.addEventListener("submit", (e) => {
    if (!input.files.length && !waiting.length) return; // the server says what is missing
    e.preventDefault();
    choose([...input.files]);
    input.value = "";
  });
  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (e) => {
      e.preventDefault(); // a file dropped beside the zone would take the page away
      const over = drop.contains(e.target);
      drop.toggleAttribute("data-over", over && type === "dragover");
      if (over && type === "drop") choose([...e.dataTransfer.files]);
    });
  }
  addEventListener("beforeunload", (e) => { if (files.size) e.preventDefault(); });
  addEventListener("pagehide", remember);
  recall();
}
if (unsettled().length || $("[data-line=always]")) soon();
