/* git-feedback: how far somebody is: ticks on a course's steps, and the state of each course in the list. */
import { dayInWords, fetched, language, monthsLater, say, slot, today } from "./training-parts.js";
import { passOf, remember, remembered, settle } from "./training-record.js";

/** The steps of a course that are done: ticked, or a quiz that is passed. */
function done(course, id, record) {
  const ticked = record.ticks[id] || {};
  return course.steps.filter((step) => (step.startsWith("quiz:") ? passOf(record, step.slice(5)) : ticked[step]));
}

/** How a course stands, in one line. */
function standing(id, course, record) {
  const pass = record.courses[id];
  const many = say("done-of", { done: done(course, id, record).length, all: course.steps.length });
  if (!pass) return many;
  const due = monthsLater(pass.day, course.months);
  const again = due <= today() ? say("due-now") : say("due-again", { day: dayInWords(due) });
  return [say("passed-score", { day: dayInWords(pass.day), score: pass.score }), again].join(language === "zh" ? "" : " ");
}

function list(place, courses, record) {
  for (const row of place.querySelectorAll("[data-course]")) {
    const course = courses[row.dataset.course];
    const started = course && (record.courses[row.dataset.course] || done(course, row.dataset.course, record).length);
    if (started) slot("progress", row).textContent = standing(row.dataset.course, course, record);
  }
}

function steps(place, courses) {
  const id = place.dataset.course;
  const course = courses[id];
  if (!course) return;
  function show(record) {
    slot("progress").textContent = standing(id, course, record);
    slot("certificate").classList.toggle("fb-button--main", Boolean(record.courses[id]));
    for (const row of place.querySelectorAll("[data-step]")) {
      if (row.dataset.kind !== "quiz") continue;
      const pass = passOf(record, row.dataset.step.slice(5));
      row.querySelector("input").checked = Boolean(pass);
      slot("state", row).textContent = pass ? say("passed-on", { day: dayInWords(pass.day), score: pass.score }) : say("not-passed");
    }
  }
  for (const row of place.querySelectorAll("[data-step]")) {
    const box = row.querySelector("input");
    if (row.dataset.kind === "quiz") box.disabled = true;       // a quiz is ticked by passing it
    box.hidden = false;
    box.checked = Boolean((remembered().ticks[id] || {})[row.dataset.step]);
    box.addEventListener("change", () => {
      remember((record) => {
        record.ticks[id] = { ...record.ticks[id], [row.dataset.step]: box.checked };
      });
      show(settle(courses));
    });
  }
  show(settle(courses));
}

export async function start(place) {
  const found = await fetched(`${language}/courses.json`);
  if (!found) return;
  if (place.dataset.fbTraining === "course") steps(place, found.courses);
  else list(place, found.courses, settle(found.courses));
}

/** Ticks a step in every course that has it: a case told to its end, a drill done. */
export async function tick(step) {
  const found = await fetched(`${language}/courses.json`);
  if (!found) return;
  remember((record) => {
    for (const [id, course] of Object.entries(found.courses)) if (course.steps.includes(step)) record.ticks[id] = { ...record.ticks[id], [step]: true };
  });
  settle(found.courses);
}
