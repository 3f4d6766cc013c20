/* Keeps the draft of the product form on the server while its page stays open. */

let last = Promise.resolve();

export function headers(form) {
  const { draft_key: key, csrf_token: token } = form.elements;
  return { "X-Draft-Key": key.value || "none", "X-Form-Token": token?.value ?? "", Accept: "application/json" };
}

/* Gives back what the server says; throws when nothing was kept. One at a time, in the order they were asked. */
export function saveDraft(box) {
  last = last.catch(() => {}).then(() => save(box));
  return last;
}

async function save(box) {
  const form = box.querySelector("form");
  const body = new FormData(form);
  body.set("do", "save");
  const answer = await fetch(form.action, { method: "POST", body, headers: headers(form) });
  const draft = await answer.json();
  if (!answer.ok) throw new Error(draft.error);
  form.action = draft.edit;
  form.elements.version.value = draft.version;
  box.dataset.photos = draft.photos;
  history.replaceState(null, "", draft.edit); // a page that the phone throws away comes back with its draft
  return draft;
}
