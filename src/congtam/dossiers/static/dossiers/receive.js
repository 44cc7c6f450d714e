// The receiving page by keyboard. Without this file the page still works: the procedure is chosen by a button.

import { wireFiles } from "./files.js";
import { askBeforeLeaving } from "./touched.js";

const form = document.getElementById("receive-form");
const box = document.getElementById("procedure");
const code = document.getElementById("procedure-code");
const options = document.getElementById("procedure-options");
const status = document.getElementById("procedure-status");
const papers = document.getElementById("receive-papers");
const WAIT = 120;

const state = { rows: [], shownFor: "", at: -1, asked: 0, timer: 0, isLoading: false, afterwards: [] };

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// --- The box of procedures: an ARIA combobox.

function close() {
  options.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
  state.at = -1;
}

function mark(at) {
  const lines = [...options.querySelectorAll("[role=option]")];
  if (!lines.length) return;
  state.at = (at + lines.length) % lines.length;
  lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === state.at)));
  box.setAttribute("aria-activedescendant", lines[state.at].id);
  lines[state.at].scrollIntoView({ block: "nearest" });
}

function show(rows) {
  state.rows = rows;
  options.replaceChildren(...rows.map((row, place) => {
    const line = element("li");
    line.id = `procedure-option-${place}`;
    line.setAttribute("role", "option");
    line.append(element("span", row.code, "ct-code"), element("span", row.name), element("small", row.detail));
    line.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(row); });
    return line;
  }));
  if (!rows.length) {
    const none = element("li", form.dataset.none, "none");
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    options.append(none);
  }
  options.hidden = false;
  box.setAttribute("aria-expanded", "true");
  status.textContent = rows.length ? `${rows.length} ${form.dataset.found}` : form.dataset.none;
  if (rows.length) mark(0);
}

async function found(text) {
  const query = new URLSearchParams({ q: text, unit: document.getElementById("received-unit").value });
  try {
    const answer = await fetch(`${form.dataset.procedures}?${query}`, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).rows : null;
  } catch {
    return null;
  }
}

async function ask(text) {
  const turn = ++state.asked;
  const rows = await found(text);
  if (turn !== state.asked || box.value.trim() !== text) return;
  if (rows) {
    show(rows);
    state.shownFor = text;
  }
  if (!state.enterPressed) return;
  state.enterPressed = false;
  if (rows?.length) { take(rows[0]); return; }
  box.setAttribute("aria-invalid", "true");
  loaded();
}

// Enter came before the list: whoever types on is writing the name already, so the focus goes there at once.
function takeFirst(text) {
  clearTimeout(state.timer);
  state.enterPressed = true;
  state.isLoading = true;
  ask(text);
  document.getElementById("name").focus();
}

function take(row) {
  state.asked += 1;
  state.enterPressed = false;
  box.value = row.name;
  code.value = row.code;
  close();
  wantPanel();
}

function choose(row) {
  take(row);
  document.getElementById("name").focus();
}

box.addEventListener("input", () => {
  code.value = "";
  box.removeAttribute("aria-invalid");
  clearTimeout(state.timer);
  state.enterPressed = false;
  const text = box.value.trim();
  if (!text) { state.asked += 1; close(); return; }
  state.timer = setTimeout(() => ask(text), WAIT);
});

box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (options.hidden && box.value.trim()) ask(box.value.trim());
    else mark(state.at + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Escape") {
    close();
  } else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.altKey && !event.shiftKey && box.value.trim() && !code.value) {
    event.preventDefault();
    event.stopPropagation();
    const text = box.value.trim();
    if (!options.hidden && state.shownFor === text && state.rows[state.at]) choose(state.rows[state.at]);
    else takeFirst(text);
  }
});
box.addEventListener("blur", () => setTimeout(close, 150));

// --- Papers, fee and due date follow the procedure, the way of filing and the kind of case.

function wantPanel() {
  if (!code.value) return;
  state.isLoading = true;
  state.isFormOpen = papers.querySelector("#form-fold")?.open ?? false;
  papers.dispatchEvent(new CustomEvent("panel-wanted"));
}

function whenLoaded(work) {
  if (state.isLoading) state.afterwards.push(work);
  else work();
}

function loaded() {
  state.isLoading = false;
  for (const work of state.afterwards.splice(0)) work();
}

function settled() {
  wireFiles(papers);
  const fold = papers.querySelector("#form-fold");
  if (fold && state.isFormOpen) fold.open = true;
  loaded();
}
papers.addEventListener("htmx:afterSettle", settled);
for (const fault of ["htmx:responseError", "htmx:sendError"]) papers.addEventListener(fault, loaded);

