// The desk: certificate upload with one request per file, so that one bad file cannot sink the rest.
// Without this file the form sends all of them at once, and the answer is a page.
const $ = (sel, root = document) => root.querySelector(sel);
const el = (tag, props = {}, ...kids) => { const n = Object.assign(document.createElement(tag), props); n.append(...kids); return n; };
const FAILED = "The selected file could not be uploaded. Try again.";
const SVG = "http://www.w3.org/2000/svg";

function mark(state) {
  const svg = document.createElementNS(SVG, "svg"), use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "mark"); svg.setAttribute("viewBox", "0 0 20 20"); svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#m-${state}`); svg.append(use);
  return svg;
}
function tag(state, words) {
  const node = el("span", { className: "tag" }, mark(state), words);
  node.dataset.state = state;
  return node;
}
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

for (const form of document.querySelectorAll("form[data-certificates]")) {
  const input = $("input[type=file]", form), drop = $("[data-drop]", form), list = $("[data-sent]"), said = $("[data-sent-status]");
  const counts = { received: 0, refused: 0, uploading: 0 };
  const tell = () => {
    said.textContent = Object.entries(counts).filter(([, n]) => n).map(([what, n]) => `${n} ${what}`).join(", ");
  };
  const button = (label, act) => {
    const node = el("button", { type: "button", className: "btn btn-quiet btn-sm" }, label);
    node.addEventListener("click", act);
    return node;
  };
  const send = (file) => {
    const row = el("li"), request = new XMLHttpRequest(), body = new FormData(form);
    const show = (state, words, action, meta) => {
      row.dataset.state = state;
      const middle = typeof words === "string" ? el("span", {}, tag(state, words)) : words;
      row.replaceChildren(mark(state), el("span", { className: "name" }, file.name), middle, action, meta);
    };
    const bar = el("progress", { max: 100, value: 0 }), meta = el("span", { className: "meta" }, `0 of ${megabytes(file.size)} MB`);
    const finish = (outcome) => { counts.uploading -= 1; if (outcome) counts[outcome] += 1; tell(); };
    const dismiss = (outcome) => button("Dismiss", () => { row.remove(); counts[outcome] -= 1; tell(); });
    bar.setAttribute("aria-label", `Uploading ${file.name}`);
    show("review", bar, button("Cancel", () => { request.abort(); row.remove(); finish(); }), meta);
    list.prepend(row); list.hidden = false; counts.uploading += 1; tell();
    body.delete("files"); body.append("files", file);
    request.upload.addEventListener("progress", (e) => {
      bar.value = (100 * e.loaded) / e.total;
      meta.textContent = `${megabytes(e.loaded)} of ${megabytes(e.total)} MB`;
    });
    request.addEventListener("load", () => {
      const there = request.getResponseHeader("Content-Location"), answer = request.responseText.trim();
      if (request.status < 300 && there) {
        const open = el("a", { className: "btn btn-line btn-sm", href: there }, "Review", el("span", { className: "vh" }, ` ${file.name}`));
        meta.textContent = answer;
        if (request.status === 201) show("review", "Received", open, meta); else show("info", "Known already", open, meta);
        return finish("received");
      }
      meta.textContent = request.status === 422 && answer ? answer : FAILED;
      show("stop", "Not uploaded", dismiss("refused"), meta);
      return finish("refused");
    });
    request.addEventListener("error", () => {
      meta.textContent = FAILED;
      show("stop", "Not uploaded", button("Try again", () => { row.remove(); counts.refused -= 1; send(file); }), meta);
      finish("refused");
    });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/plain");
    request.send(body);
  };
  form.addEventListener("submit", (e) => {
    if (!input.files.length) return;
    e.preventDefault();
    [...input.files].forEach(send);
    input.value = "";
  });
  for (const type of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(type, (e) => {
      e.preventDefault();
      drop.toggleAttribute("data-over", type === "dragover");
      if (type === "drop") [...e.dataTransfer.files].forEach(send);
    });
  }
}
