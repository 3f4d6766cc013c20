/* Photos of the product form: made smaller and kept here first, then shown with how far each is on its way. */

import { digestOf, smaller } from "./shrink.js";
import { change, photosOf, put } from "./store.js";

const HEAVIEST = 12_000_000; // bytes of a photo this browser cannot open; the market can

/* `page` is what form.js tells of itself. Gives {draw, refresh, settled}. */
export function photos(page) {
  const { box, form, words } = page;
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const [strip, list, blank, status] = ["strip", "waiting", "photo", "status"].map(part);
  const pictures = new Map(); // a photo's id: the address of its blob on this page
  const seen = new Set(); // digests that the market's strip has shown, also those deleted there
  const notThere = ({ digest }) => !digest || !seen.has(digest);
  const say = (sentence) => (status.textContent = sentence ?? "");
  let taking = Promise.resolve();

  for (const input of part("picker").querySelectorAll("input")) {
    const chosen = () => {
      const files = [...input.files];
      input.value = "";
      taking = taking.then(() => takeAll(files, input.dataset.slot ?? "")).catch(() => say(words.full));
    };
    input.addEventListener("change", chosen);
    if (input.files.length) chosen(); // before the scripts had come
  }
  part("picker").hidden = false;
  list.addEventListener("click", ({ target }) => act(target.closest("li")?.dataset.id, target.dataset.do));
  strip.addEventListener("click", ({ target }) => {
    const { post: url, ...fields } = target.closest("[data-post]")?.dataset ?? {};
    if (url) ask(url, "POST", fields).catch(() => say(words.offline));
  });
  const ready = photosOf(page.key).then((all) => all.forEach((photo) => page.online && seen.add(photo.digest)));
  show();

  async function takeAll(files, slot) {
    const problems = new Set();
    for (const file of files) problems.add(await take(file, slot));
    say([...problems].filter(Boolean).join(" "));
    page.send();
  }

  /* Keeps one photo; gives a sentence where it cannot. */
  async function take(file, slot) {
    const known = (await photosOf(page.key)).filter((photo) => !photo.dropped);
    const count = strip.querySelectorAll("li").length + known.filter(notThere).length;
    if (count >= Number(box.dataset.most)) return words.tooMany;
    const blob = await smaller(file);
    if (blob.size > HEAVIEST) return words.tooHeavy;
    const sha256 = await digestOf(blob);
    if (sha256 && known.some((photo) => photo.sha256 === sha256)) return words.twice;
    const looks = await import("./looks.js").then((one) => one.looksOf(blob, page.looks, known)).catch(() => ({}));
    const place = slot ? page.slots.indexOf(slot) : page.slots.length + count;
    const id = `${Date.now()}-${Math.random()}`;
    const { key, owner, seller } = page;
    await page.kept();
    await put("photos", { id, draft: key, owner, seller, slot, place, blob, sha256, ...looks, url: "", state: "here" });
    await draw();
  }

  async function act(id, what) {
    if (what === "drop") await change("photos", id, (photo) => ({ ...photo, dropped: Date.now() }));
    if (what === "undo") await change("photos", id, (photo) => ({ ...photo, dropped: 0 }));
    if (what === "again") await change("photos", id, (photo) => ({ ...photo, state: "here", url: "" }));
    await draw();
    if (what && what !== "drop") page.send();
  }

  /* Draws what the market's own strip does not show yet. */
  async function draw(sending) {
    await ready;
    const all = await photosOf(page.key);
    list.replaceChildren(...all.filter(notThere).map((photo, place) => row(photo, place + 1, sending)));
    for (const tile of part("picker").querySelectorAll("[data-slot]"))
      tile.toggleAttribute("data-filled", all.some((photo) => photo.slot === tile.dataset.slot && !photo.dropped));
  }

  function row(photo, number, sending) {
    const item = blank.content.cloneNode(true).firstElementChild;
    if (!pictures.has(photo.id)) pictures.set(photo.id, URL.createObjectURL(photo.blob));
    const state = photo.dropped ? "dropped" : photo.id === sending ? "sending" : photo.state;
    Object.assign(item.dataset, { id: photo.id, state });
    const image = item.querySelector("img");
    Object.assign(image, { src: pictures.get(photo.id), alt: `${words.photo} ${number}` });
    item.querySelector("strong").textContent = words.slots[photo.slot] ?? image.alt;
    item.querySelector("p").textContent = photo.error || words.states[state];
    const hints = (photo.hints ?? []).map((hint) => words.looks[hint]).join(" ");
    item.querySelector(".issue span").textContent = hints;
    item.querySelector(".issue").hidden = !hints || state === "dropped";
    const fit = { here: ["drop"], refused: ["again", "drop"], dropped: ["undo"] }[state] ?? [];
    for (const button of item.querySelectorAll("button")) button.hidden = !fit.includes(button.dataset.do);
    return item;
  }

  /* Asks the market for its strip, or to change it. */
  async function ask(url, method, fields = {}) {
    const { draft_key: key, csrf_token: token } = form.elements;
    const headers = { "X-Draft-Key": key.value || "none", "X-Form-Token": token?.value ?? "" };
    const body = method === "POST" ? new URLSearchParams(fields) : undefined;
    const { strip: markup, error } = await (await fetch(url, { method, body, headers })).json();
    if (markup !== undefined) strip.innerHTML = markup;
    say(error);
    show();
    await draw();
  }

  function show() {
    for (const button of strip.querySelectorAll("[data-post]")) {
      button.hidden = false;
      seen.add(button.dataset.digest);
    }
    if (strip.querySelector("[data-waits]")) import("./progress.js").then((one) => one.default(strip)).catch(() => {});
  }

  return { draw, refresh: (url) => ask(url, "GET").catch(() => draw()), settled: () => taking };
}
