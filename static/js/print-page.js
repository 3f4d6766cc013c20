/* A button for the printer, where there are scripts; else the browser's own menu prints. */

export default (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
};
