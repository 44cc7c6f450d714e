// A session ends when it is not used for a time. Typing here counts as use; two minutes before the end the page says so.

const { idleSeconds, stayUrl, idleWords, stayWords, endedWords } = document.body.dataset;
const LIMIT = Number(idleSeconds) * 1000;
const WARN_BEFORE = 120_000;
const TELL_EVERY = 120_000;
let seen = Date.now();
let told = seen;
let box = null;

function remove() {
  box?.remove();
  box = null;
}

function show(words, withButton) {
  remove();
  box = document.createElement("div");
  box.className = "ct-note warn ct-idle";
  box.setAttribute("role", "alert");
  box.append(Object.assign(document.createElement("span"), { textContent: words }));
  if (withButton) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "ct-button small", textContent: stayWords });
    button.addEventListener("click", stay);
    box.append(button);
  }
  document.body.append(box);
}

async function stay() {
  const reply = await fetch(stayUrl, { redirect: "manual" }).catch(() => null);
  if (reply?.status === 204) {
    seen = told = Date.now();
    remove();
  } else if (reply) {
    show(endedWords, false);
  }
}

function used() {
  if (Date.now() - told > TELL_EVERY) {
    told = Date.now();
    stay();
  }
}

function check() {
  const left = LIMIT - (Date.now() - seen);
  if (left <= 0) show(endedWords, false);
  else if (left <= WARN_BEFORE && !box) show(idleWords, true);
}

if (LIMIT) {
  document.addEventListener("input", used);
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig.headers["X-Unattended"]) return; // the page asked by itself
    seen = told = Date.now();
    remove();
  });
  setInterval(check, 10_000);
}
