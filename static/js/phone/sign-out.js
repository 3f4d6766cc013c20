/* Signing out: what is sent goes from this phone; what is not is said first, and stays under its owner. */

import { decisionsOf } from "./decisions.js";
import { forgetOrders } from "./orders.js";
import { send } from "./outbox.js";
import { stepsOf } from "./steps.js";
import { counted, draftsOf, filesOf, forget, keptFacts, remove, unsent, waiting } from "./store.js";

export default function signOut(form) {
  const { owner, words, steps } = form.dataset;
  const note = form.querySelector("[data-part=note]");
  form.addEventListener("submit", async (event) => {
    if (form.dataset.ready) return;
    event.preventDefault();
    const what = event.submitter?.dataset.do;
    if (what === "send") await send().catch(() => {});
    const left = await counted(owner, true);
    const packed = (await stepsOf(owner)).filter(({ problem }) => !problem).length;
    if ((left.drafts || packed) && what !== "keep" && what !== "drop") {
      const told = [left.drafts && words.replace("DRAFTS", left.drafts).replace("PHOTOS", left.photos), packed && steps.replace("STEPS", packed)];
      note.querySelector("p").textContent = told.filter(Boolean).join(" ");
      note.hidden = false;
      note.querySelector("button").focus();
      return;
    }
    await wipe(owner, what === "drop");
    form.dataset.ready = "1";
    form.requestSubmit();
  });
}

async function wipe(owner, everything) {
  for (const draft of await draftsOf(owner, true)) {
    const waits = draft.wish || unsent(draft).length || (await filesOf(draft.key)).some(waiting);
    if (everything || !waits) await forget(draft.key);
  }
  if (everything) for (const { id } of [...(await decisionsOf(owner)), ...(await stepsOf(owner))]) await remove("facts", id);
  for (const { id } of await keptFacts(`ticks ${owner} `)) await remove("facts", id);
  await forgetOrders();
  await remove("facts", "person");
  await caches.delete("cart"); // with what the buyer typed and looked at
  for (const name of await caches.keys()) if (name.startsWith("pages ")) await caches.delete(name);
  for (const name of ["details", "seen"]) localStorage.removeItem(name);
}
