// Draws the charts of a page from the specs beside them. Vega is loaded only where a chart is, and never evaluates
// text as code: expressions go through the interpreter, so the page keeps a strict content security policy.

const assets = document.querySelector('meta[name="congtam-assets"]').dataset;
let loading;

function loadScript(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`cannot load ${url}`));
    document.head.append(script);
  });
}

async function loadVega() {
  await loadScript(assets.vega);
  await loadScript(assets.vegaLite);
  const { expressionInterpreter } = await import(assets.interpreter);
  return { vega: globalThis.vega, vegaLite: globalThis.vegaLite, expressionInterpreter };
}

function makeTip() {
  const tip = document.createElement("div");
  tip.className = "ct-tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  document.body.append(tip);
  return tip;
}

function fillTip(tip, value) {
  const list = document.createElement("dl");
  const pairs = typeof value === "object" ? Object.entries(value) : [["", value]];
  for (const [name, text] of pairs) {
    const term = document.createElement("dt");
    const detail = document.createElement("dd");
    term.textContent = name;
    detail.textContent = String(text);
    list.append(term, detail);
  }
  tip.replaceChildren(list);
}

function tipHandler() {
  const tip = makeTip();
  return (_handler, event, _item, value) => {
    tip.hidden = value === null || value === undefined || value === "";
    if (tip.hidden) return;
    fillTip(tip, value);
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(event.clientX + 12, room))}px`;
    tip.style.top = `${event.clientY + 14}px`;
  };
}

function readPayload(figure) {
  return JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
}

async function draw(figure) {
  loading ??= loadVega();
  const { vega, vegaLite, expressionInterpreter } = await loading;
  const { spec, config, locale } = readPayload(figure);
  const canvas = figure.querySelector(".ct-chart-canvas");
  const compiled = vegaLite.compile(spec, { config, logger: vega.logger(vega.Error) }).spec;
  canvas.replaceChildren();
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container: canvas,
    hover: true,
    locale: { number: locale },
    tooltip: tipHandler(),
    logLevel: vega.Error,
  });
  await view.runAsync();
  // The canvas around it has the name; the table below has the figures.
  canvas.querySelector("svg").setAttribute("aria-hidden", "true");
  figure.dataset.drawn = "yes";
}

function reveal(figure) {
  const data = figure.querySelector("details.ct-chart-data");
  figure.querySelector(".ct-chart-canvas").hidden = true;
  if (data) data.open = true;
}

function drawAll(root) {
  for (const figure of root.querySelectorAll("figure[data-chart]:not([data-seen])")) {
    figure.dataset.seen = "yes";
    draw(figure).catch((error) => {
      console.error(error);
      reveal(figure);
    });
  }
}

drawAll(document);
document.addEventListener("htmx:load", (event) => drawAll(event.target));
