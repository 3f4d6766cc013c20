/* The form of one order: ticks stay on this phone, and "packed" goes even where there is no connection. */

import { keepStep, rememberTicks, sendNow, stepOf } from "./steps.js";

export default async function packing(box) {
  const { code, shown, phone } = box.dataset;
  const { owner, words } = JSON.parse(phone);
  const form = box.querySelector("form");
  const note = box.querySelector("[data-part=kept]");
  const boxes = [...form.querySelectorAll("[type=checkbox]")];
  const seen = form.elements.seen.value;
  let waits = false;
  form.addEventListener("submit", press);
  await rememberTicks(owner, { code, seen }, boxes);
  addEventListener("steps", look);
  await look();

  async function press(event) {
    if (form.dataset.ready || !boxes.every(({ checked }) => checked)) return; // the market says what is missing
    event.preventDefault();
    try {
      await keepStep(owner, { code, shown, seen });
    } catch {
      form.dataset.ready = "1"; // a phone without room: as forms go
      return form.requestSubmit();
    }
    await sendNow(document.querySelector("[data-part=steps]"), owner, words);
  }

  /* Until it has arrived the page says what waits; then, or when it came too late, it shows how the order stands. */
  async function look() {
    const step = await stepOf(owner, code);
    const open = step && !step.problem;
    if (waits && !open) location.replace(`${location.pathname}?packed`);
    waits = open;
    if (!open) return;
    form.hidden = true;
    note.textContent = words.waits;
  }
}
