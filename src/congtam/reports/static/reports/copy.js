// Copies the text of a field; where the browser allows no clipboard, the text is selected for the person to copy.
for (const button of document.querySelectorAll("[data-copy-from]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copyFrom);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return;
    }
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
