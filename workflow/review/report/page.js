"use strict";
const boxes = [...document.querySelectorAll(".filters input")];

function show() {
  const levels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  for (const finding of document.querySelectorAll(".finding")) {
    finding.hidden = !levels.has(finding.dataset.level);
  }
  for (const group of document.querySelectorAll(".group")) {
    group.hidden = !group.querySelector(".finding:not([hidden])");
  }
}

for (const box of boxes) {
  box.addEventListener("change", show);
}
