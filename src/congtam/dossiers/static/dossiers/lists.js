// Choosing rows of a list: all at once, and how many are chosen. Without this, each row can still be ticked.
for (const form of document.querySelectorAll("[data-bulk]")) {
  const boxes = [...form.querySelectorAll('input[name="code"]')];
  const all = form.querySelector("[data-all]");
  const count = form.querySelector("[data-count]");
  const tell = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = chosen ? `(${chosen})` : "";
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    for (const box of boxes) box.closest("tr").classList.toggle("selected", box.checked);
  };
  all.hidden = boxes.length === 0;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; tell(); });
  form.addEventListener("change", (event) => { if (event.target !== all) tell(); });
  tell();
}
