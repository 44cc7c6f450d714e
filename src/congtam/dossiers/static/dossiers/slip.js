// After receiving: Enter goes on to the next dossier, Alt+I prints the receipt.

const following = document.querySelector("[data-next]");
const print = document.querySelector("[data-print]");

following.focus();
document.addEventListener("keydown", (event) => {
  if (event.altKey && event.code === "KeyI" && print) { event.preventDefault(); print.click(); }
  if (event.altKey && event.code === "KeyN") { event.preventDefault(); following.click(); }
});
