// The desk: what the checks say of a link while it is typed. Without this file, "Check this link" asks.
// The answer is parsed by the browser's own request (responseType), so no string ever becomes markup.
const WAIT = 250; // ms without a keystroke
const FAILED = "This could not be checked as you type. Use “Check this link”, or try again.";

for (const form of document.querySelectorAll("form[data-check]")) {
  const said = document.getElementById("found-said"), found = () => document.getElementById("found");
  let timer, request;
  const tell = (words) => { if (said.textContent !== words) said.textContent = words; }; // the same again is not said again
  const fail = () => { found().replaceChildren(); found().removeAttribute("aria-busy"); tell(FAILED); };
  const look = () => {
    clearTimeout(timer); request?.abort();
    const asked = request = new XMLHttpRequest();
    found().setAttribute("aria-busy", "true");
    asked.responseType = "document";
    asked.addEventListener("load", () => {
      const answer = asked.status === 200 ? asked.response?.getElementById("found") : null;
      if (!answer) return fail(); // signed out, or open for too long
      found().replaceWith(document.adoptNode(answer));
      return tell(answer.dataset.said ?? "");
    });
    asked.addEventListener("error", fail);
    asked.open("POST", form.dataset.check);
    asked.send(new FormData(form));
  };
  form.addEventListener("input", (e) => {
    request?.abort(); clearTimeout(timer);
    found().setAttribute("aria-busy", "true"); // what stands there is about what was typed before
    timer = setTimeout(look, e.target.matches("select") ? 0 : WAIT);
  });
  form.addEventListener("submit", (e) => {
    if (e.submitter?.name !== "check") return;
    e.preventDefault(); look();
  });
}
