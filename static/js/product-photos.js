/* Photos of the product form: made smaller here, sent one by one, moved and deleted without leaving the page. */

import { headers, saveDraft } from "./product-draft.js";

const LONGEST = 1600; // px; the server keeps no more
const SMALL_ENOUGH = 700_000; // bytes

export default function productPhotos(box) {
  const form = box.querySelector("form");
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const [strip, status, picker, send] = ["strip", "status", "picker", "send"].map(part);
  const input = picker.querySelector("input");
  let busy = null;

  picker.hidden = false;
  for (const element of box.querySelectorAll(".without-script")) element.hidden = true;
  send.value = "send";
  send.textContent = send.dataset.label;
  unhide();

  // Phones with little memory throw the page away while the camera is in front: keep the text first.
  input.addEventListener("click", () => saveDraft(box).catch(() => {}));
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    run(() => sendAll(files));
  });
  strip.addEventListener("click", ({ target }) => {
    const { post: url, ...fields } = target.closest("[data-post]")?.dataset ?? {};
    if (url) run(async () => say(await post(url, fields)));
  });
  // Nothing is sent for review while a photo is still on its way.
  form.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    busy.finally(() => form.requestSubmit(event.submitter));
  });

  function run(work) {
    const mine = (busy ?? Promise.resolve()).then(work).catch(() => say(box.dataset.notKept));
    busy = mine;
    mine.finally(() => {
      if (busy === mine) busy = null;
    });
  }

  async function sendAll(files) {
    await saveDraft(box);
    const problems = new Set();
    for (const [number, file] of files.entries()) {
      say(box.dataset.sending.replace("NUMBER", number + 1).replace("TOTAL", files.length));
      if (strip.querySelectorAll("li").length >= Number(box.dataset.most)) {
        problems.add(box.dataset.tooMany);
        break;
      }
      const problem = await post(box.dataset.photos, { photo: await smaller(file) }).catch(() => box.dataset.notSent);
      if (problem) problems.add(problem);
    }
    say([...problems].join(" "));
  }

  async function post(url, fields) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const answer = await fetch(url, { method: "POST", body, headers: headers(form) });
    const { strip: markup, error } = await answer.json();
    if (markup !== undefined) strip.innerHTML = markup;
    unhide();
    return error;
  }

  function unhide() {
    for (const button of strip.querySelectorAll("[data-post]")) button.hidden = false;
  }

  function say(sentence) {
    status.textContent = sentence ?? "";
  }
}

async function smaller(file) {
  if (file.size < SMALL_ENOUGH) return file;
  try {
    const wanted = { imageOrientation: "from-image", resizeWidth: LONGEST, resizeQuality: "medium" };
    const picture = await createImageBitmap(file, wanted);
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
    canvas.getContext("2d").drawImage(picture, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/webp", 0.8));
    return blob?.type === "image/webp" && blob.size < file.size ? new File([blob], "photo.webp") : file;
  } catch {
    return file; // HEIC and other things this browser cannot open: the server can
  }
}
