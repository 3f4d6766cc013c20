/* What the market has whole goes from this phone. */

import { forget } from "./store.js";

export default (box) => forget(box.dataset.key);
