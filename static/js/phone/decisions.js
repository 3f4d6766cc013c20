/* Decisions of an officer: kept on this phone first, sent once, and told about where one still waits or came too late. */

import { get, keptFacts, put, remove } from "./store.js";
import { caller, Refused } from "./tus.js";

const FIRST_WAIT = 5; // s, doubled each time
const LONGEST_WAIT = 300; // s

export const refusal = Symbol("refused");
export const decisionsOf = (owner) => keptFacts(`decision ${owner} `);

/* The button names its press, so the market knows a second sending of it. */
export const keepDecision = (one) => put("facts", { ...one, press: new Map(one.fields).get("press") }, one.id);

/* Sends one; gives the market's answer, or `refusal`: then it stays, with the sentence why. Throws Stopped. */
export function sendDecision(id, opens) {
  return navigator.locks.request("decisions", async () => {
    const one = await get("facts", id);
    if (!one || one.problem) return one && refusal;
    const headers = opens ? { "X-Opens": "1" } : {};
    try {
      const answer = await caller(one.press, one.owner)(one.url, "POST", headers, new URLSearchParams(one.fields));
      const told = await answer.json();
      await remove("facts", id);
      return told;
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      await put("facts", { ...one, problem: problem.message || String(problem.status) }, id);
      return refusal;
    }
  });
}

/* Sends all that wait; throws Stopped where the network or the market stops it. */
export async function sendDecisions(owner) {
  for (const { id, problem } of await decisionsOf(owner)) if (!problem) await sendDecision(id);
}

/* The lines on a page of the desk: how many wait, and each that came too late with the way to what was typed. */
export default async function lines(box) {
  const { owner, some, done, signedOut, closed, gone } = box.dataset;
  const [line, list] = box.querySelectorAll("[role=status], ul");
  let timer, waited;
  if (gone) await remove("facts", `decision ${owner} ${gone}`); // what was typed stands on this page
  const now = () => attempt(FIRST_WAIT);
  if (!(await draw())) return;
  addEventListener("online", now);
  await now();

  async function draw(state) {
    const kept = await decisionsOf(owner);
    const waiting = kept.filter(({ problem }) => !problem).length;
    line.textContent = waiting ? ({ signedOut, closed }[state] ?? some.replace("DECISIONS", waiting)) : waited && !kept.length ? done : "";
    line.dataset.tone = waiting ? "warn" : "";
    waited ||= waiting;
    list.replaceChildren(...kept.filter(({ problem }) => problem).map(item));
    box.hidden = !kept.length && !waited;
    return kept.length;
  }

  async function attempt(wait) {
    clearTimeout(timer);
    if (!box.isConnected) return removeEventListener("online", now);
    const state = await sendDecisions(owner).then(() => "sent", ({ message }) => message);
    await draw(state);
    if (state === "offline" || state === "busy") timer = setTimeout(attempt, wait * 1000, Math.min(2 * wait, LONGEST_WAIT));
  }

  /* One that was refused: why, and its form again, which the market answers with what changed and what was typed. */
  function item({ url, fields, name, problem }) {
    const one = box.querySelector("template").content.firstElementChild.cloneNode(true);
    const form = one.querySelector("form");
    one.querySelector("span").textContent = `${name}: ${problem}`;
    form.action = url.replace("/press", "/decision");
    for (const [field, value] of [...fields, ["go_on", "1"]]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: field, value }));
    return one;
  }
}
