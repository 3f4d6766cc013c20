/* Looks again, ever later, whether photos that wait have been prepared, and takes the word for it away. */

const PAUSES = [2000, 4000, 8000]; // ms, the last one again and again
const MOST = 10; // times; who stays longer loads the page again

let running;

export default function progress(strip) {
  running ??= look(strip, 0).finally(() => (running = undefined));
}

async function look(strip, time) {
  const url = strip.querySelector("[data-progress]")?.dataset.progress;
  if (!url || time === MOST || !strip.querySelector("[data-waits]")) return;
  await new Promise((done) => setTimeout(done, PAUSES[Math.min(time, PAUSES.length - 1)]));
  const { waiting } = document.hidden ? {} : await fetch(url).then((answer) => answer.json(), () => ({}));
  for (const word of waiting ? strip.querySelectorAll("[data-waits]") : [])
    if (!waiting.includes(word.dataset.waits)) word.remove();
  return look(strip, time + 1);
}
