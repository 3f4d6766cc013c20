/* The goods looked at last, kept on this phone only: noted on their page, shown where the cart is empty. */

const NAME = "seen";
const MOST = 6;

export default function seenGoods(place) {
  const seen = kept();
  if (place.dataset.name) note(place, seen);
  else if (seen.length) show(place, seen);
}

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME));
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

function note({ dataset: { name, picture = "" } }, seen) {
  const one = { path: location.pathname, name, picture };
  const others = seen.filter(({ path }) => path !== one.path);
  try {
    localStorage.setItem(NAME, JSON.stringify([one, ...others].slice(0, MOST)));
  } catch {
    // no room, or not allowed
  }
}

function show(place, seen) {
  const [list, button] = [place.querySelector("ul"), place.querySelector("button")];
  const made = (kind, about) => Object.assign(document.createElement(kind), about);
  for (const { path, name, picture } of seen) {
    const link = made("a", { href: path, textContent: name });
    const item = made("li");
    if (picture) item.append(made("img", { src: picture, alt: "", width: 64, height: 64, loading: "lazy" }));
    item.append(link);
    list.append(item);
  }
  button.addEventListener("click", () => {
    localStorage.removeItem(NAME);
    place.hidden = true;
  });
  place.hidden = false;
}
