/* The fields of a form by name: what stands in them, and writing into them; the page as scripts serve it. */

import { voicesOf } from "./store.js";

/* What stands in a field now: a text, or the chosen values of checkboxes. */
export function valueOf(form, { name, type }) {
  if (type !== "checkbox") return form.elements.namedItem(name).value; // a field may be called length
  return [...form.querySelectorAll(`[name="${name}"]:checked`)].map((option) => option.value);
}

/* The fields that somebody filled in before the scripts had come. */
function typedBefore(form) {
  const usual = (options) => Math.max(0, [...options].findIndex((option) => option.defaultSelected));
  return [...form.elements].filter((field) => {
    if (!field.name || ["hidden", "file", "submit"].includes(field.type)) return false;
    if (field.type === "radio") return field.checked && !field.defaultChecked;
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    return field.options ? field.selectedIndex !== usual(field.options) : field.value !== field.defaultValue;
  });
}

/* Hears every key: `isNew(name, since)` says whether a field was typed into after a moment, `begun(known)` gives the
   fields to keep once the page is ready. What came before the scripts gives way to what the phone knows; what came
   meanwhile is the newest. */
export function typingOn(form) {
  const before = typedBefore(form);
  const meanwhile = new Set();
  const last = {}; // a field's name: when its last key came
  form.addEventListener("input", ({ target }) => {
    last[target.name] = performance.now();
    meanwhile.add(target);
  });
  return {
    isNew: (name, since = 0) => last[name] >= since,
    begun: (known) => new Set([...before.filter(({ name }) => known?.fields[name]?.sent !== false), ...meanwhile]),
  };
}

/* Writes {name: {v}} into the form, those that `which` lets through; what reads along is told. */
export function fill(form, fields, which) {
  for (const [name, field] of Object.entries(fields).filter(which)) {
    const options = form.querySelectorAll(`[name="${name}"]:is([type="checkbox"], [type="radio"])`);
    for (const option of options) option.checked = [field.v].flat().includes(option.value);
    const control = form.elements.namedItem(name);
    if (!options.length && control) control.value = field.v;
  }
  for (const name of ["name", "price"]) form.elements[name]?.dispatchEvent(new Event("input")); // does not bubble
}

/* One of the lines that say how things stand; `tone` is "" or "warn". */
export function say(line, sentence, tone = "") {
  line.textContent = sentence;
  line.dataset.tone = tone;
  line.parentElement.hidden = false;
}

/* Links to other drafts on this phone, so that none is forgotten. */
export function offer(list, drafts, words) {
  if (!drafts.length) return;
  const named = ({ key, edit, fields }) => ({ href: edit ?? `/my/products/new#${key}`, textContent: fields.name?.v || words.noName });
  const links = drafts.map((one) => Object.assign(document.createElement("a"), named(one)));
  list.querySelector("div").replaceChildren(...links);
  list.hidden = false;
  addEventListener("hashchange", () => location.reload());
}

/* 14:05, of a time in ms. */
export function clock(at) {
  return new Date(at).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
}

/* The page as scripts serve it: what only helps without them goes, and one button sends. */
export function takeOver(box) {
  for (const element of box.querySelectorAll(".without-script")) element.hidden = true;
  const button = box.querySelector('[data-part="send"]');
  Object.assign(button, { value: "send", textContent: button.dataset.label });
}

/* Speaking in place of typing: its script comes with the first tap, or where there is a note. Gives {draw, settled}. */
export async function speakingOn(page) {
  const place = page.box.querySelector("#voice");
  const [button, status] = ["record", "voice-status"].map((name) => place.querySelector(`[data-part="${name}"]`));
  const type = button.dataset.types.split(" ").find((one) => navigator.mediaDevices && window.MediaRecorder?.isTypeSupported(one));
  const fetched = () => import("./voice.js").catch(() => import(`./voice.js?${Date.now()}`)); // also after a failure
  let coming;
  const start = () => fetched().then((script) => script.default({ ...page, place, type }));
  const notNow = () => {
    coming = undefined;
    status.textContent = page.words.offline;
  };
  const come = () => (coming ??= start().catch(notNow));
  button.hidden = !type;
  place.addEventListener("click", async ({ target }) => {
    const { dataset } = target.closest("[data-do], [data-post]") ?? {};
    if (dataset) (await come())?.act(dataset);
  });
  if (place.querySelector("audio[src]") || (await voicesOf(page.key)).length) await come();
  return { draw: async () => (await coming)?.draw(), settled: async () => (await coming)?.settled() };
}
