// The board by drag: dropping a card on a lane sends the form of its own Move menu, which works without this file.
const lanes = document.querySelectorAll("[data-lane]");
let held = null;

document.querySelectorAll("[data-card]").forEach((card) => {
  if (!card.querySelector("form")) return;
  card.draggable = true;
  card.addEventListener("dragstart", (event) => { held = card; event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", ""); });
  card.addEventListener("dragend", () => { held = null; });
});

lanes.forEach((lane) => {
  lane.addEventListener("dragover", (event) => { if (held && held.dataset.stage !== lane.dataset.lane) event.preventDefault(); });
  lane.addEventListener("drop", (event) => {
    event.preventDefault();
    const choice = held?.querySelector(`input[name="to"][value="${lane.dataset.lane}"]`);
    if (!choice) return;
    choice.checked = true;
    choice.form.requestSubmit();
  });
});
