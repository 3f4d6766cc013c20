/* Orders of the next days that a member's own phone keeps, to be packed where there is no signal. */

import { get, keptFacts, put, remove, replaceFacts } from "./store.js";

const KEPT = 7 * 86_400_000; // ms

/* The orders of the person who holds the phone, the first due first; what lies here for a week goes. */
export async function ordersOf(owner) {
  const rows = await keptFacts(`order ${owner} `);
  const fresh = rows.filter(({ at }) => Date.now() - at < KEPT);
  for (const row of rows) if (!fresh.includes(row)) await remove("facts", row.id);
  return fresh.sort((a, b) => Date.parse(a.due) - Date.parse(b.due));
}

/* Removes names and addresses from this phone: everybody's, or everybody's but one's. */
export async function forgetOrders(but) {
  for (const { id } of await keptFacts("order ")) if (!but || !id.startsWith(`order ${but} `)) await remove("facts", id);
}

function keepOrders(owner, rows) {
  const at = Date.now();
  return replaceFacts(`order ${owner} `, rows.map((row) => ({ ...row, id: `order ${owner} ${row.code}`, at })));
}

export default async function orders(box) {
  const { owner, kept, worker, words } = JSON.parse(box.dataset.phone);
  const person = await get("facts", "person");
  if (person?.owner !== owner) await put("facts", { owner, seller: "" }, "person");
  await forgetOrders(owner);
  navigator.serviceWorker?.register(worker, { type: "module" }).catch(() => {}); // else orders need a network
  if ((await keptFacts(`step ${owner} `)).length) await (await import("./steps.js")).sendNow(box.firstElementChild, owner, words);
  const headers = { "X-Draft-Key": "orders", "X-Owner": owner, Accept: "application/json" };
  const answer = await fetch(kept, { headers }).catch(() => null);
  if (answer?.ok) await keepOrders(owner, (await answer.json()).orders);
  if (answer?.status === 401 || answer?.status === 403) await forgetOrders();
}
