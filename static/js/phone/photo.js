/* A form with one photo: it leaves the phone small. Sent before that is done, it goes as it is. */

import { smaller } from "./shrink.js";

const LIGHT = 300_000; // bytes

export default function photo(form) {
  const field = form.querySelector("[type=file]");
  field.addEventListener("change", async () => {
    const [file] = field.files;
    if (!file || file.size <= LIGHT) return;
    const blob = await smaller(file);
    if (blob.size >= file.size || field.files[0] !== file) return;
    const files = new DataTransfer();
    files.items.add(new File([blob], file.name, { type: blob.type }));
    field.files = files.files;
  });
}
