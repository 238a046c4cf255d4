/* git-feedback: a quiz, one question after the other; and the quiz over what changed since somebody passed. */
import { articleLink, element, fetched, language, pageAt, place, say, slot, today, worded } from "./training-parts.js";
import { ask } from "./training-questions.js";
import { remember, remembered, settle } from "./training-record.js";
import { chance, mixed, SEEDS, seedOf, shuffled } from "./training-shuffle.js";

/** Asks every question in the player and calls `ended` with the answers, in the order they were asked. */
function play(player, questions, seed, ended) {
  const random = chance(seed);
  const rows = questions.length > 2 ? shuffled(questions, random) : questions.length > 1 ? mixed(questions, random) : questions;
  const answers = [];

  function next(n) {
    const question = rows[n];
    const { parts, answered, button, judges } = ask(question, random);
    const place = element("p", { class: "fb-hush fb-apart" }, element("span", {}, say("question-of", { number: n + 1, all: rows.length })), element("span", {}, say("order-is", { seed })));
    const legend = element("legend", { tabindex: "-1" }, worded(question.ask));
    const wrong = element("p", { class: "fb-wrong", role: "alert" });
    const check = element("button", { class: "fb-button fb-button--main", type: "submit" }, button || say("check"));
    const told = element("div", { class: "fb-told-answer", "aria-live": "polite" });
    const form = element("form", { class: "fb-card fb-pad fb-question", novalidate: "novalidate" }, place, element("fieldset", {}, legend, ...parts), wrong, element("div", { class: "fb-press" }, check), told);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (check.hidden) return;
      const answer = answered();
      wrong.textContent = answer ? "" : say(judges ? "write-first" : "choose-one");
      if (!answer) return;
      check.hidden = true;
      (judges ? judge : explain)(answer);
    });

    function judge(answer) {
      const buttons = [["count-right", true], ["count-wrong", false]].map(([code, right]) => {
        const made = element("button", { class: "fb-button", type: "button" }, say(code));
        made.addEventListener("click", () => {
          for (const one of buttons) one.disabled = true;
          explain({ ...answer, right, shown: [] });
        });
        return made;
      });
      const head = element("div", { tabindex: "-1" }, ...answer.shown);
      told.append(head, element("div", { class: "fb-press" }, ...buttons));
      head.focus();
    }

    function explain(answer) {
      answers.push({ question, ...answer });
      const on = element("button", { class: "fb-button fb-button--main", type: "button" }, say(n + 1 < rows.length ? "next" : "finish"));
      on.addEventListener("click", () => (n + 1 < rows.length ? next(n + 1) : ended(answers)));
      const read = articleLink(question.article);
      const verdict = element("p", { tabindex: "-1", class: "fb-verdict", "data-verdict": answer.right ? "right" : "wrong" }, element("strong", {}, say(answer.right ? "right" : "wrong")));
      told.append(verdict, ...answer.shown, question.why ? element("p", {}, worded(question.why)) : "", read ? element("p", {}, say("read-more"), read) : "", element("div", { class: "fb-press" }, on));
      verdict.focus();
    }

    player.replaceChildren(form);
    if (n || player.dataset.again) legend.focus();
  }

  next(0);
}

/** What was wrong, each with the right answer and the article to read. */
function missed(answers) {
  return element("ul", { class: "fb-missed" }, ...answers.filter((one) => !one.right).map(({ question, given, wanted }) => {
    const read = articleLink(question.article);
    return element("li", { class: "fb-card fb-pad" }, element("h3", {}, worded(question.ask)),
      element("p", {}, say("you-said"), worded(given)), element("p", {}, say("it-is"), worded(wanted)),
      question.why ? element("p", { class: "fb-hush" }, worded(question.why)) : "", read ? element("p", {}, say("read-more"), read) : "");
  }));
}

const share = (answers) => Math.round(100 * answers.filter((one) => one.right).length / answers.length);

