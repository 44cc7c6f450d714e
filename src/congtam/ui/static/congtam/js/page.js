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

nameCells(document);
document.fonts.ready.then(() => makeScrollable(document));
window.addEventListener("resize", () => makeScrollable(document));
document.addEventListener("htmx:load", (event) => {
  makeScrollable(event.target);
  nameCells(event.target);
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
