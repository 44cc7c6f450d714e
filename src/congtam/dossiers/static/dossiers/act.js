// Forms of the steps: the first field has the focus, files are dropped, nothing is sent twice, Escape closes.

import { wireFiles } from "./files.js";
import { askBeforeLeaving, isTouched } from "./touched.js";

function prepare(root) {
  const form = root.matches?.(".ct-act") ? root : root.querySelector(".ct-act");
  if (!form) return;
  wireFiles(form);
  const first = form.querySelector('textarea, select, input:not([type="hidden"]), button:not([tabindex="-1"])');
  (form.querySelector("#refused") ?? first)?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") event.target.closest?.("form[data-once]")?.requestSubmit();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "act-place") {
    event.target.scrollIntoView({ block: "nearest" });
    prepare(event.target);
  }
});

// What cannot be shown in its place (signed out, no network, a refusal) is opened as a page of its own.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "act-place" || new URL(event.detail.xhr.responseURL).pathname.includes("/verbs/")) return;
  event.detail.shouldSwap = false;
  location.assign(event.detail.requestConfig.path);
});
for (const fault of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(fault, (event) => {
    if (event.detail.target?.id === "act-place") location.assign(event.detail.requestConfig.path);
  });
}

// Closed: the focus goes back to the step that was opened.
let opener = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id === "act-place") opener = event.detail.elt;
});

function close() {
  document.getElementById("act-place").replaceChildren();
  (opener?.isConnected ? opener : document.querySelector(".ct-verbs a"))?.focus();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("#act-place [data-cancel]")) return;
  event.preventDefault();
  close();
});

// Escape closes a form nobody has written in; what was typed is not thrown away by one key.
document.addEventListener("keydown", (event) => {
  const form = document.querySelector("#act-place form");
  if (event.key === "Escape" && form && !event.defaultPrevented && !isTouched(form)) close();
});

askBeforeLeaving("form[data-once]");
prepare(document);
