/* Sees on the seller's account that the money came: asks after 3, 5, then every 10 s, and stops after a quarter of an hour. */

const PAUSES = [3000, 5000];
const PAUSE = 10000; // ms
const PATIENCE = 15 * 60 * 1000;

export default function watchTransfer(box) {
  const { url, state } = box.dataset;
  const [looking, stopped] = ["looking", "stopped"].map((name) => box.querySelector(`[data-part="${name}"]`));
  const ends = Date.now() + PATIENCE;
  let turn = 0;
  looking.hidden = false;
  next();

  function next() {
    if (Date.now() < ends) return setTimeout(ask, PAUSES[turn++] ?? PAUSE);
    looking.hidden = true;
    stopped.hidden = false;
  }

  async function ask() {
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (answer.ok && (await answer.json()).state !== state) return location.replace(location.pathname);
    } catch {
      // no signal: the next turn asks again
    }
    next();
  }
}
