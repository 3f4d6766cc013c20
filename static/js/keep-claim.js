/* While an officer still reads or types, what he works on stays his: renewed before the quarter of an hour is over. */

const EVERY = 5 * 60 * 1000; // ms; the lease is 15 minutes

export default function keepClaim(form) {
  let worked = Date.now();
  const work = () => (worked = Date.now());
  for (const kind of ["input", "scroll", "pointerdown", "keydown"]) document.addEventListener(kind, work, { passive: true });
  const timer = setInterval(() => {
    if (!form.isConnected) return clearInterval(timer); // the next goods took its place
    if (document.hidden || Date.now() - worked > EVERY) return;
    const body = new FormData(form);
    body.set("claim", "keep");
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {}); // without a network it runs out
  }, EVERY);
}
