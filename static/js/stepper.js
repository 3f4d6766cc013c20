/* Minus and plus beside a number field. Without scripts the field alone does the work; until they run, their place is kept. */

export default function stepper(box) {
  const field = box.querySelector("input");
  const less = box.querySelector("[data-part=less]");
  const more = box.querySelector("[data-part=more]");

  function show() {
    const value = Number(field.value);
    less.setAttribute("aria-disabled", String(field.min !== "" && value <= Number(field.min)));
    more.setAttribute("aria-disabled", String(field.max !== "" && value >= Number(field.max)));
  }

  function move(button, way) {
    button.addEventListener("click", () => {
      const before = field.value;
      way === "up" ? field.stepUp() : field.stepDown();
      show();
      if (field.value !== before) field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  box.dataset.on = "";
  move(less, "down");
  move(more, "up");
  field.addEventListener("input", show);
  show();
}
