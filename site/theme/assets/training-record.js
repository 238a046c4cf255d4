/* git-feedback: what this browser remembers of somebody's training, under one key with a version; it never leaves by itself. */
import { download, say, slot, today } from "./training-parts.js";

const VERSION = 1;
const KEY = `git-feedback.training.${VERSION} ${new URL("../", window.fb.top).pathname}`;

const empty = () => ({ version: VERSION, name: "", person: "", ticks: {}, quizzes: {}, articles: {}, courses: {}, cases: {}, drills: [] });

const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** What is remembered; something else under the key is as good as nothing. */
export function remembered() {
  const made = empty();
  let found = null;
  try {
    found = JSON.parse(localStorage.getItem(KEY) || "null");
  } catch (unreadable) { /* a browser that keeps nothing, or a text that is no record */ }
  if (!isMap(found) || found.version !== VERSION) return made;
  for (const name of Object.keys(made)) {
    const same = Array.isArray(made[name]) ? Array.isArray(found[name]) : isMap(made[name]) ? isMap(found[name]) : typeof found[name] === typeof made[name];
    if (same) made[name] = found[name];
  }
  return made;
}

/** Changes what is remembered, as it stands now: another page of the site may have written meanwhile. */
export function remember(change) {
  const record = remembered();
  change(record);
  try {
    localStorage.setItem(KEY, JSON.stringify(record));
  } catch (refused) { /* a browser that keeps nothing, or is full: the page goes on without */ }
  return record;
}

/** Whether a quiz has been passed; a pass of an older version counts until the course is due again. */
export const passOf = (record, quiz) => (isMap(record.quizzes[quiz]) && isMap(record.quizzes[quiz].pass) ? record.quizzes[quiz].pass : null);

/** What every course of the site comes to: those all of whose quizzes are passed are passed. */
export function settle(courses) {
  return remember((record) => {
    for (const [id, course] of Object.entries(courses)) {
      const passes = course.quizzes.map((quiz) => passOf(record, quiz.id));
      const ticked = record.ticks[id] || {};
      const complete = course.whole && (passes.length ? passes.every(Boolean) : course.steps.every((step) => ticked[step]));
      if (!complete) continue;
      const day = passes.map((pass) => pass.day).sort().at(-1) || today();
      if (record.courses[id] && (record.courses[id].day >= day || !passes.length)) continue;
      const [right, of] = ["right", "of"].map((name) => passes.reduce((sum, pass) => sum + pass[name], 0));
      record.courses[id] = { day, version: course.version, score: of ? Math.round(100 * right / of) : 100, articles: course.articles };
    }
  });
}

/** The buttons that hand the record out, and that forget it: the second press does it. */
export function keeping(place) {
  const box = place.querySelector("[data-fb-training-keeping]");
  if (!box) return;
  const out = slot("export", box);
  const forget = slot("clear", box);
  const name = forget.textContent;
  box.hidden = false;
  const write = () => download(out, "training.json", `${JSON.stringify(remembered(), null, 2)}\n`, "application/json");
  for (const event of ["click", "auxclick"]) out.addEventListener(event, write);
  write();
  forget.addEventListener("click", () => {
    if (forget.dataset.asked !== "1") {
      forget.dataset.asked = "1";
      forget.textContent = say("really-clear");
      return;
    }
    try { localStorage.removeItem(KEY); } catch (refused) { /* then there was nothing to forget */ }
    forget.dataset.asked = "";
    forget.textContent = name;
    slot("keeping-said", place).textContent = say("cleared");
  });
  forget.addEventListener("blur", () => {
    forget.dataset.asked = "";
    forget.textContent = name;
  });
}
