/* git-feedback: the page on which somebody looks up how far things are, with the number of a receipt.
 *
 * The number stays here: it is hashed, and only the file that the hash begins with is asked for.  A link that brings the
 * number behind its # is read, and the number is taken out of the address, so that no browser remembers it.
 * Reads track/<first two digits>.json: hash -> {state, next, expected, late, steps: [[step, day], ...]}. */
"use strict";
(function () {
  const host = document.querySelector("[data-fb-track]");
  if (!host) return;
  const number = host.querySelector("input");
  const shelf = new URL("../../track/", document.currentScript.src);
  const answer = document.querySelector("[data-fb-track-answer]");
  const said = answer.querySelector("[data-fb-track-said]");
  const found = answer.querySelector("[data-fb-track-found]");
  const slot = (name) => found.querySelector(`[data-slot="${name}"]`);
  const words = new Map([...document.querySelectorAll("[data-fb-track-words] dt")].map((code) => [code.textContent, code.nextElementSibling.textContent]));
  const language = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const day = (text) => dates.format(new Date(`${text}T00:00:00Z`)).replace(/(?<=\d)(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=\d)/g, " ");

  // the number -------------------------------------------------------------------------------------------------------
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  async function sha256(text) {
    if (!window.crypto?.subtle) return window.fbSha256(text);
    const digest = await window.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** The number as it was printed, from what somebody typed; null where it was mistyped. */
  async function canonical(given) {
    const plain = given.normalize("NFKC").replace(/[\s\-\u2010-\u2015_.·]+/g, "").toUpperCase();
    const read = [...plain].map((one) => ({ O: "0", I: "1", L: "1" })[one] || one);
    if (read.length !== 28 || !read.every((one) => ALPHABET.includes(one))) return null;
    const bits = parseInt((await sha256(read.slice(0, 26).join(""))).slice(0, 4), 16) >> 6;
    if (read.slice(26).join("") !== ALPHABET[bits >> 5] + ALPHABET[bits & 31]) return null;
    return read.join("").match(/.{4}/g).join("-");
  }

  // what it leads to -------------------------------------------------------------------------------------------------
  /** What the record says to a hash; null where it knows nothing of it. */
  async function lookedUp(hash) {
    const file = await fetch(new URL(`${hash.slice(0, 2)}.json`, shelf), { credentials: "same-origin" });
    if (file.status === 404) return null;
    if (!file.ok) throw new Error(String(file.status));
    const entries = await file.json();
    return Object.hasOwn(entries, hash) ? entries[hash] : null;
  }

  function tell(code) {
    found.hidden = true;
    said.textContent = words.get(code) || "";
  }

  function step([name, on]) {
    const row = document.createElement("li");
    const time = document.createElement("time");
    const what = document.createElement("span");
    time.dateTime = on;
    time.className = "fb-hush";
    time.textContent = day(on);
    what.textContent = words.get(`step-${name}`) || name;
    row.append(what, time);
    return row;
  }

  function show(entry) {
    said.textContent = "";
    found.querySelector("h2").textContent = words.get(`state-${entry.state}`) || entry.state;
    slot("next").textContent = words.get(`next-${entry.next}`) || "";
    const expected = entry.expected ? (words.get(entry.late ? "late" : "expected") || "").replace("{day}", day(entry.expected)) : "";
    slot("expected").textContent = expected;
    slot("expected").hidden = !expected;
    slot("steps").replaceChildren(...entry.steps.map(step));
    found.hidden = false;
  }

  async function look(given) {
    tell("looking");
    try {
      const token = await canonical(given);
      if (!token) return tell("mistyped");
      const entry = await lookedUp(await sha256(token));
      return entry ? show(entry) : tell("unknown");
    } catch (failed) {
      return tell("unreachable");                               // opened as a file, half published, no network
    }
  }

  // start ------------------------------------------------------------------------------------------------------------
  function fromAddress() {
    const given = location.hash.slice(1);
    if (!given || document.getElementById(given)) return;       // a place on this page, such as where the skip link leads
    history.replaceState(null, "", location.pathname + location.search);
    number.value = given;
    look(given);
  }

  host.hidden = false;
  host.querySelector("button").addEventListener("click", () => look(number.value));
  number.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) look(number.value);
  });
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
