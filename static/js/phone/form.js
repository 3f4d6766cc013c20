/* The product form on a phone: every key is kept here at once, and goes to the market when the network allows. */

import { clock, fill, offer, say, speakingOn, takeOver, typingOn, valueOf } from "./fields.js";
import { photos as photosOn } from "./photos.js";
import { change, draftHere, draftsOf, get, put, stay } from "./store.js";

const PAUSE = 2000; // ms after the last key

export default async function phoneForm(box) {
  const form = box.querySelector("form");
  const facts = JSON.parse(box.dataset.phone); // owner, seller, key, code, edit, shown, counter, slots, words; the shell: no owner
  const { words, slots, looks } = facts;
  const [saved, sent, unfinished] = ["saved", "sent", "unfinished"].map((name) => box.querySelector(`[data-part="${name}"]`));
  if (facts.owner) await put("facts", { owner: facts.owner, seller: facts.seller }, "person");
  const person = await get("facts", "person");
  if (!person) return say(sent, words.signedOut, "warn");
  const drafts = await draftsOf(person.owner);
  const { key, known } = draftHere(facts, drafts);
  if (known?.edit && facts.owner && !facts.code) return location.replace(known.edit);

  takeOver(box);
  navigator.serviceWorker?.register(facts.worker, { type: "module" }).catch(() => {}); // else the form needs a network
  const [typing, { elements }] = [typingOn(form), form];
  const page = elements.page.value || key;
  const { counter, code, edit, shown } = facts;
  const began = { ...shown, key, ...person, page, counter, fields: {}, code, edit };
  let timer, leaving;
  elements.page.value = page;
  if (!facts.code) elements.draft_key.value = key;
  if (known) {
    await change("drafts", key, (row) => ({ ...row, page }));
    fill(form, known.fields, ([name, field]) => (!facts.owner || !field.sent) && !typing.isNew(name));
  }
  const own = { box, form, words, key, ...person, slots, looks, online: Boolean(facts.owner), send };
  own.kept = () => note((row) => row);
  const photos = photosOn(own);
  const speaking = speakingOn(own);
  await Promise.all([photos.draw(), speaking]);
  offer(unfinished, drafts.filter((one) => one.key !== key && !one.submitted), words);
  for (const target of typing.begun(known)) keep({ target });
  form.addEventListener("input", keep);
  form.addEventListener("submit", leave);
  addEventListener("online", send);
  addEventListener("pageshow", ({ persisted }) => persisted && delete form.dataset.ready);
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => data.key === key && hear(data));
  if (known) send();

  function keep({ target }) {
    const { name, type } = target;
    if (!name || type === "file" || type === "hidden") return;
    const v = valueOf(form, target);
    note((row) => {
      const n = row.counter + 1;
      return { ...row, counter: n, fields: { ...row.fields, [name]: { v, n, sent: false } } };
    });
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }

  /* Writes into the draft of this page, begun now where there is none yet. */
  async function note(alter) {
    try {
      const row = await change("drafts", key, (now = began) => ({ ...alter(now), savedAt: Date.now() }));
      if (!row.code) history.replaceState(null, "", `#${key}`); // a page that the phone throws away finds its draft
      say(saved, (await stay()) ? words.saved : words.low);
    } catch {
      say(saved, words.full, "warn");
    }
  }

  async function send() {
    clearTimeout(timer);
    const again = () => import(`./outbox.js?${Date.now()}`); // where it could not be fetched before
    const outbox = await import("./outbox.js").catch(again).catch(() => null);
    if (outbox) return outbox.sendSoon(show);
    timer = setTimeout(send, 5 * PAUSE);
    return show("offline");
  }

  async function show(state) {
    const row = (await get("drafts", key)) ?? began;
    const done = state === "sent";
    if (row.submitted || row.toMend) location.assign(row.submitted || `${row.edit}?check=1`);
    else if (done && leaving && !facts.owner) location.assign(row.edit);
    else if (row.problem) say(sent, row.problem, "warn");
    else if (!done) say(sent, row.wish ? words.wished : words[state], "warn");
    else if (row.sentAt) say(sent, words.sent.replace("TIME", clock(row.sentAt)));
    return Promise.all([photos.draw(), (await speaking).draw()]).then(() => state); // none is "being sent" any more
  }

  async function hear({ kind, id, number, total }) {
    const asked = performance.now();
    const row = await get("drafts", key);
    if (kind === "sending") {
      say(sent, words.sending.replace("NUMBER", number).replace("TOTAL", total));
      await photos.draw(id);
    }
    if (kind === "photo") await photos.refresh(row.photos);
    if (kind !== "words") return;
    form.action = row.edit;
    elements.version.value = row.version;
    history.replaceState(null, "", row.edit);
    fill(form, row.fields, ([name, { sent }]) => sent && document.activeElement?.name !== name && !typing.isNew(name, asked));
  }

  /* Before a button leaves the page everything is sent; where it cannot be, the page stays and the wish waits. */
  async function leave(event) {
    if (form.dataset.ready) return;
    event.preventDefault();
    leaving = true;
    await Promise.all([photos.settled(), (await speaking).settled()]);
    const wish = { price_ok: elements.price_ok.value };
    const wished = event.submitter.value === "send" && (() => note((row) => ({ ...row, wish })));
    if (wished && !facts.owner) await wished();
    const state = await send();
    if (state === "sent" && facts.owner) form.dataset.ready = "1";
    if (form.dataset.ready) return form.requestSubmit(event.submitter);
    if (wished && facts.owner) await wished().then(() => show(state));
  }
}
