/* The product form reads along: likely kinds for the name, the price in words, the units that fit; and aloud. */

const PAUSE = 400; // ms after the last key

export default function productForm(box) {
  readAloud(box.closest("main"), JSON.parse(box.dataset.phone).words.listen);
  const fields = box.querySelector("form").elements;
  const echo = box.querySelector('[data-part="echo"]');
  let waiting;
  let asked = 0;

  fields.name.addEventListener("input", soon);
  fields.price.addEventListener("input", soon);
  box.addEventListener("change", ({ target }) => {
    if (target.name === "category" && target.dataset.units) bring("unit", target.dataset.units.split(" "));
    if (target.name === "unit") soon();
  });

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(read, PAUSE);
  }

  async function read() {
    const mine = ++asked;
    const unit = fields.unit?.value ?? "";
    const query = new URLSearchParams({ name: fields.name.value, price: fields.price.value, unit });
    const answer = await fetch(`${box.dataset.reading}?${query}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const { echo: words, categories } = await answer.json();
    echo.textContent = words;
    if (categories.length) bring("category", categories);
  }

  // The likely ones stand first, and the chosen one with them; the others stay within reach.
  function bring(name, codes) {
    const group = box.querySelector(`#${name}`);
    if (!group) return;
    const [first, rest] = ["first", "rest"].map((part) => group.querySelector(`[data-part="${part}"]`));
    const chips = new Map([...group.querySelectorAll("label")].map((chip) => [chip.control.value, chip]));
    const near = new Set(codes.filter((code) => chips.has(code)));
    for (const [code, chip] of chips) if (chip.control.checked) near.add(code);
    for (const [code, chip] of chips) if (!near.has(code)) rest.append(chip);
    for (const code of near) first.append(chips.get(code));
    group.querySelector("details").open = false;
  }
}

/* A button beside each question and each thing to mend that speaks it, where the phone has a voice for the page. */
function readAloud(page, word) {
  const { speechSynthesis: speech } = window;
  const places = ".group > .field > :is(label, legend), .issue, .field > .error, .issues > li > div";
  const voiceFor = (lang) => speech.getVoices().find((one) => one.lang.toLowerCase().startsWith(lang));
  speech?.addEventListener?.("voiceschanged", begin);
  if (speech) begin();

  function begin() {
    if (!voiceFor(document.documentElement.lang) || page.querySelector(".listen")) return;
    for (const place of page.querySelectorAll(places)) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "listen", textContent: word });
      button.append(Object.assign(document.createElement("span"), { className: "hidden", textContent: `: ${textOf(place)}` }));
      button.addEventListener("click", () => say(place));
      place.after(button);
    }
  }

  /* A question with its hint; a thing to mend with what the officer wrote, each in the voice of its language. */
  function say(place) {
    speech.cancel();
    const hint = place.matches("label, legend") && place.parentElement.querySelector(":scope > .hint");
    const parts = place.matches(".issues div") ? [...place.children].map((part) => [part]) : [[place, hint].filter(Boolean)];
    for (const part of parts) {
      const { lang } = (part[0].querySelector("[lang]") ?? part[0]).closest("[lang]");
      const said = new SpeechSynthesisUtterance(part.map(textOf).join(". "));
      speech.speak(Object.assign(said, { lang, voice: voiceFor(lang) ?? null }));
    }
  }
}

const textOf = (element) => element.textContent.trim().replace(/\s+/g, " ");
