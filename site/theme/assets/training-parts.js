/* git-feedback: what the scripts of training share.  Words reach the page as text only. */

const fb = window.fb;
export const place = document.querySelector("[data-fb-training]");
const words = new Map([...place.querySelectorAll("[data-fb-training-words] dt")].map((one) => [one.textContent, one.nextElementSibling.textContent]));

/** The words for a code with {places} filled in. */
export function say(code, values = {}) {
  return (words.get(code) ?? code).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** An element with attributes and children; a text becomes a text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in { hidden: 1, checked: 1, disabled: 1 }) made[name] = value;
    else if (value !== undefined && value !== null && value !== "") made.setAttribute(name, value);
  }
  made.append(...children.filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

/** A text in which what stands between grave accents is code. */
export function worded(text) {
  const made = document.createDocumentFragment();
  String(text).split(/`([^`\n]+)`/).forEach((part, n) => part && made.append(n % 2 ? element("code", {}, part) : part));
  return made;
}

export const slot = (name, within = place) => within.querySelector(`[data-slot="${name}"]`);
export const language = place.dataset.language;

/** The address of a page, from its path below the folder of its language. */
export const pageAt = (path) => new URL(path, fb.top).href;

/** A link to an article of a question; nothing where it is not there. */
export function articleLink(article) {
  return article?.path ? element("a", { href: pageAt(article.path) }, article.title) : null;
}

/** What a file of training holds; `null` where it cannot be fetched. */
export async function fetched(name) {
  try {
    return (await fb.json(new URL(`training/${name}`, fb.api))).value;
  } catch (missing) {
    return null;
  }
}

/** Makes a link one that keeps a text as a file. */
export function download(link, name, text, type) {
  if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
}

/** The day it is at the desk, `2026-11-20`. */
export function today() {
  const clock = new Intl.DateTimeFormat("en-CA", { timeZone: place.dataset.zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return clock.format(new Date(fb.now() * 1000));
}

/** A day in words. */
export function dayInWords(day) {
  const clock = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" });
  const said = clock.format(new Date(`${day}T00:00:00Z`));
  return language === "zh" ? said.replace(/(\d+)(?=\p{Script=Han})|(\p{Script=Han})(?=\d)/gu, "$& ") : said;
}

/** The day so many months later; the last of the month where it has no such day. */
export function monthsLater(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
