/* git-feedback: classify this item.  What the desk settled is the truth; urgency and impact count half when they are one off. */
import { element, fetched, place, say, slot, today } from "./training-parts.js";
import { tick } from "./training-course.js";
import { remember } from "./training-record.js";
import { chance, seedOf, shuffled } from "./training-shuffle.js";

const USUAL = 5;
const FIELDS = ["category", "urgency", "impact"];

/** 1 for the same, half for one step beside it, else nothing; a category is right or it is not. */
function worth(name, given, truth) {
  if (given === String(truth)) return 1;
  return name !== "category" && Math.abs(Number(given) - truth) === 1 ? 0.5 : 0;
}

export async function start() {
  const player = slot("player");
  const found = player && await fetched("drill.json");
  if (!found) return;
  const asked = Number(new URLSearchParams(location.search).get("n"));
  const many = Math.min(found.items.length, asked >= 3 && asked <= 20 ? Math.floor(asked) : USUAL);
  const items = shuffled(found.items, chance(seedOf(location.search))).slice(0, many);
  const [judge, on, verdict] = ["judge", "on", "verdict"].map((name) => slot(name, player));
  const boxes = FIELDS.map((name) => slot(name, player));
  const named = (box, value) => [...box.options].find((one) => one.value === String(value))?.textContent || String(value);
  let at = 0;
  let points = 0;

  function show() {
    const item = items[at];
    slot("place").textContent = say("item-of", { number: at + 1, all: many });
    slot("title").textContent = item.title;
    slot("text").textContent = item.text;
    slot("text").hidden = !item.text;
    slot("text").lang = item.language === "zh" ? "zh-CN" : item.language;
    for (const box of boxes) {
      box.value = "";
      box.disabled = false;
    }
    judge.hidden = false;
    on.hidden = verdict.hidden = true;
    if (at) document.getElementById("h-item").focus();
  }

  function judged() {
    slot("missing").textContent = boxes.every((box) => box.value) ? "" : say("choose-all");
    if (slot("missing").textContent) {
      boxes.find((box) => !box.value).focus();
      return;
    }
    const item = items[at];
    const rows = FIELDS.map((name, n) => {
      const got = worth(name, boxes[n].value, item[name]);
      points += got;
      boxes[n].disabled = true;
      const said = say(got === 1 ? "is-right" : got ? "is-near" : "is-wrong");
      return element("li", { "data-verdict": got === 1 ? "right" : got ? "near" : "wrong" }, element("strong", {}, said), " ", say("truth", { name: say(name), truth: named(boxes[n], item[name]) }));
    });
    const level = (urgency, impact) => found.matrix[urgency - 1][impact - 1];
    const [yours, desks] = [level(Number(boxes[1].value), Number(boxes[2].value)), level(item.urgency, item.impact)];
    verdict.replaceChildren(element("ul", { class: "fb-judged" }, ...rows), element("p", {}, say("level-yours", { level: yours, truth: desks })));
    verdict.hidden = false;
    judge.hidden = true;
    on.hidden = at + 1 >= many;
    verdict.focus();
    if (on.hidden) ended();
  }

  function ended() {
    const score = Math.round(100 * points / (many * FIELDS.length));
    verdict.append(element("p", { "data-slot": "score" }, element("strong", {}, say("drill-result", { all: many, score }))));
    remember((record) => { record.drills = [...record.drills, { day: today(), items: many, score }].slice(-20); });
    tick("drill");
  }

  judge.addEventListener("click", judged);
  on.addEventListener("click", () => {
    at += 1;
    show();
  });
  slot("listed").hidden = true;
  player.hidden = false;
  show();
}
