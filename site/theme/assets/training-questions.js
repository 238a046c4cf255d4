/* git-feedback: one question on the page: what to press, and what an answer is worth.
 *
 * `ask(question, random)` gives { parts, answered }: elements for the form, and a function that tells what was answered:
 * null while nothing was, else { right, shown } where `shown` are elements that explain it, `given` and `wanted` words. */
import { element, say, worded } from "./training-parts.js";
import { mixed, shuffled } from "./training-shuffle.js";

let number = 0;

function chosen(question, random) {
  number += 1;
  const kind = question.kind === "single" ? "radio" : "checkbox";
  const rows = shuffled(question.choices, random).map((choice, n) => {
    const box = element("input", { type: kind, name: `fb-choice-${number}`, id: `fb-choice-${number}-${n}` });
    const label = element("label", { for: box.id }, box, element("span", {}, worded(choice.say)));
    return { choice, box, label };
  });
  function answered() {
    const picked = rows.filter(({ box }) => box.checked);
    if (!picked.length) return null;
    const right = rows.every(({ box, choice }) => box.checked === choice.right);
    for (const { box, label, choice } of rows) {
      box.disabled = true;
      const verdict = choice.right ? say(box.checked ? "right-one" : "missed") : box.checked ? say("not-right") : "";
      if (!verdict && !(box.checked && choice.why)) continue;
      label.dataset.verdict = choice.right ? "right" : "wrong";
      label.append(element("span", { class: "fb-sub" }, verdict ? element("strong", {}, verdict) : "", (box.checked || choice.right) && choice.why ? worded(choice.why) : ""));
    }
    const named = (some) => some.map(({ choice }) => choice.say).join(" · ");
    return { right, given: named(picked), wanted: named(rows.filter(({ choice }) => choice.right)), shown: [] };
  }
  return { parts: [element("div", { class: "fb-choices" }, ...rows.map(({ label }) => label))], answered };
}

function ordered(question, random) {
  let now = mixed(question.steps, random);
  const list = element("ol", { class: "fb-ordering" });
  const said = element("p", { class: "fb-vh", role: "status" });
  let open = true;
  function draw() {
    list.replaceChildren(...now.map((step, n) => {
      const button = (by, code, sign) => element("button", { type: "button", class: "fb-button", "data-by": by, "aria-label": say(code, { name: step }), "aria-disabled": open && now[n + by] !== undefined ? "" : "true" }, sign);
      return element("li", {}, element("span", {}, worded(step)), open ? element("span", { class: "fb-press" }, button(-1, "move-up", "↑"), button(1, "move-down", "↓")) : "");
    }));
  }
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !open || button.getAttribute("aria-disabled") === "true") return;
    const at = [...list.children].indexOf(button.closest("li"));
    const to = at + Number(button.dataset.by);
    [now[at], now[to]] = [now[to], now[at]];
    draw();
    list.children[to].querySelector(`[data-by="${button.dataset.by}"]`).focus();
    said.textContent = say("moved", { name: now[to], number: to + 1, all: now.length });
  });
  draw();
  function answered() {
    open = false;
    draw();
    const right = now.every((step, n) => step === question.steps[n]);
    const wanted = element("ol", { class: "fb-ways" }, ...question.steps.map((step) => element("li", {}, worded(step))));
    const shown = right ? [] : [element("p", {}, element("strong", {}, say("right-answer"))), wanted];
    return { right, given: now.join(" → "), wanted: question.steps.join(" → "), shown };
  }
  return { parts: [list, said], answered };
}

function written(question) {
  number += 1;
  const field = element("textarea", { class: "fb-input", id: `fb-free-${number}`, rows: "4", "aria-label": say("your-answer") });
  return {
    parts: [element("p", { class: "fb-hush" }, say("free-hint")), field],
    button: say("show-answer"),
    judges: true,
    answered() {
      if (!field.value.trim()) return null;
      field.readOnly = true;
      const points = question.look_for.map((point) => element("li", {}, element("label", { class: "fb-check" }, element("input", { type: "checkbox" }), element("span", {}, worded(point)))));
      const shown = [
        element("h3", {}, say("model-answer")), element("p", {}, worded(question.answer)),
        element("h3", {}, say("look-for")), element("ul", { class: "fb-checks" }, ...points),
      ];
      return { right: false, given: field.value.trim(), wanted: question.answer, shown };
    },
  };
}

export function ask(question, random) {
  if (question.kind === "order") return ordered(question, random);
  return question.kind === "free" ? written(question) : chosen(question, random);
}
