/* A photo fit for a weak signal: small, turned upright, without the camera's notes. */

const LONGEST = 1600; // px; the market keeps no more
const SHARP = [0.75, 0.6, 0.45]; // one after the other, until it is light enough
const LIGHT = 300_000; // bytes: three photos within a megabyte

/* A photo no larger than the market keeps, without what the camera wrote about place and time. */
export async function smaller(file) {
  try {
    const wanted = file.size > 2_000_000 ? { resizeWidth: LONGEST, resizeQuality: "medium" } : {}; // never large twice
    const picture = await createImageBitmap(file, { imageOrientation: "from-image", ...wanted });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const size = { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
    const canvas = Object.assign(document.createElement("canvas"), size);
    canvas.getContext("2d").drawImage(picture, 0, 0, size.width, size.height);
    picture.close();
    let blob;
    for (const quality of SHARP) {
      blob = await new Promise((done) => canvas.toBlob(done, "image/webp", quality));
      if (blob.type !== "image/webp") blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob.size <= LIGHT) break;
    }
    return blob;
  } catch {
    return file; // HEIC and other things this browser cannot open: the market can
  }
}

/* Hex SHA-256 of a file; "" where the browser gives none. */
export async function digestOf(blob) {
  if (!crypto.subtle) return ""; // no HTTPS, so a test at home
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
