// Boxes in which one chooses a unit by its name: an ARIA combobox. Without this file a name or a code can be typed.

const WAIT = 120;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

for (const box of document.querySelectorAll("input[data-units]")) {
  const list = document.getElementById(box.getAttribute("aria-controls"));
  let at = -1, rows = [], turn = 0, timer = 0;

  const close = () => {
    turn += 1;
    clearTimeout(timer);
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    if (!rows.length) return;
    const lines = [...list.querySelectorAll("[role=option]")];
    at = (place + lines.length) % lines.length;
    lines.forEach((line, number) => line.setAttribute("aria-selected", String(number === at)));
    box.setAttribute("aria-activedescendant", lines[at].id);
    lines[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (row) => {
    box.value = row.text;
    box.removeAttribute("aria-invalid");
    close();
  };
  const show = () => {
    list.replaceChildren(...rows.map((row, place) => {
      const line = element("li", row.name);
      line.id = `${list.id}-${place}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.append(element("small", [row.code, row.detail].filter(Boolean).join(" · ")));
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(row); });
      return line;
    }));
    if (!rows.length) {
      const none = element("li", box.dataset.none, "none");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      list.append(none);
    }
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    const mine = ++turn, text = box.value.trim();
    try {
      const answer = await fetch(`${box.dataset.units}?${new URLSearchParams({ q: text })}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || mine !== turn) return;
      rows = (await answer.json()).rows;
    } catch {
      return;
    }
    if (mine !== turn || document.activeElement !== box) return;
    if (rows.length || text) show(); else return;
    if (text) mark(0);
  };

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  box.addEventListener("focus", () => box.select());
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask(); else mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      choose(rows[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
}
