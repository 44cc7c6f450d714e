// Forms of the steps: the first field has the focus, files are dropped, nothing is sent twice, Escape closes.

import { wireFiles } from "./files.js";

function prepare(root) {
  const form = root.matches?.(".ct-act") ? root : root.querySelector(".ct-act");
  if (!form) return;
  wireFiles(form);
  const first = form.querySelector('textarea, select, input:not([type="hidden"]), button');
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
  if (event.detail.target.id !== "act-place" || new URL(event.detail.xhr.responseURL).pathname.includes("/do/")) return;
  event.detail.shouldSwap = false;
  location.assign(event.detail.requestConfig.path);
});
for (const fault of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(fault, (event) => {
    if (event.detail.target?.id === "act-place") location.assign(event.detail.requestConfig.path);
  });
}

document.addEventListener("click", (event) => {
  const cancel = event.target.closest("#act-place [data-cancel]");
  if (!cancel) return;
  event.preventDefault();
  document.getElementById("act-place").replaceChildren();
  document.querySelector(".ct-verbs a")?.focus();
});

prepare(document);