/** A run over questions: asked, shown, counted by `keep`, and begun again in another order. */
function run({ player, questions, need, seed, keep, counts = true }) {
  const again = (some, counting) => {
    player.dataset.again = "1";
    run({ player, questions: some, need, seed: (seed + 1) % SEEDS, keep, counts: counting });
  };
  play(player, questions, seed, async (answers) => {
    const score = share(answers);
    const right = answers.filter((one) => one.right).length;
    const passed = score >= need;
    const wrong = answers.filter((one) => !one.right).map((one) => one.question);
    const links = counts ? await keep({ answers, score, right, passed }) : [];
    const heading = element("h2", { tabindex: "-1", "data-slot": "result", "data-passed": passed ? "1" : "0" }, counts ? say(passed ? "result-passed" : "result-failed") : say("practice-only"));
    const button = (code, act, main) => {
      const made = element("button", { class: `fb-button${main ? " fb-button--main" : ""}`, type: "button" }, say(code));
      made.addEventListener("click", act);
      return made;
    };
    player.replaceChildren(element("section", { class: "fb-result" }, heading,
      element("p", { role: "status" }, say("result-score", { right, all: answers.length, score, need })),
      element("p", { class: "fb-hush" }, say("order-is", { seed })),
      wrong.length ? element("h3", {}, say("to-repeat")) : element("p", {}, say("all-right")), missed(answers),
      element("div", { class: "fb-press" }, ...links, button("again", () => again(questions, counts), !passed), wrong.length ? button("again-wrong", () => again(wrong, false)) : "")));
    heading.focus();
  });
}

/** Remembers which version of an article somebody answered about. */
function readNow(record, questions, versions) {
  for (const name of new Set(questions.map((one) => one.article?.name).filter(Boolean))) {
    if (versions[name]) record.articles[name] = versions[name].version;
  }
}

/** Where to go on after a quiz: the courses that it belongs to, and the certificates that are ready. */
function onwards(courses, quiz, record, passed) {
  const found = Object.entries(courses).filter(([, course]) => course.quizzes.some((one) => one.id === quiz));
  const main = passed ? " fb-button--main" : "";
  return found.flatMap(([id, course], n) => [
    element("a", { class: `fb-button${n ? "" : main}`, href: pageAt(`training/${id}.html`) }, say("to-course", { name: course.title })),
    record.courses[id] ? element("a", { class: "fb-button", href: `${pageAt("training/certificate.html")}?course=${encodeURIComponent(id)}` }, say("to-certificate")) : "",
  ]).filter(Boolean);
}

async function quiz() {
  const [found, asked, known] = await Promise.all([fetched(`${language}/quiz-${place.dataset.quiz}.json`), fetched("articles.json"), fetched(`${language}/courses.json`)]);
  if (!found) return;
  slot("listed").hidden = true;
  slot("player").hidden = false;
  run({ player: slot("player"), questions: found.questions, need: found.need, seed: seedOf(location.search), async keep({ answers, score, right, passed }) {
    const result = { day: today(), version: found.version, score, right, of: answers.length };
    remember((record) => {
      const before = record.quizzes[found.id] || {};
      record.quizzes[found.id] = { ...before, tries: (before.tries || 0) + 1, last: { ...result, passed }, ...(passed ? { pass: result } : {}) };
      if (passed) readNow(record, found.questions, asked?.articles || {});
    });
    return onwards(known?.courses || {}, found.id, settle(known?.courses || {}), passed);
  } });
}

async function changed() {
  const asked = (await fetched("articles.json"))?.articles || {};
  const before = remembered().articles;
  const newer = Object.keys(asked).filter((name) => before[name] && asked[name].version > before[name]);
  const listed = slot("listed");
  if (!newer.length) {
    listed.textContent = say("nothing-changed");
    return;
  }
  const names = [...new Set(newer.flatMap((name) => asked[name].quizzes))];
  const quizzes = (await Promise.all(names.map((name) => fetched(`${language}/quiz-${name}.json`)))).filter(Boolean);
  const questions = quizzes.flatMap((one) => one.questions).filter((one) => newer.includes(one.article?.name));
  if (!questions.length) return;
  const articles = new Map(questions.map((one) => [one.article.name, one.article]));
  listed.hidden = true;
  slot("found").hidden = slot("player").hidden = false;
  slot("found").querySelector("ul").replaceChildren(...[...articles.values()].map((one) => element("li", {}, articleLink(one) || one.title, " ", element("span", { class: "fb-hush" }, say("version-was", { was: before[one.name], version: asked[one.name].version })))));
  run({ player: slot("player"), questions, need: Math.max(...quizzes.map((one) => one.need)), seed: seedOf(location.search), async keep({ passed }) {
    if (passed) remember((record) => readNow(record, questions, asked));
    return [];
  } });
}

export function start() {
  return place.dataset.fbTraining === "quiz" ? quiz() : changed();
}
