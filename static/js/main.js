/* Starts what a page asks for by data-behaviour; every page also works without this file. */

const SEND_AGAIN_AFTER = 10000; // ms: a lost answer must not lock the form for ever

const atOnce = {
  "error-summary": (box) => box.focus(),

  // An order was placed: what its buyer typed need not stay on the phone.
  placed: () => localStorage.removeItem("details"),

  // The number is private, so it comes apart from the page, and only to those who have a cart.
  "cart-count": async (badge) => {
    if (!/(^|; )has_cart=1/.test(document.cookie)) return;
    const answer = await fetch(badge.dataset.url, { headers: { Accept: "application/json" } }).catch(() => {});
    if (!answer?.ok) return;
    const { count } = await answer.json();
    if (!count) return;
    const words = document.createElement("span");
    words.className = "hidden";
    words.textContent = ` ${badge.dataset.label}`;
    badge.replaceChildren(String(count), words);
    badge.hidden = false;
  },
};

export async function start(element) {
  for (const name of element.dataset.behaviour.split(" ")) {
    try {
      const behave = atOnce[name] ?? (await import(`./${name}.js`)).default;
      await behave(element);
    } catch (problem) {
      console.warn(name, problem); // the page goes on as plain HTML
    }
  }
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

// A second tap on a slow network must not send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(release, SEND_AGAIN_AFTER, form);
});

// Back from the next page: the form may be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});

// What helps only in a field comes when somebody goes into it: no page waits for it.
document.addEventListener("focusin", ({ target }) => {
  const name = target.dataset.onFocus;
  if (!name) return;
  delete target.dataset.onFocus;
  import(`./${name}.js`).then((file) => file.default(target)).catch(() => {});
});

document.querySelectorAll("[data-behaviour]").forEach(start);
