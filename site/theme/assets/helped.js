/* git-feedback: did this article help?  Nothing is sent: answers stay in this browser until somebody saves the file.
 *
 * localStorage "fb-helped": {id, counts: {"2026-11-22 refund": {yes, no}}, asked: [{day, language, text}], given: {refund: "yes"}}
 * `id` names what is there until it is saved; after that a new one begins, so that no answer is handed in twice.
 * Hook: <section data-fb-helped data-name data-language>. */
"use strict";
(function () {
  const host = document.querySelector("[data-fb-helped]");
  if (!host || !window.crypto?.getRandomValues) return;
  const KEY = "fb-helped";
  const MOST = { asked: 200, counts: 2000, times: 99 };
  const { name, language } = host.dataset;
  const slot = (which) => host.querySelector(`[data-slot="${which}"]`);
  const buttons = [...slot("ask").querySelectorAll("button")];
  const words = new Map([...slot("words").querySelectorAll("dt")].map((one) => [one.textContent, one.nextElementSibling.textContent]));
  const say = (code) => { slot("status").textContent = words.get(code); };

  const today = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
  const mark = () => [...window.crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const empty = (given = {}) => ({ id: mark(), counts: {}, asked: [], given });

  /** What is kept; whatever else lies there is begun anew. */
  function kept() {
    try {
      const found = JSON.parse(window.localStorage.getItem(KEY));
      const whole = found && /^[0-9a-f]{16}$/.test(found.id) && found.counts && Array.isArray(found.asked) && found.given;
      return whole ? found : empty();
    } catch {
      return empty();
    }
  }

  function keep(what) {
    try {
      window.localStorage.setItem(KEY, JSON.stringify(what));
      return true;
    } catch {
      say("no-room");
      return false;
    }
  }

  /** The same reader may change an answer: the one before is taken back as long as it was not saved. */
  function answer(value) {
    const what = kept();
    const before = what.given[name];
    if (before !== value) {
      const key = `${today()} ${name}`;
      const count = what.counts[key] || { yes: 0, no: 0 };
      if (before && count[before] > 0) count[before] -= 1;
      count[value] = Math.min(count[value] + 1, MOST.times);
      if (what.counts[key] || Object.keys(what.counts).length < MOST.counts) what.counts[key] = count;
      what.given[name] = value;
      if (!keep(what)) return;
    }
    say(`thanks-${value}`);
    draw();
    if (value === "no") slot("more").querySelector("input").focus();
  }

  function ask(event) {
    event.preventDefault();
    const input = slot("more").querySelector("input");
    const text = input.value.replace(/\s+/gu, " ").trim();
    if (!text) return;
    const what = kept();
    what.asked = [...what.asked, { day: today(), language, text }].slice(-MOST.asked);
    if (!keep(what)) return;
    input.value = "";
    draw();
    say("kept");
  }

  /** The file that the desk takes in; days on which every answer was taken back are left out. */
  function file(what) {
    const counts = Object.entries(what.counts).filter(([, { yes, no }]) => yes || no)
      .map(([key, { yes, no }]) => ({ day: key.slice(0, 10), article: key.slice(11), yes, no }));
    return { format: "git-feedback/did-this-help/1", id: what.id, counts, asked: what.asked };
  }

  function save() {
    const what = kept();
    const text = `${JSON.stringify(file(what), null, 1)}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: "did-this-help.json" });
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(address), 10000);
    if (!keep(empty(what.given))) return;
    draw();
    say("saved");
    buttons[0].focus();
  }

  function draw() {
    const what = kept();
    const { counts, asked } = file(what);
    const many = counts.reduce((sum, { yes, no }) => sum + yes + no, 0) + asked.length;
    for (const button of buttons) button.setAttribute("aria-pressed", String(what.given[name] === button.value));
    slot("more").hidden = what.given[name] !== "no";
    slot("own").hidden = !many;
    slot("count").textContent = words.get("count").replace("{amount}", many);
  }

  for (const button of buttons) button.addEventListener("click", () => answer(button.value));
  slot("more").addEventListener("submit", ask);
  slot("save").addEventListener("click", save);
  slot("ask").hidden = false;
  draw();
})();
