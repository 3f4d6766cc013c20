/* Orders packed without a network: each press kept on this phone first, sent once, told about where it came too late. */

import { get, keptFacts, put, remove } from "./store.js";
import { caller, Refused } from "./tus.js";

const FIRST_WAIT = 5; // s, doubled each time
const LONGEST_WAIT = 300; // s
const stepId = (owner, code) => `step ${owner} ${code}`;

let attempt;

export const stepsOf = (owner) => keptFacts(`step ${owner} `);
export const stepOf = (owner, code) => get("facts", stepId(owner, code));

/* Keeps that an order is packed as it stood there (`seen`). A second press before the first one has arrived is the same press. */
export async function keepStep(owner, { code, shown, seen }) {
  const before = await stepOf(owner, code);
  if (before && !before.problem) return;
  const id = stepId(owner, code);
  await put("facts", { id, owner, code, shown, seen, press: crypto.randomUUID(), at: Date.now() }, id);
}

/* Ticks come back after the page was lost, unless the order is another one by now. */
export async function rememberTicks(owner, { code, seen }, boxes) {
  const id = `ticks ${owner} ${code}`;
  const before = await get("facts", id);
  const on = before?.seen === seen ? before.on : [];
  for (const [place, box] of boxes.entries()) {
    box.checked ||= on.includes(place);
    box.addEventListener("change", () => put("facts", { id, seen, on: boxes.flatMap((one, at) => (one.checked ? [at] : [])) }, id));
  }
}

function sendStep(id) {
  return navigator.locks.request("steps", async () => {
    const one = await get("facts", id);
    if (!one || one.problem) return;
    const { owner, code, press, seen } = one;
    try {
      const answer = await caller(press, owner)(`/my/orders/${code}/packed`, "POST", seen ? { "X-Seen": seen } : {}, undefined, [403]);
      if (answer.status === 403) throw new Refused("");
      await remove("facts", id);
      await remove("facts", `ticks ${owner} ${code}`);
      const kept = await get("facts", `order ${owner} ${code}`);
      if (kept) await put("facts", { ...kept, step: "packed" }, kept.id);
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      await put("facts", { ...one, problem: problem.message || "closed" }, id);
    }
  });
}

/* Sends all that wait; throws Stopped where the network or the market stops it. */
export async function sendSteps(owner) {
  for (const { id, problem } of await stepsOf(owner)) if (!problem) await sendStep(id);
}

/* Sends now, and again, ever later, while something stops it; `box` says how many wait and what came too late. */
export function sendNow(box, owner, words) {
  attempt ??= watch(box, owner, words);
  return attempt(FIRST_WAIT);
}

function watch(box, owner, words) {
  const [line, list] = box.querySelectorAll("[role=status], ul");
  let timer, waited;
  addEventListener("online", () => again(FIRST_WAIT));
  return again;

  async function again(wait) {
    clearTimeout(timer);
    await draw();
    const state = await sendSteps(owner).then(() => "sent", ({ message }) => message);
    await draw(state);
    if (state !== "offline" && state !== "busy") return;
    timer = setTimeout(again, wait * 1000, Math.min(2 * wait, LONGEST_WAIT));
    navigator.serviceWorker?.ready.then(({ sync }) => sync?.register("outbox")).catch(() => {});
  }

  async function draw(state) {
    const kept = await stepsOf(owner);
    const number = kept.filter(({ problem }) => !problem).length;
    const late = kept.filter(({ problem }) => problem);
    const says = { ...words, offline: words.offline[Number(number > 1)].replace("NUMBER", number) };
    waited ||= number;
    line.textContent = number ? (says[state] ?? line.textContent) : waited && !late.length ? words.done : "";
    line.dataset.tone = number ? "warn" : "";
    list.replaceChildren(...late.map(item));
    list.hidden = !late.length;
    box.hidden = !line.textContent && !late.length;
    dispatchEvent(new Event("steps"));
  }

  /* One that came too late: why and what to do, until somebody says that it was seen. */
  function item({ id, code, shown, problem }) {
    const one = box.querySelector("template").content.firstElementChild.cloneNode(true);
    one.querySelector("strong").textContent = `${shown}:`;
    one.querySelector("span").textContent = problem === "closed" ? words.closed : problem;
    one.querySelector("a").href = `/my/orders/${code}`;
    one.querySelector("button").addEventListener("click", () => remove("facts", id).then(() => draw()));
    return one;
  }
}
