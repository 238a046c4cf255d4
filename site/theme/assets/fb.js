/* git-feedback: what moves on a page.  Plain JavaScript, no framework, no foreign origin; words of people reach the page
 * through textContent only.  Without this script, or from a file without a server, every page stays as it was built.
 *
 * 1 places and words   2 time   3 clocks   4 what follows from clocks   5 remarks about the data   6 my items
 * 7 the way back   8 copying   9 start
 *
 * A clock is <span class="fb-clock" data-clock data-left data-target data-due data-calendar data-goes="1">SIGN WORDS</span>;
 * data-left is the working time left, in seconds, at the data-now of its page.  data-fixed="1" beside data-now: the page
 * was built for one fixed moment, and time passes from there on.  A moment is <time datetime data-said="today 14:00">; when
 * the day has changed, what it says is said anew.  Every moment is told in the zone of the desk. */
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
  const AHEAD = 14 * DAY;                                       // so far are opening hours known (pages/views/words.py)
  const opened = Date.now();                                    // not performance.now(): that sleeps when the computer does
  let skew = 0;                                                 // seconds to add to the computer's clock
  let calendars = { calendars: {} };

  const article = () => document.querySelector("article[data-now]") || document.documentElement;
  const built = () => Date.parse(article().dataset.now || "") / 1000;
  const fixed = () => article().dataset.fixed === "1";

  /** The moment to count from, in whole seconds since 1970: on a page for a fixed moment, that moment plus the time it is open. */
  function now() {
    return Math.floor(fixed() ? built() + (Date.now() - opened) / 1000 : Date.now() / 1000 + skew);
  }

  /** Working seconds of a calendar between two moments; null where the opening hours are not known that early or late. */
  function worked(name, from, to) {
    if (name === "24x7") return Math.max(0, to - from);
    const spans = calendars.calendars[name];
    if (spans === null) return Math.max(0, to - from);
    const first = Date.parse(calendars.now || "") / 1000;
    if (!Array.isArray(spans) || Math.min(from, to) < first || Math.max(from, to) > first + AHEAD) return null;
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

  const kept = new Map();

  /** How a language writes a part of a moment in the zone of the desk; made once, for making it takes long. */
  function format(tag, options) {
    const key = `${tag} ${calendars.zone} ${JSON.stringify(options)}`;
    if (!kept.has(key)) kept.set(key, new Intl.DateTimeFormat(tag, { timeZone: calendars.zone, ...options }));
    return kept.get(key);
  }

  const part = (options, kind) => (date) => format("en-US-u-ca-gregory-nu-latn", options).formatToParts(date).find((one) => one.type === kind).value;
  const year = part({ year: "numeric" }, "year");
  const month = part({ month: "short" }, "month");
  const number = part({ month: "numeric" }, "month");
  const day = part({ day: "numeric" }, "day");
  const hours = (date) => format("en-GB", { hour: "2-digit", minute: "2-digit" }).format(date);

  /** A day of the desk, as days since 1970. */
  const dayNumber = (date) => Date.UTC(year(date), number(date) - 1, day(date)) / 1000 / DAY;

  /** A moment as the stamped pages tell it: `today 14:00`, `Thu 18:00`; over a week ahead the date alone. */
  function moment(seconds, at) {
    const date = new Date(seconds * 1000);
    const today = new Date((at ?? now()) * 1000);
    const days = dayNumber(date) - dayNumber(today);
    const time = hours(date);
    const near = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days];
    if (near) return say(near, { time });
    if (days > 0 && days < 7) return `${format(language === "zh" ? "zh-CN" : "en", { weekday: "short" }).format(date)} ${time}`;
    const told = say(year(date) === year(today) ? "date" : "date-year", { n: day(date), name: language === "zh" ? number(date) : month(date), total: year(date) });
    return days > 0 ? told : `${told} ${time}`;
  }

  // 3 clocks ---------------------------------------------------------------------------------------------------------
  const SOON_SHARE = 0.25;                                      // from the 75 % rung on
  const SOON = 1800;                                            // or with less than half an hour left

  /** State and amount of a clock at a moment: late is more than the target, the last second is still in time.
   * null where opening hours are not known between then and now. */
  function standing(clock, at) {
    const left = leftOf(clock, at);
    if (left === null || Number.isNaN(left)) return null;
    if (left < 0) return { state: "breached", left };
    return { state: left <= clock.target * SOON_SHARE || left < SOON ? "soon" : "running", left };
  }

  /** Working time left: from what was left when the page was made, else from the instant when it is due. */
  function leftOf({ calendar, from, left, due }, at) {
    const passed = worked(calendar, from, at);
    if (passed !== null) return left - passed;
    if (!due) return null;
    const apart = worked(calendar, Math.min(due, at), Math.max(due, at));
    return apart === null ? null : due < at ? -apart : apart;
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

  /** Brings everything that goes on to a moment. */
  function tick(at) {
    if (!words) return;
    for (const node of document.querySelectorAll(".fb-clock[data-goes='1'][data-left]")) turn(node, at);
    for (const node of document.querySelectorAll("[data-fb-age]")) age(node, at);
    for (const node of document.querySelectorAll("time[data-said]")) retell(node, at);
    for (const node of document.querySelectorAll("[data-fb-count]")) recount(node, at);
    for (const column of document.querySelectorAll(".fb-board > section[data-clock]")) moved(column);
  }

  function turn(node, at) {
    const { left, target, calendar, due } = node.dataset;
    const clock = { from: built(), left: Number(left), target: Number(target), calendar, due: Date.parse(due || "") / 1000 || null };
    const found = standing(clock, at) || absolute(clock, at);
    if (!found) return;
    const label = found.label || told(found.state, found.left, calendar);
    if (node.dataset.clock === found.state && node.textContent.trim() === label) return;
    node.dataset.clock = found.state;
    node.replaceChildren(sign(found.state), label);
    const bar = node.closest("td, li")?.querySelector(":scope .fb-bar");
    if (bar && found.left !== undefined) fill(bar, found.state, 1 - found.left / Number(target));
  }

  /** Where nobody knows the amount: when it is due, or was; with less than half an hour of any time left it is soon. */
  function absolute({ due }, at) {
    if (!due) return null;
    const state = at > due ? "breached" : due - at < SOON ? "soon" : "running";
    return { state, label: say(at > due ? "was-due" : "is-due", { time: moment(due, at) }) };
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

  // 4 what follows from clocks ---------------------------------------------------------------------------------------
  /** A moment told relative to the day of building, told for today. */
  function retell(node, at) {
    const { said } = node.dataset;
    const seconds = Date.parse(node.dateTime) / 1000;
    if (!calendars.zone || !said || Number.isNaN(seconds) || !node.textContent.includes(said)) return;
    const fresh = moment(seconds, at);
    if (fresh === said) return;
    const [before, after] = [node.textContent.slice(0, node.textContent.indexOf(said)), node.textContent.slice(node.textContent.indexOf(said) + said.length)];
    node.textContent = joined(joined(before, fresh), after);
    node.dataset.said = fresh;
  }

  /** Two pieces of a sentence: between Han and Latin or digits stands a space, between Han and Han none. */
  function joined(one, other) {
    const han = (character) => /\p{Script=Han}/u.test(character || "");
    const [left, right] = [one.trimEnd(), other.trimStart()];
    if (!left || !right || language !== "zh") return one + other;
    if (han(left.at(-1)) && han(right[0])) return left + right;
    return /\p{Script=Han}[\dA-Za-z]|[\dA-Za-z%]\p{Script=Han}/u.test(left.at(-1) + right[0]) ? `${left} ${right}` : one + other;
  }

  /** How much is late and how much soon: what was at building, and of the clocks to come (`CALENDAR LEFT TARGET`, ...)
   * those that have got there. */
  function recount(node, at) {
    const coming = (node.dataset.coming || "").split(",").filter(Boolean).map((one) => one.split(" "));
    const within = Number(node.dataset.within);
    let late = Number(node.dataset.late);
    let soon = 0;
    for (const [calendar, left, target] of coming) {
      const found = standing({ calendar, from: built(), left: Number(left), target: Number(target) }, at);
      if (!found) return;
      if (found.state === "breached") late += 1;
      else if (found.state === "soon" || found.left < within) soon += 1;
    }
    node.textContent = say("urgent-count", { n: late, total: soon });
  }

  /** A column of what was in time says how much of it has become late since: cards stay where people have seen them. */
  function moved(column) {
    const late = column.dataset.clock === "breached" ? 0 : column.querySelectorAll(".fb-clock[data-clock='breached']").length;
    const line = column.querySelector(":scope > .fb-since") || document.createElement("p");
    line.className = "fb-since";
    line.textContent = late ? say("late-since", { n: late }) : "";
    if (late && !line.parentNode) column.querySelector("h2")?.after(line);
    if (!late) line.remove();
  }

  // 5 remarks about the data -----------------------------------------------------------------------------------------
  /** What changes how to read the page is said at its top, once for each kind; without text it is no longer so. */
  function remark(kind, text) {
    const where = document.querySelector("article.fb");
    const before = where?.querySelector(`[data-fb-remark="${kind}"]`);
    if (!where || before?.textContent === text) return;
    before?.remove();
    if (!text) return;
    const note = document.createElement("p");
    note.className = kind === "zone" ? "fb-note fb-note--plain" : "fb-note";
    note.dataset.fbRemark = kind;
    note.setAttribute("role", "status");
    const line = document.createElement("span");
    line.textContent = text;
    note.append(sign(kind === "zone" ? "running" : "soon"), line);
    where.prepend(note);
  }

  const COUNTS = 120;                                           // a clock is set right that is off by so many seconds
  const SAID = 900;                                             // and from so many on it is said

  /** By how many seconds the server's clock is ahead.  null where an answer says nothing about it: it has no Date, or one
   * that is older than the data, so that it comes from somebody's cache. */
  function ahead(answer, value) {
    const served = Date.parse(answer.headers.get("Date") || "") / 1000 + Number(answer.headers.get("Age") || 0);
    const difference = served - Date.now() / 1000;
    return Number.isNaN(difference) || served < Date.parse(value.now || "") / 1000 - 60 ? null : difference;
  }

  /** Counts by the server's clock where the computer's is off, and says so.  A cache on the way may have kept an old Date:
   * before anything is said, the server is asked in a way that no cache has seen. */
  async function compareClocks({ address, answer, value }) {
    if (fixed()) return;
    let difference = ahead(answer, value);
    if (difference !== null && Math.abs(difference) >= COUNTS) {
      difference = ahead(await fetch(`${address}?${Date.now()}`, { method: "HEAD", credentials: "same-origin", cache: "no-store" }), value);
    }
    if (difference === null) return;
    skew = Math.abs(difference) < COUNTS ? 0 : difference;
    const code = difference > 0 ? "clock-slow" : "clock-fast";
    remark("clock", Math.abs(difference) < SAID ? "" : say(code, { amount: amount(60 * Math.round(Math.abs(difference) / 60)) }));
  }

  /** Opening hours, with the server's time beside them; the browser's own cache is not asked. */
  async function ask() {
    const address = new URL("calendars.json", api);
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return { address, answer, value: await answer.json() };
  }

  function judgeAge() {
    const old = now() - built();
    const interval = Number(calendars.interval_s);
    remark("stale", !fixed() && interval && old > interval ? say("stale", { amount: amount(old) }) : "");
  }

  /** Who reads in another zone is told once in which one times are. */
  function judgeZone() {
    if (!calendars.zone) return;
    const at = new Date(now() * 1000);
    const there = (options) => at.toLocaleString("sv-SE", options);
    if (there({}) !== there({ timeZone: calendars.zone })) remark("zone", say("zone", { name: calendars.zone, time: hours(at) }));
  }

  // 6 my items -------------------------------------------------------------------------------------------------------
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

  // 7 the way back ---------------------------------------------------------------------------------------------------
  /** Whoever came from a view of the queue gets back to that view: it is the address they came from. */
  function wayBack(link) {
    let from = null;
    try { from = new URL(document.referrer); } catch (none) { return; }
    if (from.origin !== top.origin || from.pathname !== new URL(link.href).pathname) return;
    link.href = from.href;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button || history.length < 2) return;
      event.preventDefault();
      history.back();
    });
  }

  // 8 copying --------------------------------------------------------------------------------------------------------
  async function copy(button) {
    const source = button.closest(".fb-cmd")?.querySelector("code, .fb-words");
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

  // 9 start ----------------------------------------------------------------------------------------------------------
  const REST = 30000;
  const AGAIN = 600;                                            // after so many seconds out of sight the server is asked anew
  let asked = 0;

  function bring() {
    judgeAge();
    tick(now());
  }

  /** Back in sight, after a night of sleep too: first by what is known, then by what the server says. */
  function seen() {
    if (document.visibilityState !== "visible") return;
    bring();
    if (Math.abs(Date.now() / 1000 - asked) < AGAIN) return;
    asked = Date.now() / 1000;
    ask().then(compareClocks).then(bring, () => { /* out of reach: what is known goes on */ });
  }

  async function start() {
    for (const chooser of document.querySelectorAll("select[data-fb-me]")) mine(chooser);
    for (const link of document.querySelectorAll("a[data-fb-back]")) wayBack(link);
    document.addEventListener("click", (event) => {
      const other = event.target.closest?.("a.fb-switch");      // the same view in the other language
      if (other) other.href = new URL(location.search + location.hash, other.href.split(/[?#]/)[0]).href;
      const button = event.target.closest?.(".fb-copy");
      if (button) copy(button);
    });
    words = (await json(new URL("assets/words.json", top))).value;
    const live = document.querySelector(".fb-clock[data-goes], [data-fb-age], [data-fb-queue]");
    if (!live) return;
    const told = await ask();
    asked = Date.now() / 1000;
    calendars = told.value;
    await compareClocks(told).catch(() => { /* the second answer did not come: nothing is claimed */ });
    judgeZone();
    bring();
    setInterval(bring, REST);
    document.addEventListener("visibilitychange", seen);
    addEventListener("pageshow", seen);
  }

  const ready = start().catch(() => { /* opened as a file, or half published: what was built stays */ });
  window.fb = { top, api, language, say, has, json, now, standing, told, amount, moment, tick, dayOf, zone: () => calendars.zone, sign, fill, ready, spoken: () => Boolean(words) };
})();
