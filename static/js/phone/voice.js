/* The spoken note of the product form: recorded, kept here at once, heard, deleted with undo; the outbox sends it. */

import { MOST, record } from "./recorder.js";
import { digestOf } from "./shrink.js";
import { change, get, put, voicesOf } from "./store.js";

const LAST = 99; // behind every photo
const GONE = 1; // a time long ago: what a newer recording replaces needs no undo

/* `page` is what form.js tells of itself, with `place`, the section, and `type`, what this browser records. Gives {act, draw, settled}. */
export default async function voice(page) {
  const { place, words, key } = page;
  const part = (name) => place.querySelector(`[data-part="${name}"]`);
  const [strip, own, status] = ["spoken", "recorded", "voice-status"].map(part);
  const seen = new Set((await voicesOf(key)).flatMap(({ digest }) => (digest && page.online ? digest : []))); // what the market plays
  let recorder;
  let taking = Promise.resolve();

  new BroadcastChannel("outbox").addEventListener("message", async ({ data }) => {
    if (data.key !== key) return;
    if (data.kind === "speaking") await draw(true);
    if (data.kind === "voice") await ask((await get("drafts", key)).voice, "GET").catch(() => draw());
  });
  document.addEventListener("visibilitychange", () => document.hidden && recorder?.stop()); // what was said so far is kept
  await draw();
  return { act, draw, settled };

  async function act({ do: what, post: url, ...fields }) {
    if (what === "record") taking = speak().catch(() => say(words.full));
    if (what === "stop") recorder?.stop();
    if (url) await ask(url, "POST", fields).catch(() => say(words.offline));
    const alter = { drop: { dropped: Date.now() }, undo: { dropped: 0 }, again: { state: "here", url: "" } }[what];
    const { id } = (alter && (await newest())) ?? {};
    if (!id) return;
    await change("photos", id, (note) => note && { ...note, ...alter });
    await draw();
    if (what !== "drop") page.send();
  }

  async function speak() {
    say("");
    recorder = await record(page.type, count).catch(({ name }) => say(words.voice[name] ?? words.voice.busy));
    if (!recorder) return;
    count(0);
    await draw();
    part("recording").querySelector("button").focus();
    const { blob, seconds } = await recorder.over;
    recorder = undefined;
    await keep(blob, seconds).finally(() => draw());
  }

  function count(seconds) {
    part("counter").textContent = words.voice.counter.replace("SECONDS", Math.floor(seconds)).replace("MOST", MOST);
    place.querySelector("progress").value = seconds;
  }

  async function keep(blob, seconds) {
    if (!blob.size) return say(words.voice.nothing);
    const older = await voicesOf(key);
    const { owner, seller } = page;
    const note = { id: `${Date.now()}-${Math.random()}`, kind: "voice", draft: key, owner, seller, slot: "", place: LAST };
    await page.kept();
    await put("photos", { ...note, blob, seconds, sha256: await digestOf(blob), url: "", state: "here" });
    for (const { id } of older) await change("photos", id, (row) => row && { ...row, dropped: GONE });
    page.send();
  }

  /* Draws the recording that the market's own player does not play yet, or the one that is being made. */
  async function draw(sending) {
    const note = await newest();
    const shown = note && !seen.has(note.digest) && note.dropped !== GONE;
    const state = note?.dropped ? "dropped" : sending ? "sending" : note?.state;
    part("recording").hidden = !recorder;
    part("record").hidden = Boolean(recorder) || !page.type;
    own.hidden = Boolean(recorder) || !shown;
    strip.hidden = Boolean(recorder) || Boolean(shown && !note.dropped);
    part("record").lastChild.textContent = (shown && !note.dropped) || strip.querySelector("audio") ? words.voice.again : words.voice.record;
    for (const button of strip.querySelectorAll("[data-post]")) button.hidden = false;
    if (!shown) return;
    const audio = own.querySelector("audio");
    if (audio.dataset.id !== note.id) audio.src = URL.createObjectURL(note.blob);
    audio.dataset.id = own.dataset.id = note.id;
    audio.hidden = state === "dropped";
    own.dataset.state = state;
    own.querySelector("strong").textContent = words.voice.own.replace("SECONDS", note.seconds);
    own.querySelector("p").textContent = note.error || (state === "refused" ? words.voice.refused : words.states[state]);
    const fit = { here: ["drop"], refused: ["again", "drop"], dropped: ["undo"] }[state] ?? [];
    for (const button of own.querySelectorAll("button")) button.hidden = !fit.includes(button.dataset.do);
  }

  /* Asks the market for its player, or to change it. */
  async function ask(url, method, fields = {}) {
    const { draft_key: draft, csrf_token: token } = page.form.elements;
    const headers = { "X-Draft-Key": draft.value || "none", "X-Form-Token": token?.value ?? "" };
    const body = method === "POST" ? new URLSearchParams(fields) : undefined;
    const told = await (await fetch(url, { method, body, headers })).json();
    if (told.strip !== undefined) strip.innerHTML = told.strip;
    if (told.digest) seen.add(told.digest);
    say(told.error);
    await draw();
  }

  async function settled() {
    recorder?.stop();
    await taking;
  }

  async function newest() {
    return (await voicesOf(key)).at(-1);
  }

  function say(sentence) {
    status.textContent = sentence ?? "";
  }
}
