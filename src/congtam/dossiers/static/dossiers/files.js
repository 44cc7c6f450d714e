// Files chosen in steps and dropped on their place; the list under each place can be corrected before sending.

function remember(input, files) {
  const all = new DataTransfer();
  for (const file of files) all.items.add(file);
  input.files = all.files;
  input.chosen = [...files];
  list(input);
}

function list(input) {
  const place = document.querySelector(`[data-chosen="${input.id}"]`);
  if (!place) return;
  const remove = input.form.dataset.remove;
  place.replaceChildren(...[...input.files].map((file, at) => {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = remove;
    button.setAttribute("aria-label", `${remove}: ${file.name}`);
    button.addEventListener("click", () => remember(input, [...input.files].filter((_, other) => other !== at)));
    line.append(`${file.name} (${Math.max(1, Math.round(file.size / 1024)).toLocaleString()} KiB)`, button);
    return line;
  }));
}

function add(input, files) {
  remember(input, [...(input.chosen ?? []), ...files]);
}

function wire(drop) {
  if (drop.dataset.wired) return;
  drop.dataset.wired = "yes";
  const input = document.getElementById(drop.dataset.drop);
  input.addEventListener("change", () => add(input, input.files));
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    add(input, event.dataTransfer.files);
    input.dispatchEvent(new Event("change-dropped", { bubbles: true }));
  });
}

/** Make every place for files below an element take dropped ones. */
export function wireFiles(root) {
  root.querySelectorAll("[data-drop]").forEach(wire);
}
