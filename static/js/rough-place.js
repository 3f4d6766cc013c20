/* Puts the position into a form when somebody taps for it, rounded to a hundredth of a degree: about a kilometre. */

export default function roughPlace(place) {
  const [input, button, status] = ["input", "button", "[role=status]"].map((what) => place.querySelector(what));
  if (!navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        input.value = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(2)).join();
        status.textContent = place.dataset.done;
      },
      () => (status.textContent = place.dataset.failed),
      { maximumAge: 600_000, timeout: 15_000 },
    ),
  );
}
