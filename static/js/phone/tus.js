/* Sends a file in pieces and goes on where it was cut: tus 1.0.0, creation and resumption. */

const PIECE = 256 * 1024; // bytes: what a cut can cost

export class Stopped extends Error {} // message: offline, signedOut, closed or busy; everything waits
export class Refused extends Error {} // message: a sentence of the market; only this one waits for somebody

/* Gives a fetch that says whose draft it speaks for, and throws what its answer means for the others that wait. */
export function caller(key, owner) {
  const own = { "X-Draft-Key": key, "X-Owner": owner, "Tus-Resumable": "1.0.0", Accept: "application/json" };
  return async (url, method, headers, body, expected = []) => {
    const json = typeof body === "string" ? { "Content-Type": "application/json" } : {};
    const answer = await fetch(url, { method, body, headers: { ...own, ...json, ...headers } }).catch(() => null);
    if (!answer) throw new Stopped("offline");
    if (answer.ok || expected.includes(answer.status)) return answer;
    if (answer.status === 401) throw new Stopped("signedOut");
    if (answer.status === 403) throw new Stopped("closed");
    if (answer.status === 429 || answer.status >= 500) throw new Stopped("busy");
    const { error } = await answer.json().catch(() => ({}));
    throw Object.assign(new Refused(error ?? ""), { status: answer.status });
  };
}

/* Sends `blob` and gives its digest at the market. `meta`: draft, for, kind, slot, place, sha256; `url`: where an
   earlier try began, or ""; `kept({url})` is called once there is such an address; `call` comes from caller(). */
export async function sendFile(blob, meta, url, kept, call) {
  let answer = url ? await call(url, "HEAD", {}, undefined, [404, 410]) : null;
  if (!answer?.ok) {
    const pairs = Object.entries(meta).map(([name, value]) => `${name} ${btoa(value)}`);
    answer = await call("/my/uploads", "POST", { "Upload-Length": blob.size, "Upload-Metadata": pairs.join(",") });
    url = answer.headers.get("Location");
    await kept({ url });
  }
  let offset = Number(answer.headers.get("Upload-Offset"));
  while (offset < blob.size) {
    const piece = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
    answer = await call(url, "PATCH", piece, blob.slice(offset, offset + PIECE), [409]);
    if (answer.status === 409) answer = await call(url, "HEAD", {}); // the answer to an earlier piece was lost
    offset = Number(answer.headers.get("Upload-Offset"));
  }
  const digest = answer.headers.get("Upload-Result");
  if (digest) return digest;
  const told = await (await call(url, "GET", {})).json(); // all came, and the market cannot show it (yet)
  if (!told.digest) throw new Refused(told.error);
  return told.digest;
}
