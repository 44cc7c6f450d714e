// Forms somebody has written in: they are not closed by one key, and not left without a question.

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (field.tagName === "SELECT") {
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(first, 0);
  }
  return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
}

/** Whether anything was typed, ticked or chosen since the form came from the server. */
export function isTouched(form) {
  return [...form.elements].some(isChanged);
}

/** Ask before the page is left while one of the forms holds what was not sent; a refused form holds it from the start. */
export function askBeforeLeaving(selector) {
  window.addEventListener("beforeunload", (event) => {
    const forms = [...document.querySelectorAll(selector)].filter((form) => !form.dataset.sent);
    if (forms.some((form) => isTouched(form) || form.querySelector("#refused"))) event.preventDefault();
  });
}
