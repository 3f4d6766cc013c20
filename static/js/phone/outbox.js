/* Sends what waits on this phone: words first, then photos and the recording, then the wish for a review. Pages and worker share it. */

import { sendDecisions } from "./decisions.js";
import { sendSteps } from "./steps.js";
import { change, draftsOf, filesOf, get, isVoice, remove, unsent, waiting } from "./store.js";
import { caller, Refused, sendFile, Stopped } from "./tus.js";

const LONGEST_WAIT = 300; // s
const UNDO = 10_000; // ms

const told = new BroadcastChannel("outbox"); // each step that is kept, for every page that shows it
let queued;
let running = Promise.resolve();
let timer;

/* Gives "sent" when nothing waits any more, else what stopped it. Calls while it runs share one next round. */
export function send() {
  queued ??= running = running.then(() => {
    queued = undefined;
    return navigator.locks ? navigator.locks.request("outbox", round) : round();
  });
  return queued;
}

/* Sends now, and again, ever later, while something stops it; `show` is told how it went each time. */
export async function sendSoon(show, wait = 5) {
  clearTimeout(timer);
  const state = await send().catch(() => "busy");
  await show(state);
  if (state === "offline" || state === "busy") {
    timer = setTimeout(sendSoon, wait * 1000, show, Math.min(wait * 2, LONGEST_WAIT));
    navigator.serviceWorker?.ready.then(({ sync }) => sync?.register("outbox")).catch(() => {});
  }
  return state;
}

async function round() {
  const { owner } = (await get("facts", "person")) ?? {};
  try {
    if (owner) await sendDecisions(owner);
    if (owner) await sendSteps(owner);
    for (const { key } of await draftsOf(owner)) await sendDraft(key, caller(key, owner));
    return "sent";
  } catch (stop) {
    if (!(stop instanceof Stopped)) throw stop;
    return stop.message;
  }
}

async function sendDraft(key, call) {
  try {
    await sendWords(key, call);
    await clear(key, call);
    const files = (await filesOf(key)).filter(waiting); // the recording comes last
    const total = files.filter((file) => !isVoice(file)).length;
    for (const [place, file] of files.entries()) {
      told.postMessage({ kind: isVoice(file) ? "speaking" : "sending", key, id: file.id, number: place + 1, total });
      await sendOne(file, call);
    }
    await sendWish(key, call);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    await keep(key, { problem: refused.message });
    told.postMessage({ kind: "refused", key });
  }
}

async function sendWords(key, call) {
  const { seller, page, fields, code } = await get("drafts", key);
  const fresh = Object.fromEntries(unsent({ fields }).map(([name, { v, n }]) => [name, { v, n }]));
  if (code && !Object.keys(fresh).length) return;
  const answer = await call(`/my/drafts/${key}`, "PUT", {}, JSON.stringify({ for: seller, page, fields: fresh }));
  const draft = await answer.json();
  await change("drafts", key, (row) => row && merged(row, draft, fresh));
  told.postMessage({ kind: "words", key });
}

/* What the market knows now, under what was typed here since it was asked. */
function merged(row, { fields: theirs, counter, code, edit, photos, voice, version }, fresh) {
  const fields = { ...row.fields };
  for (const name of Object.keys(fresh)) fields[name] = { ...fields[name], sent: fields[name].n === fresh[name].n };
  for (const [name, { v, n }] of Object.entries(theirs))
    if (!fields[name] || (fields[name].sent && n >= fields[name].n)) fields[name] = { v, n, sent: true };
  const most = Math.max(row.counter, counter);
  return { ...row, fields, counter: most, code, edit, photos, voice, version, problem: "", sentAt: Date.now() };
}

/* What was deleted on the phone goes for good once its undo has had time. */
async function clear(key, call) {
  for (const { id, url, dropped } of await filesOf(key)) {
    if (!dropped || Date.now() - dropped < UNDO) continue;
    if (url) await call(url, "DELETE", {}, undefined, [404, 410]);
    await remove("photos", id);
  }
}

async function sendOne({ id, kind = "photo", draft, seller, slot, place, blob, sha256, url }, call) {
  const keepFile = (facts) => change("photos", id, (row) => row && { ...row, ...facts });
  const meta = { draft, for: seller, kind, slot, place, sha256 };
  try {
    const digest = await sendFile(blob, meta, url, keepFile, call);
    await keepFile({ state: "sent", digest });
    await keep(draft, { sentAt: Date.now() });
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    await keepFile({ state: "refused", error: refused.message });
  }
  told.postMessage({ kind, key: draft });
}

async function sendWish(key, call) {
  const { wish } = await get("drafts", key);
  if (!wish || (await filesOf(key)).some(waiting)) return;
  const answer = await call(`/my/drafts/${key}/submission`, "POST", {}, JSON.stringify(wish), [422]);
  const { url } = await answer.json();
  await keep(key, { wish: null, submitted: url ?? "", toMend: !url });
  told.postMessage({ kind: "wish", key });
}

const keep = (key, facts) => change("drafts", key, (row) => row && { ...row, ...facts });
