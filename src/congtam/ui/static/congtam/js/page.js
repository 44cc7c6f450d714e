// Behaviour of the frame: the collapsing menu and the drop-down panels. Everything works without it, only less comfortably.

function wireToggle(button) {
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
  });
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.querySelectorAll("[data-toggle]").forEach(wireToggle);

document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A select marked so sends its form when the choice changes; the form keeps its button for those without scripts.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form) form.requestSubmit();
});

// Whatever scrolls sideways can be scrolled by keyboard too, also where a template forgot to say so.
function makeScrollable(root) {
  for (const region of root.querySelectorAll(".ct-scroll:not([tabindex])")) {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
  }
}

// On a narrow screen the rows of such a table are cards; each value then carries the name of its column.
function nameCells(root) {
  for (const table of root.querySelectorAll("table.cards:not([data-named])")) {
    const names = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
    for (const row of table.querySelectorAll(":is(tbody, tfoot) tr")) {
      let place = 0;
      for (const cell of row.cells) {
        if (cell.tagName === "TD" && !cell.classList.contains("plain") && names[place]) cell.dataset.label = names[place];
        place += cell.colSpan;
      }
    }
    table.dataset.named = "yes";
  }
}

// On a narrow screen filters are folded behind one control that says how many are set; so they stay where one was wrong.
function foldFilters(root) {
  for (const form of root.querySelectorAll("main form.ct-filter:not([data-folded], details form)")) {
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select")];
    form.dataset.folded = "yes";
    if (fields.length < 2 || form.querySelector("[aria-invalid=true]")) continue;
    const isSet = (field) => (field.type === "checkbox" ? field.checked : field.value !== "" && field.selectedIndex !== 0);
    const set = fields.filter(isSet).length;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ct-button ct-filter-toggle";
    button.setAttribute("aria-expanded", "false");
    button.textContent = document.body.dataset.filterWords + (set ? ` (${set})` : "");
    wireToggle(button);
    form.before(button);
  }
}

// A long list of cards shows its first rows; one button shows the next ones.
const CARDS = 15;
function foldCards(root) {
  for (const table of root.querySelectorAll("table.cards:not([data-cut])")) {
    table.dataset.cut = "yes";
    const rows = [...table.querySelectorAll("tbody > tr")];
    if (rows.length <= CARDS + 3) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ct-button ct-more-rows";
    const cut = (from) => {
      rows.forEach((row, place) => row.classList.toggle("folded", place >= from));
      const left = Math.max(0, rows.length - from);
      button.hidden = !left;
      button.textContent = document.body.dataset.moreWords.replace("{count}", Math.min(left, CARDS));
    };
    let shown = CARDS;
    button.addEventListener("click", () => {
      shown += CARDS;
      cut(shown);
    });
    table.after(button);
    cut(shown);
  }
}

nameCells(document);
foldFilters(document);
foldCards(document);
document.fonts.ready.then(() => makeScrollable(document));
window.addEventListener("resize", () => makeScrollable(document));
document.addEventListener("htmx:load", (event) => {
  makeScrollable(event.target);
  nameCells(event.target);
  foldFilters(event.target);
  foldCards(event.target);
});

// A file that takes seconds to be made: the button says so until the file is there. Without scripts it is a plain link.
async function fetchSlowFile(link) {
  const label = link.querySelector("span");
  const text = label.textContent;
  link.setAttribute("aria-busy", "true");
  label.textContent = link.dataset.slowFile;
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const name = /filename\*?=(?:utf-8'')?"?([^";]+)/i.exec(answer.headers.get("Content-Disposition") || "");
    if (!answer.ok || !name) throw new Error(String(answer.status));
    const save = document.createElement("a");
    save.href = URL.createObjectURL(await answer.blob());
    save.download = decodeURIComponent(name[1]);
    save.click();
    setTimeout(() => URL.revokeObjectURL(save.href), 60_000);
  } catch {
    window.location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
    label.textContent = text;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-slow-file]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!link.hasAttribute("aria-busy")) fetchSlowFile(link);
});
