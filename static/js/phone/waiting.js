/* One line on a signed-in page: how much of this person's work still waits on the phone; it is sent meanwhile. */

import { say } from "./fields.js";
import { counted, get, keptFacts, put } from "./store.js";

export default async function waitingLine(line) {
  const { owner, some, done } = line.dataset;
  const person = await get("facts", "person");
  if (person?.owner !== owner) await put("facts", { owner, seller: "" }, "person");
  if (!(await tell()) && !(await keptFacts(`step ${owner} `)).length) return;
  const { sendSoon } = await import("./outbox.js");
  addEventListener("online", () => sendSoon(tell));
  await sendSoon(tell);

  async function tell(state) {
    const { drafts, photos } = await counted(owner);
    if (drafts) say(line, ["signedOut", "closed"].includes(state) ? line.dataset[state] : some.replace("DRAFTS", drafts).replace("PHOTOS", photos), "warn");
    else if (state) say(line, done);
    return drafts;
  }
}
