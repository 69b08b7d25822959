"use strict";
const filters = document.querySelector(".filters");
const steps = [...document.querySelectorAll(".step")];
const [text, kind, status, shown] = ["text", "kind", "status", "shown"].map((id) => document.getElementById(id));

function filter() {
  const wanted = text.value.trim().toLowerCase();
  let count = 0;
  for (const step of steps) {
    const fits =
      (!kind.value || step.dataset.kind === kind.value) &&
      (!status.value || step.dataset.status === status.value) &&
      (!wanted || step.textContent.toLowerCase().includes(wanted));
    step.hidden = !fits;
    count += fits;
  }
  shown.textContent = count === steps.length ? "" : `${count} of ${steps.length} steps`;
}

let timer;
text.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(filter, 150);
});
kind.addEventListener("change", filter);
status.addEventListener("change", filter);
filters.hidden = steps.length < 2;
