/* git-feedback: what moves on a page.  Plain JavaScript, no framework, no foreign origin; words of people reach the page
 * through textContent only.  Without this script, or from a file without a server, every page stays as it was built.
 *
 * 1 places and words   2 time   3 clocks   4 remarks about the data   5 my items   6 copying   7 start
 *
 * A clock is <span class="fb-clock" data-clock data-left data-target data-calendar data-goes="1">SIGN WORDS</span>;
 * data-left is the working time left, in seconds, at the data-now of its page.  data-fixed="1" beside data-now: the page
 * was built for one fixed moment, and time passes from there on. */
"use strict";
(function () {
  // 1 places and words ---------------------------------------------------------------------------------------------
  const top = new URL("../", document.currentScript.src);       // the folder of this language
  const api = new URL("../api/", top);
  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  let words = null;

  /** The words for a code with {names} filled in; a code nobody has written words for shows itself. */
  function say(code, values) {
    const found = words && words[code];
    return (found === undefined || found === null ? code : found).replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  }

  function has(code) {
    return Boolean(words) && code in words;
  }

  async function json(address) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return { answer, value: await answer.json() };
  }

  // 2 time -----------------------------------------------------------------------------------------------------------
  const HOUR = 3600;
  const DAY = 24 * HOUR;
  const WORKING_DAY = 8 * HOUR;
  const opened = performance.now();
  let skew = 0;                                                 // seconds to add to the computer's clock
  let calendars = { calendars: {} };

  const article = () => document.querySelector("article[data-now]") || document.documentElement;
  const built = () => Date.parse(article().dataset.now || "") / 1000;
  const fixed = () => article().dataset.fixed === "1";

  /** The moment to count from, in whole seconds since 1970: on a page for a fixed moment, that moment plus the time it is open. */
  function now() {
    return Math.floor(fixed() ? built() + (performance.now() - opened) / 1000 : Date.now() / 1000 + skew);
  }

  /** Working seconds of a calendar between two moments; null where the opening hours are not known. */
  function worked(name, from, to) {
    if (name === "24x7") return Math.max(0, to - from);
    const spans = calendars.calendars[name];
    if (spans === null) return Math.max(0, to - from);
    if (!Array.isArray(spans)) return null;
    return spans.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
  }

  /** How long a day of a calendar is: working time is told in working days. */
  function dayOf(name) {
    if (calendars.day_s && calendars.day_s[name]) return calendars.day_s[name];
    return name === "24x7" || calendars.calendars[name] === null ? DAY : WORKING_DAY;
  }

  /** An amount of time in words, two units at most: "1 d 3 h", "2 h 05 m", "40 m". */
  function amount(seconds, day) {
    const minutes = Math.floor(Math.max(0, seconds) / 60);
    const perDay = Math.floor((day || DAY) / 60);
    if (minutes >= perDay) {
      const hours = Math.floor((minutes % perDay) / 60);
      return units([["day", Math.floor(minutes / perDay)], ["hour", hours]]);
    }
    return units([["hour", Math.floor(minutes / 60)], ["minute", minutes % 60]]);
  }

  function units([[large, many], [small, few]]) {
    if (!many) return say(small, { n: few });
    if (!few) return say(large, { n: many });
    const padded = small === "minute" ? String(few).padStart(2, "0") : few;
    return `${say(large, { n: many })} ${say(small, { n: padded })}`;
  }

  // 3 clocks ---------------------------------------------------------------------------------------------------------
  const SOON_SHARE = 0.25;                                      // from the 75 % rung on
  const SOON = 1800;                                            // or with less than half an hour left

  /** State and amount of a clock at a moment: late is more than the target, the last second is still in time. */
  function standing(clock, at) {
    const passed = worked(clock.calendar, clock.from, at);
    if (passed === null) return null;
    const left = clock.left - passed;
    if (left < 0) return { state: "breached", left };
    return { state: left <= clock.target * SOON_SHARE || left < SOON ? "soon" : "running", left };
  }

  function told(state, left, calendar) {
    const length = amount(Math.abs(left), dayOf(calendar));
    return say(state === "breached" ? "late" : "left", { amount: length });
  }

  function sign(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("class", "fb-i");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `#fb-${name}`);
    svg.append(use);
    return svg;
  }

  function tick() {
    if (!words) return;
    const at = now();
    for (const node of document.querySelectorAll(".fb-clock[data-goes='1'][data-left]")) turn(node, at);
    for (const node of document.querySelectorAll("[data-fb-age]")) age(node, at);
  }

  function turn(node, at) {
    const { left, target, calendar } = node.dataset;
    const found = standing({ from: built(), left: Number(left), target: Number(target), calendar }, at);
    if (!found || Number.isNaN(found.left)) return;
    const label = told(found.state, found.left, calendar);
    if (node.dataset.clock === found.state && node.textContent.trim() === label) return;
    node.dataset.clock = found.state;
    node.replaceChildren(sign(found.state), label);
    const bar = node.closest("td, li")?.querySelector(":scope .fb-bar");
    if (bar) fill(bar, found.state, 1 - found.left / Number(target));
  }

  function fill(bar, state, share) {
    bar.dataset.clock = state;
    bar.querySelector("rect")?.setAttribute("width", String(Math.round(100 * Math.min(1, Math.max(0, share)))));
  }

  function age(node, at) {
    const seconds = at - Date.parse(node.getAttribute("datetime") || "") / 1000;
    if (Number.isNaN(seconds)) return;
    node.textContent = seconds < 60 ? say("now") : say("ago", { amount: amount(seconds) });
  }

  // 4 remarks about the data -----------------------------------------------------------------------------------------
  /** Old data and a wrong clock change how to read the page; both are said at its top. */
  function remark(kind, text) {
    const where = document.querySelector("article.fb");
    if (!where || where.querySelector(`[data-fb-remark="${kind}"]`)) return;
    const note = document.createElement("p");
    note.className = "fb-note";
    note.dataset.fbRemark = kind;
    note.setAttribute("role", "status");
    const line = document.createElement("span");
    line.textContent = text;
    note.append(sign("soon"), line);
    where.prepend(note);
  }

  function compareClocks(answer) {
    if (fixed()) return;
    const served = Date.parse(answer.headers.get("Date") || "") / 1000 + Number(answer.headers.get("Age") || 0);
    const difference = served - Date.now() / 1000;
    if (Number.isNaN(difference) || Math.abs(difference) < HOUR - 60) return;
    skew = difference;
    remark("clock", say(difference > 0 ? "clock-slow" : "clock-fast", { amount: amount(Math.abs(difference)) }));
  }

  function judgeAge() {
    const old = now() - built();
    const interval = Number(calendars.interval_s);
    if (!fixed() && interval && old > interval) remark("stale", say("stale", { amount: amount(old) }));
  }

  // 5 my items -------------------------------------------------------------------------------------------------------
  const ME = "git-feedback.me";

  function remembered(value) {
    try {
      if (value === undefined) return localStorage.getItem(ME) || "";
      localStorage.setItem(ME, value);
    } catch (refused) { /* a browser that keeps nothing: the choice holds for this page */ }
    return value || "";
  }

  function mine(chooser) {
    const known = [...chooser.options].map((option) => option.value);
    if (known.includes(remembered())) chooser.value = remembered();
    chooser.addEventListener("change", () => { remembered(chooser.value); showMine(chooser.value); });
    showMine(chooser.value);
  }

  function showMine(person) {
    for (const list of document.querySelectorAll("[data-fb-mine]")) {
      const rows = [...list.querySelectorAll("[data-owner]")];
      const own = rows.filter((row) => row.dataset.owner === person);
      for (const row of rows) row.hidden = !own.includes(row);
      for (const none of list.querySelectorAll("[data-fb-mine-none]")) none.hidden = own.length > 0;
      for (const link of list.querySelectorAll("a[data-fb-mine-all]")) {
        link.href = new URL(`queue.html?owner=${encodeURIComponent(person)}`, top).href;
      }
    }
  }

  // 6 copying --------------------------------------------------------------------------------------------------------
  async function copy(button) {
    const source = button.closest(".fb-cmd")?.querySelector("code");
    if (!source) return;
    let worked_out = true;
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
    } catch (refused) {
      worked_out = false;
      getSelection().selectAllChildren(source);
    }
    announce(say(worked_out ? "copied" : "not-copied"));
    if (worked_out) flash(button);
  }

  function flash(button) {
    const before = [...button.childNodes];
    if (button.dataset.fbDone) return;
    button.dataset.fbDone = "1";
    button.replaceChildren(sign("met"));
    setTimeout(() => { button.replaceChildren(...before); delete button.dataset.fbDone; }, 1500);
  }

  /** Says something to screen readers. */
  function announce(text) {
    let place = document.querySelector("#fb-said");
    if (!place) {
      place = document.createElement("div");
      place.id = "fb-said";
      place.className = "fb-vh";
      place.setAttribute("role", "status");
      document.body.append(place);
    }
    place.textContent = text;
  }

  // 7 start ----------------------------------------------------------------------------------------------------------
  async function start() {
    for (const chooser of document.querySelectorAll("select[data-fb-me]")) mine(chooser);
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.(".fb-copy");
      if (button) copy(button);
    });
    words = (await json(new URL("assets/words.json", top))).value;
    const live = document.querySelector(".fb-clock[data-goes], [data-fb-age], [data-fb-queue]");
    if (!live) return;
    const { answer, value } = await json(new URL("calendars.json", api));
    calendars = value;
    compareClocks(answer);
    judgeAge();
    tick();
    setInterval(() => { judgeAge(); tick(); }, 30000);
  }

  const ready = start().catch(() => { /* opened as a file, or half published: what was built stays */ });
  window.fb = { top, api, language, say, has, json, now, standing, told, amount, dayOf, zone: () => calendars.zone, sign, fill, ready, spoken: () => Boolean(words) };
})();
