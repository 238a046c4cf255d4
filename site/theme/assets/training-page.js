/* git-feedback: which script a page of training takes; what each page has besides (printing, export, forgetting). */
import { keeping } from "./training-record.js";

const PARTS = {
  index: "training-course.js", course: "training-course.js", quiz: "training-quiz.js", changed: "training-quiz.js",
  case: "training-case.js", drill: "training-drill.js", certificate: "training-certificate.js",
};

export async function start(place) {
  for (const button of place.querySelectorAll("[data-fb-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  await window.fb.ready;
  const part = PARTS[place.dataset.fbTraining];
  if (part) await (await import(`./${part}`)).start(place);
  keeping(place);
  place.dataset.ready = "1";
}
