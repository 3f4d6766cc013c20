/* The orders that lie on this phone, where the market's own page cannot be had: by day, with ticks and one button each. */

import { ordersOf } from "./orders.js";
import { get } from "./store.js";
import { keepStep, rememberTicks, sendNow, stepOf, stepsOf } from "./steps.js";

const DAY = 86_400_000; // ms
const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);

/* late, today, tomorrow or later, by the phone's own days. */
function dayOf(due) {
  const ahead = Math.round((midnight(due) - midnight(Date.now())) / DAY);
  return Date.parse(due) < Date.now() ? "late" : (["today", "tomorrow"][ahead] ?? "later");
}

export default async function packlist(box) {
  const { words } = JSON.parse(box.dataset.phone);
  const since = box.querySelector("[data-part=since]");
  const { owner } = (await get("facts", "person")) ?? {};
  if (!owner) return void (since.textContent = words.nobody);
  const rows = await ordersOf(owner);
  const asOf = new Date(Math.min(...rows.map(({ at }) => at)));
  const clock = { hour: "2-digit", minute: "2-digit", day: "numeric", month: "numeric" };
  since.textContent = rows.length ? words.since.replace("TIME", asOf.toLocaleString(document.documentElement.lang, clock)) : words.none;
  const cards = await Promise.all(rows.map(card));
  const wanted = location.pathname.split("/")[3];
  cards[rows.findIndex(({ code }) => code === wanted)]?.focus();
  const send = () => sendNow(box.querySelector("[data-part=steps]"), owner, words);
  if ((await stepsOf(owner)).length) await send();

  async function card({ due, code, lines, ...row }) {
    const one = box.querySelector("[data-part=order]").content.firstElementChild.cloneNode(true);
    const part = (name) => one.querySelector(`[data-part=${name}]`);
    for (const name of ["shown", "seller", "who", "address", "note", "collect"]) {
      part(name).textContent = row[name] ?? "";
      part(name).hidden = !row[name];
    }
    part("phone").hidden = !row.phone;
    part("phone").firstElementChild.href = `tel:${row.phone}`;
    part("phone").querySelector("span").textContent = row.call;
    part("lines").replaceChildren(...lines.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    const boxes = lines.map((words) => tick(one.querySelector(".list"), words));
    const day = box.querySelector(`[data-day=${dayOf(due)}]`);
    day.hidden = false;
    day.querySelector("ul").append(one);
    await rememberTicks(owner, { code, seen: row.seen }, boxes);
    one.querySelector("form").addEventListener("submit", press);
    addEventListener("steps", stand);
    await stand();
    return one;

    async function press(event) {
      event.preventDefault();
      const error = one.querySelector(".error");
      error.hidden = boxes.every(({ checked }) => checked);
      error.lastElementChild.textContent = words.ticks;
      if (!error.hidden) return;
      try {
        await keepStep(owner, { code, shown: row.shown, seen: row.seen });
      } catch {
        error.hidden = false;
        return void (error.lastElementChild.textContent = words.full);
      }
      await stand();
      await send();
    }

    /* How it stands: waits for somebody, packed here, arrived, or too late. */
    async function stand() {
      const step = await stepOf(owner, code);
      const { step: now } = (await get("facts", `order ${owner} ${code}`)) ?? row;
      const [says, kind] = step ? [step.problem ?? words.waits, step.problem ? "bad" : "doing"] : now === "packed" ? [words.sent, "ok"] : [row.turn, "todo"];
      const mark = one.querySelector(".status");
      mark.className = `status ${kind}`;
      mark.replaceChildren(mark.firstElementChild, says === "closed" ? words.closed : says);
      const toPack = now === "pack" && !step;
      one.querySelector("form").hidden = !toPack;
      part("lines").hidden = toPack;
    }
  }
}

function tick(list, words) {
  const label = Object.assign(document.createElement("label"), { className: "choice" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  label.append(box, Object.assign(document.createElement("span"), { textContent: words }));
  list.append(label);
  return box;
}
