/* Records what a household says into the form's own file field, so that it is sent as any file. */

import { MOST, record } from "./phone/recorder.js";

const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus"];

export default function spokenYes(place) {
  const type = globalThis.MediaRecorder && TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  if (!type || !navigator.mediaDevices) return;
  const [input, audio, status] = ["input", "audio", "[role=status]"].map((what) => place.querySelector(what));
  const [start, stop] = ["record", "stop"].map((what) => place.querySelector(`[data-do=${what}]`));
  const { again, counter, busy } = place.dataset;
  let recorder;
  input.hidden = true;
  start.hidden = false;
  start.addEventListener("click", () => speak().catch(() => (status.textContent = busy)));
  stop.addEventListener("click", () => recorder.stop());

  async function speak() {
    recorder = await record(type, count);
    show(true);
    stop.focus();
    const { blob } = await recorder.over;
    const kept = new DataTransfer();
    kept.items.add(new File([blob], "yes.webm", { type: blob.type }));
    input.files = kept.files;
    audio.src = URL.createObjectURL(blob);
    audio.hidden = false;
    start.querySelector("span").textContent = again;
    status.textContent = "";
    show(false);
    audio.focus();
  }

  function show(recording) {
    start.hidden = recording;
    stop.hidden = !recording;
  }

  function count(seconds) {
    status.textContent = counter.replace("SECONDS", Math.floor(seconds)).replace("MOST", MOST);
  }
}
