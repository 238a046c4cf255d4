/* git-feedback: the certificate, and the ways to hand a pass over: each is an address or a file that the person opens. */
import { dayInWords, download, element, fetched, language, monthsLater, place, say, slot } from "./training-parts.js";
import { passOf, remember, settle } from "./training-record.js";

const { query } = window.fbAddress;
const PERSON = /^[a-z0-9.-]{1,40}$/;

/** The file of a pass, as the desk reads it. */
function passFile(id, course, person, pass) {
  const articles = Object.entries(pass.articles || {}).filter(([, version]) => Number.isInteger(version)).sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    `id: ${id}`, `person: ${person}`, `course: ${course}`, `version: ${pass.version}`, `passed: ${pass.day}`, `score: ${pass.score}`,
    ...(articles.length ? ["articles:", ...articles.map(([name, version]) => `  ${name}: ${version}`)] : []), "",
  ].join("\n");
}

/** GitHub fills the field of the form for passes; other hosts take the whole text. */
function issue({ host, repository, form, field }, title, text) {
  if (host === "github") return `${repository}/issues/new?${query([["template", form], ["title", title], [field, text]])}`;
  const body = `\`\`\`yaml\n${text}\`\`\`\n`;
  if (host === "gitlab") return `${repository}/-/issues/new?${query([["issue[title]", title], ["issue[description]", body]])}`;
  return `${repository}/issues/new?${query([["title", title], ["body", body]])}`;
}

function way(name, address) {
  const row = place.querySelector(`[data-way="${name}"]`);
  row.hidden = !address;
  if (address) row.querySelector("a").href = address;
  return row.querySelector("a");
}

/** Everything that hands the pass of a person over. */
function hand(course, person, pass, title) {
  const id = `T-${pass.day.slice(2).replaceAll("-", "")}-${person}-${course}`;
  const { host, new: newFile, mail, folder } = place.dataset;
  const name = `${folder}${id}.yml`;
  const text = passFile(id, course, person, pass);
  way("new", newFile && `${newFile}?${query([["filename", name], ["value", text]])}`);
  way("issue", host && issue(place.dataset, `${title} ${id}`, text));
  way("mail", `mailto:${mail}?${query([["subject", `${title} ${id}`], ["body", text]])}`);
  download(way("download", "#h-hand"), `${id}.yml`, text, "application/yaml");
  place.querySelector(".fb-cmd code").textContent = `${place.dataset.command} ${id}.yml`;
  slot("file-name").textContent = name;
  slot("file").textContent = text;
}

/** What is still to be done for a certificate. */
function open(course, record) {
  slot("open").hidden = false;
  if (!course) {
    slot("open-said").textContent = say("not-yet");
    return;
  }
  const left = course.quizzes.filter((quiz) => !passOf(record, quiz.id)).length;
  slot("open-said").textContent = say("steps-open", { name: course.title, many: left });
  slot("open-course").href = `${course.id}.html`;
}

export async function start() {
  const found = await fetched(`${language}/courses.json`);
  if (!found) return;
  const record = settle(found.courses);
  const passed = Object.keys(record.courses).filter((id) => found.courses[id]);
  const wanted = new URLSearchParams(location.search).get("course") || passed.at(-1) || "";
  const course = Object.hasOwn(found.courses, wanted) ? { ...found.courses[wanted], id: wanted } : null;
  const pass = course && record.courses[wanted];
  slot("listed").hidden = true;
  if (!pass) {
    open(course, record);
    return;
  }
  const [name, person] = [slot("name"), slot("person")];
  name.value = record.name;
  if ([...person.options].some((one) => one.value === record.person)) person.value = record.person;
  for (const [fact, value] of [["course", course.title], ["version", String(pass.version)], ["day", dayInWords(pass.day)], ["score", `${pass.score} %`], ["due", dayInWords(monthsLater(pass.day, course.months))]]) {
    slot(`shown-${fact}`).replaceChildren(element("bdi", {}, value));
  }
  function show() {
    slot("shown-name").textContent = name.value.trim() || say("name-missing");
    const known = PERSON.test(person.value);
    slot("ways").hidden = !known;
    slot("no-person").hidden = known;
    if (known) hand(wanted, person.value, pass, course.title);
  }
  name.addEventListener("input", () => {
    remember((kept) => { kept.name = name.value.trim(); });
    show();
  });
  person.addEventListener("change", () => {
    const chosen = person.selectedOptions[0];
    if (chosen.value && !name.value.trim()) name.value = chosen.textContent.replace(` (${chosen.value})`, "").trim();
    remember((kept) => {
      kept.person = person.value;
      kept.name = name.value.trim();
    });
    show();
  });
  slot("ready").hidden = false;
  show();
}
