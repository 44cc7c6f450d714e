// An electronic form: what an answer newly asks for appears at once, rows come and go without a new page.
// Without this file the page does the same when it is sent.

const ROW = "__row__";

function said(root, name) {
  const boxes = [...root.querySelectorAll(`[name="${name}"]`)].filter((box) => !box.closest("[hidden]"));
  if (boxes.length === 1 && boxes[0].type === "checkbox" && boxes[0].value === "yes") return [boxes[0].checked ? "yes" : "no"];
  return boxes.filter((box) => !["checkbox", "radio"].includes(box.type) || box.checked).map((box) => box.value);
}

function say(root, text) {
  const status = root.querySelector("[data-form-status]");
  if (status) status.textContent = text;
}

// Conditions look back to earlier fields only, so one walk in the order of the page settles all.
function settle(root) {
  const appeared = [];
  for (const part of root.querySelectorAll("[data-control]")) {
    const wanted = JSON.parse(part.dataset.values);
    const isShown = said(root, part.dataset.control).some((value) => wanted.includes(value));
    if (isShown !== part.hidden) continue;
    part.hidden = !isShown;
    part.querySelector(":scope > [name=form-shown]").disabled = !isShown;
    if (isShown) appeared.push(part.dataset.label);
  }
  if (appeared.length) say(root, `${root.querySelector("[data-form-status]")?.dataset.appears} ${appeared.join(", ")}`);
}

function rowsOf(table) {
  return [...table.querySelectorAll("tbody > .ct-form-row")];
}

function renumber(table) {
  const rows = rowsOf(table);
  rows.forEach((row, place) => { for (const number of row.querySelectorAll("[data-number]")) number.textContent = String(place + 1); });
  table.querySelector(":scope > [data-add]").hidden = rows.length >= Number(table.dataset.maximum);
}

function numberOf(table, row) {
  return Number(row.querySelector(`:scope > th > input[name="${table.dataset.rows}"]`).value);
}

function addRow(table) {
  const next = 1 + Math.max(-1, ...rowsOf(table).map((row) => numberOf(table, row)));
  const pattern = document.createElement("template");
  pattern.innerHTML = table.querySelector(":scope > template").innerHTML.replaceAll(ROW, String(next));
  const row = pattern.content.firstElementChild;
  table.querySelector("tbody").append(row);
  renumber(table);
  settle(table.closest("form"));
  row.querySelector('input:not([type="hidden"]), select, textarea')?.focus();
}

function dropRow(table, row) {
  const other = row.nextElementSibling?.matches(".ct-form-row") ? row.nextElementSibling : row.previousElementSibling;
  row.remove();
  renumber(table);
  const next = other?.matches(".ct-form-row") ? other.querySelector('input:not([type="hidden"]), select, textarea') : null;
  (next ?? table.querySelector(":scope > [data-add] button"))?.focus();
  const root = table.closest("form");
  say(root, root.querySelector("[data-form-status]")?.dataset.dropped ?? "");
}

document.addEventListener("change", (event) => {
  const root = event.target.closest("form");
  if (root?.querySelector("[data-control]")) settle(root);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="add-row"], button[name="drop-row"]');
  const table = button?.closest("[data-rows]");
  if (!table) return;
  event.preventDefault();
  if (button.name === "add-row") addRow(table);
  else dropRow(table, button.closest(".ct-form-row"));
});

// In a table the arrows lead to the same column of the row above or below.
document.addEventListener("keydown", (event) => {
  const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  const cell = event.target.closest?.(".ct-form-row > td");
  if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !event.target.matches("input")) return;
  const row = cell.parentElement;
  const other = row[step]?.children[[...row.children].indexOf(cell)]?.querySelector("input:not([type=hidden]), select, textarea");
  if (!other || other.closest("[hidden]")) return;
  event.preventDefault();
  other.focus();
});

// A page that comes back from the browser's memory may hold answers that its conditions do not know of yet.
window.addEventListener("pageshow", () => {
  for (const root of document.querySelectorAll("form")) if (root.querySelector("[data-control]")) settle(root);
});

// A part of the page that was fetched anew may ask for more, or less.
document.addEventListener("htmx:afterSettle", (event) => {
  const root = event.target.closest?.("form");
  if (root?.querySelector("[data-control]")) settle(root);
});

// What is wrong is told first: the summary takes the focus, and each of its lines leads to its field.
document.querySelector("[data-form-wrong]")?.focus();
