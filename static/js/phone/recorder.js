/* What the microphone hears, as Opus, at most a minute. */

export const MOST = 60; // s
const BITS = 24_000; // a second: a minute weighs 180 KB, and the market takes 250

/* Records `type` until `stop` or a minute is over; `count` is told the seconds four times each. Gives {stop, over}; `over`
   comes to {blob, seconds}. Throws what the browser throws where there is no microphone, or nobody allows it. */
export async function record(type, count) {
  const sound = { channelCount: 1, noiseSuppression: true, autoGainControl: true };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: sound });
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS });
  const pieces = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  const stopped = new Promise((done) => recorder.addEventListener("stop", done));
  const began = performance.now();
  const spoken = () => Math.min(MOST, (performance.now() - began) / 1000);
  const stop = () => recorder.state === "recording" && recorder.stop();
  recorder.start(1000);
  const timers = [setInterval(() => count(spoken()), 250), setTimeout(stop, MOST * 1000)];
  return { stop, over: stopped.then(end) };

  function end() {
    timers.forEach(clearInterval);
    for (const track of stream.getTracks()) track.stop();
    return { blob: new Blob(pieces, { type }), seconds: Math.max(1, Math.round(spoken())) };
  }
}
