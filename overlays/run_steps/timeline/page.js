"use strict";
const [filters, text, tool, status, all, shown] = [".filters", "#text", "#tool", "#status", "#all", "#shown"].map(
  (place) => document.querySelector(place),
);
const steps = [...document.querySelectorAll(".step")];
const folds = [...document.querySelectorAll(".fold")];
const heads = [...document.querySelectorAll("summary")];

const isSeen = (head) => !head.closest("[hidden]") && !head.parentElement.parentElement.closest("details:not([open])");

function filter() {
  const wanted = text.value.trim().toLowerCase();
  let count = 0;
  for (const step of steps) {
    const fits =
      (!tool.value || step.dataset.tools.split(" ").includes(tool.value)) &&
      (!status.value || step.dataset.status === status.value) &&
      (!wanted || step.textContent.toLowerCase().includes(wanted));
    step.hidden = !fits;
    count += fits;
  }
  const isWhole = count === steps.length;
  for (const fold of folds) {
    fold.hidden = !fold.querySelector(".step:not([hidden])");
    fold.open = !isWhole && !fold.hidden;
  }
  shown.textContent = isWhole ? "" : `${count.toLocaleString("en")} of ${steps.length.toLocaleString("en")} steps`;
}

function setAll(isOpen) {
  for (const element of [...folds, ...steps]) if (!element.hidden) element.open = isOpen;
  all.textContent = isOpen ? "close all" : "open all";
}

function reveal() {
  const step = location.hash.startsWith("#step") && document.getElementById(location.hash.slice(1));
  for (let place = step; place; place = place.parentElement.closest("details")) {
    place.hidden = false;
    if ("open" in place) place.open = true;
  }
  if (step) step.previousElementSibling.focus();
}

function move(from, by) {
  let place = heads.indexOf(from);
  do place += by;
  while (heads[place] && !isSeen(heads[place]));
  heads[place]?.focus();
}

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const isTyping = event.target.matches("input, select");
  const head = event.target.closest("summary");
  if (event.key === "Escape" && event.target === text) {
    text.value = "";
    filter();
    move(null, 1);
  } else if (isTyping) return;
  else if (event.key === "/" && !filters.hidden) text.focus();
  else if (event.key === "ArrowDown") move(head, 1);
  else if (event.key === "ArrowUp") head && move(head, -1);
  else if (event.key === "ArrowRight" && head) head.parentElement.open = true;
  else if ((event.key === "ArrowLeft" || event.key === "Escape") && head) head.parentElement.open = false;
  else return;
  event.preventDefault();
}

if (filters) {
  let timer;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(filter, 150);
  });
  tool.addEventListener("change", filter);
  status.addEventListener("change", filter);
  all.addEventListener("click", () => setAll(all.textContent === "open all"));
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", reveal);
  filters.hidden = steps.length < 2;
  reveal();
}
