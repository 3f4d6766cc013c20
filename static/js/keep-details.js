/* Keeps on this phone what a buyer types, until the order is placed, and puts it back where the page comes up empty. */

const NAME = "details";
const DAY = 86_400_000; // ms: whoever comes a day later may be somebody else
const NOT_KEPT = new Set(["csrf_token", "commune_typed"]);

export default function keepDetails(note) {
  const form = note.closest("form");
  const { at, fields } = kept();
  if (fields && Date.now() - at < DAY && !document.querySelector(".error-summary")) restore(form, fields, note);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("change", () => keep(form));
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}

function keep(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => value && !NOT_KEPT.has(name));
  try {
    localStorage.setItem(NAME, JSON.stringify({ at: Date.now(), fields: Object.fromEntries(fields) }));
  } catch {
    // no room, or not allowed: the form works without
  }
}

function restore(form, { commune, ...fields }, note) {
  const empty = Object.keys(fields).filter((name) => form.elements[name] && !form.elements[name].value);
  for (const name of empty) {
    form.elements[name].value = fields[name];
    form.elements[name].closest("details")?.setAttribute("open", "");
  }
  if (commune && form.elements.province.value === fields.province && !form.elements.commune.value) {
    form.elements.commune.dataset.wanted = commune;
    form.elements.province.dispatchEvent(new Event("change"));
    empty.push("commune");
  }
  note.hidden = !empty.length;
}
