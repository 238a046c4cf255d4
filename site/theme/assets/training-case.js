/* git-feedback: a case, turn by turn: choose, see what the table of life says to it, then what is best, then go on. */
import { say, slot, today } from "./training-parts.js";
import { tick } from "./training-course.js";
import { remember } from "./training-record.js";

export function start(place) {
  const turns = [...place.querySelectorAll("[data-turn]")];
  const end = slot("end", place);
  let best = 0;

  function ended() {
    end.textContent = say("case-end", { right: best, all: turns.length });
    remember((record) => { record.cases[place.dataset.case] = today(); });
    tick(`case:${place.dataset.case}`);
  }

  turns.forEach((turn, n) => {
    const [judge, on, judged, verdict] = ["judge", "on", "judged", "verdict"].map((name) => slot(name, turn));
    const boxes = [...turn.querySelectorAll("input")];
    turn.hidden = n > 0;
    judged.hidden = true;
    judge.hidden = false;
    for (const box of boxes) box.hidden = false;
    judge.addEventListener("click", () => {
      const picked = boxes.find((box) => box.checked);
      verdict.hidden = false;
      if (!picked) {
        boxes[0].focus();
        return;
      }
      for (const box of boxes) {
        box.disabled = true;
        const row = judged.querySelector(`[data-verb="${CSS.escape(box.value)}"]`);
        row.dataset.verdict = box.dataset.legal ? "right" : "wrong";
      }
      if (picked.dataset.best) best += 1;
      verdict.dataset.verdict = picked.dataset.best ? "right" : "wrong";
      verdict.textContent = picked.dataset.best ? say("best-was") : picked.dataset.legal ? say("legal") : say("not-legal");
      judge.hidden = true;
      judged.hidden = false;
      judged.open = true;
      if (n + 1 < turns.length) on.hidden = false;
      verdict.focus();
      if (n + 1 === turns.length) ended();
    });
    on.addEventListener("click", () => {
      on.hidden = true;
      turns[n + 1].hidden = false;
      slot("tell", turns[n + 1]).focus();
    });
  });
}
