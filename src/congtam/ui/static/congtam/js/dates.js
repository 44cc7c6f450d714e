// Days are written dd/mm/yyyy here. A browser set to another country shows its own order in a date field (mm/dd/yyyy),
// where 03/04 is read as another day than was meant; there the field becomes a text box and sends the day as before.

const SAMPLE = new Intl.DateTimeFormat(navigator.language, { day: "2-digit", month: "2-digit", year: "numeric" }).format(new Date(2006, 10, 22));
const WRITTEN = /^(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{4})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

function isoOf(text) {
  const parts = text.match(WRITTEN);
  const [year, month, day] = parts ? [parts[3], parts[2], parts[1]] : (text.match(ISO) ?? []).slice(1);
  if (!year) return "";
  const found = new Date(Date.UTC(+year, month - 1, +day));
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return found.toISOString().startsWith(iso) ? iso : "";
}

function writtenOf(iso) {
  const parts = iso.match(ISO);
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : iso;
}

function becomeText(field) {
  const sent = document.createElement("input");
  sent.type = "hidden";
  sent.name = field.name;
  sent.value = field.value;
  const { min, max } = field;
  field.type = "text";
  field.removeAttribute("name");
  field.defaultValue = writtenOf(sent.value);
  field.placeholder = "dd/mm/yyyy";
  field.inputMode = "numeric";
  field.autocomplete = "off";
  field.maxLength = 10;
  field.dataset.day = "";
  field.after(sent);
  const tell = () => {
    const text = field.value.trim();
    const iso = isoOf(text);
    const isInside = iso && (!min || iso >= min) && (!max || iso <= max);
    sent.value = iso || text;
    const bounds = [min, max].map((day) => (day ? writtenOf(day) : "…")).join(" – ");
    field.setCustomValidity(!text || isInside ? "" : iso ? bounds : "dd/mm/yyyy");
  };
  field.addEventListener("input", tell);
  field.addEventListener("change", tell);
}

function write(root) {
  if (SAMPLE === "22/11/2006") return;
  for (const field of root.querySelectorAll('input[type="date"]:not([disabled])')) becomeText(field);
}

write(document);
document.addEventListener("htmx:load", (event) => write(event.target));