function changed(event) {
  if (event.target.matches("select[data-asks]")) wantPanel();
  if (event.target.matches("#phone, #id-number")) lookForApplicant();
  if (event.target.matches('.ct-papers input[type="file"]') && event.target.files.length) {
    event.target.closest("li").querySelector('input[name="ticked"]').checked = true;
  }
}
form.addEventListener("change", changed);
form.addEventListener("change-dropped", changed);

// --- Keys.

function allComplete() {
  for (const tick of papers.querySelectorAll("input[name=ticked][data-required]")) tick.checked = true;
  document.querySelector(".ct-large").focus({ preventScroll: true });
}

function fields() {
  return [...form.querySelectorAll("input, select, textarea, button[name=do]")].filter((field) => !field.disabled && field.type !== "hidden" && field.offsetParent !== null && !field.closest("details:not([open])"));
}

function next(from) {
  const all = fields();
  const following = all[all.indexOf(from) + 1];
  if (following) { following.focus(); if (following.select && following.type !== "file") following.select(); }
}

function moveAmongPapers(event) {
  const ticks = [...papers.querySelectorAll("input[name=ticked]")];
  const following = ticks[ticks.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
  if (following) { event.preventDefault(); following.focus(); }
}

function openForm() {
  const fold = papers.querySelector("#form-fold");
  if (!fold) return;
  fold.open = true;
  fold.querySelector('input:not([type="hidden"]), select, textarea').focus();
}

// The scan of the paper at hand, else of the first one that is there or required and has none.
function scan() {
  const rows = [...papers.querySelectorAll(".ct-papers > li")];
  const without = rows.filter((row) => !row.querySelector('input[type="file"]').files.length);
  const row = document.activeElement.closest?.(".ct-papers > li") ?? without.find((each) => each.querySelector("input[name=ticked]:checked, [data-required]")) ?? without[0];
  row?.querySelector('input[type="file"]').click();
}

function send() {
  whenLoaded(() => form.requestSubmit(document.querySelector(".ct-large")));
}

const SHORTCUTS = { KeyA: () => whenLoaded(allComplete), KeyS: send, KeyT: () => whenLoaded(openForm), KeyQ: scan, KeyP: () => { box.focus(); box.select(); } };

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); send(); return; }
  const shortcut = event.altKey && !event.ctrlKey && !event.metaKey && SHORTCUTS[event.code];
  if (shortcut) { event.preventDefault(); shortcut(); return; }
  if (event.target.matches?.("input[name=ticked]") && ["ArrowDown", "ArrowUp"].includes(event.key)) moveAmongPapers(event);
  else if (event.key === "Enter" && form.contains(event.target) && event.target.matches('input:not([type="file"]), select')) {
    event.preventDefault();
    next(event.target);
  }
});

papers.addEventListener("click", (event) => { if (event.target.closest("[data-all-complete]")) allComplete(); });

// --- Sent once: the token of the page protects too, this only spares the wait.

form.addEventListener("submit", (event) => {
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  document.querySelector(".ct-large").setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {
  delete form.dataset.sent;
  document.querySelector(".ct-large").removeAttribute("aria-disabled");
});

// --- The same applicant again.

async function lookForApplicant() {
  const phone = document.getElementById("phone").value;
  const idNumber = document.getElementById("id-number").value;
  const place = document.getElementById("earlier");
  place.replaceChildren();
  if (phone.replace(/\D/g, "").length < 8 && idNumber.trim().length < 8) return;
  const body = new URLSearchParams({ phone, id_number: idNumber });
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(form.dataset.applicants, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (!answer.ok) return;
  const { rows } = await answer.json();
  if (!rows.length) return;
  place.replaceChildren(element("span", `${form.dataset.earlier}:`, "ct-muted"), ...rows.map((row) => {
    const button = element("button", [row.name, row.address].filter(Boolean).join(" · "), "ct-button small plain");
    button.type = "button";
    button.addEventListener("click", () => fillIn(row));
    return button;
  }));
}

function fillIn(row) {
  const targets = { name: "name", phone: "phone", id_number: "id-number", email: "email", address: "address", kind: "kind" };
  for (const [field, id] of Object.entries(targets)) if (row[field]) document.getElementById(id).value = row[field];
  document.getElementById("earlier").replaceChildren();
  document.getElementById("submitter").focus();
}

wireFiles(form);
askBeforeLeaving("#receive-form");
document.getElementById("refused")?.focus();
