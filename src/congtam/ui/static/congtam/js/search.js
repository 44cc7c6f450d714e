// The search box of the header: Ctrl+K opens it, arrow keys go through what it lists, Escape closes it.
// Without this module the same link leads to the page of the search.

const box = document.querySelector("dialog[data-search-box]");

function openBox() {
  if (!box.open) box.showModal();
  box.querySelector("input").select();
}

function step(by) {
  const stops = [box.querySelector("input"), ...box.querySelectorAll("#search-results a")];
  const at = stops.indexOf(document.activeElement);
  stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
}

function onKeyInBox(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  step(by);
}

if (box) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openBox();
    }
  });
  document.querySelector("[data-search-open]").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openBox();
  });
  box.addEventListener("keydown", onKeyInBox);
  box.addEventListener("click", (event) => {
    if (event.target === box || event.target.closest("[data-search-close]")) box.close();
  });
}
