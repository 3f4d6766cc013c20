/* What a photo looks like, before it is sent: dark, blurred, small, or nearly another one of the draft.
   The measures are those of shop/core/looks.py; their limits come with the page. */

const SIDE = 320; // px of the longer side at which all is measured
const DARK_LUMA = 64;
const GRID = 32;
const LOW = 8;
const FLAT = 6;
const BLANK = 1;
const rows = (valueAt) => Array.from({ length: GRID }, (_, place) => valueAt(place));
const WAVES = Array.from({ length: LOW + 1 }, (_, u) => rows((x) => Math.cos((Math.PI * (2 * x + 1) * u) / (2 * GRID))));

/* Gives {hints, likeness}: names of sentences, and 64 bits as 0 and 1, "" for a blank or unreadable photo. */
export async function looksOf(blob, limits, others) {
  try {
    const picture = await createImageBitmap(blob);
    const longest = Math.max(picture.width, picture.height);
    const grey = drawn(picture, Math.round((picture.width * SIDE) / longest), Math.round((picture.height * SIDE) / longest));
    const likeness = hashOf(grey);
    picture.close();
    const dark = (100 * grey.luma.filter((luma) => luma < DARK_LUMA).length) / grey.luma.length >= limits.dark;
    const hints = [
      dark && "dark",
      !dark && sharpness(grey) < limits.sharp && "blurred",
      longest < limits.small && "small",
      likeness && others.some((other) => other.likeness && apart(likeness, other.likeness) <= limits.near) && "near",
    ];
    return { hints: hints.filter(Boolean), likeness };
  } catch {
    return { hints: [], likeness: "" }; // what this browser cannot open the market looks at
  }
}

function drawn(picture, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.max(1, width), height: Math.max(1, height) });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high"; // the mean of what falls together, not every fifth pixel
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const luma = new Float32Array(canvas.width * canvas.height);
  for (let at = 0; at < luma.length; at++) luma[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
  return { width: canvas.width, height: canvas.height, luma };
}

function sharpness(grey) {
  const coarse = edges(halved(grey));
  return coarse < BLANK ? 0 : (100 * edges(grey)) / coarse;
}

/* The standard deviation of the Laplacian. */
function edges({ width, height, luma }) {
  const found = [];
  for (let y = 1; y < height - 1; y++)
    for (let at = y * width + 1; at < y * width + width - 1; at++)
      found.push(luma[at - 1] + luma[at + 1] + luma[at - width] + luma[at + width] - 4 * luma[at]);
  return deviation(found);
}

function halved({ width, height, luma }) {
  const [wide, high] = [width >> 1, height >> 1];
  const half = new Float32Array(wide * high);
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) {
      const at = 2 * y * width + 2 * x;
      half[y * wide + x] = (luma[at] + luma[at + 1] + luma[at + width] + luma[at + width + 1]) / 4;
    }
  return { width: wide, height: high, luma: half };
}

function deviation(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 0;
}

/* The means of 32 x 32 fields. */
function gridOf({ width, height, luma }) {
  const [sums, counts] = [new Float32Array(GRID * GRID), new Float32Array(GRID * GRID)];
  for (let at = 0; at < luma.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const field = Math.floor((y * GRID) / height) * GRID + Math.floor((x * GRID) / width);
    sums[field] += luma[at];
    counts[field] += 1;
  }
  return sums.map((sum, field) => sum / (counts[field] || 1));
}

/* The signs of the lowest waves around their median. */
function hashOf(grey) {
  const luma = gridOf(grey);
  if (deviation(luma) < FLAT) return "";
  const across = WAVES.map((wave) => rows((y) => added(wave, (x) => luma[y * GRID + x])));
  const waves = [];
  for (let v = 0; v < LOW; v++)
    for (let u = 0; u <= LOW; u++) if (u || v) waves.push(added(WAVES[v], (y) => across[u][y]));
  waves.length = LOW * LOW;
  const middle = [...waves].sort((a, b) => a - b)[waves.length / 2];
  return waves.map((sum) => (sum >= middle ? 1 : 0)).join("");
}

const added = (wave, valueAt) => wave.reduce((sum, factor, place) => sum + factor * valueAt(place), 0);
const apart = (one, other) => [...one].filter((bit, place) => bit !== other[place]).length;
