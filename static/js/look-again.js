/* Loads a waiting page again, ever more slowly; without scripts the page does it itself. */

const TRIES = 20;

export default function lookAgain(box) {
  const key = `look-again ${location.pathname}`;
  const tries = Number(sessionStorage.getItem(key) ?? 0) + 1;
  if (tries > TRIES) return;
  sessionStorage.setItem(key, String(tries));
  setTimeout(() => location.reload(), Number(box.dataset.seconds) * 1000 * Math.sqrt(tries));
}
