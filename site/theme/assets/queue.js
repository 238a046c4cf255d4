/* git-feedback: the queue.  The first rows are stamped and stay without this script; with it, every item can be filtered,
 * sorted, paged and taken away as CSV.  The state of the view is the address, so a view can be sent to somebody.
 *
 * Reads api/queue.json: columns as arrays, names as places in lists.  Hook: <div data-fb-queue> around the stamped table. */
"use strict";
(function () {
  const fb = window.fb;
  const host = document.querySelector("[data-fb-queue]");
  if (!fb || !host) return;

  const PAGE = 50;
  const DONE = new Set(["closed", "rejected", "duplicate"]);
  const CLOCKS = ["breached", "soon", "paused"];
  const CHOICES = ["department", "owner", "channel", "category", "area"];
  const SORTS = ["level", "title", "department", "life", "due"];
  const HEADS = { level: "level", title: "feedback", department: "department-owner", life: "state", due: "due" };
  const collator = new Intl.Collator(fb.language === "zh" ? "zh-CN" : "en", { numeric: true, sensitivity: "base" });

  // the items ----------------------------------------------------------------------------------------------------------
  /** Compared text: full and half width, capitals and small letters are one; both scripts of the title stay. */
  const folded = (text) => text.normalize("NFKC").toLowerCase();

  // The same characters, by the same names, as in the pages that are stamped (text/showing.py): a test compares them.
  const HIDDEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cs}\u2800\u2028\u2029]/gu;
  const PICTURE = /^[\u{1f000}-\u{1faff}\p{So}‼⁉↔]$/u;
  const TONE = /^[\u{1f3fb}-\u{1f3ff}]$/u;

  /** A title on one line that says what it shows: hidden and direction-changing characters stand as [U+202E]. */
  const shown = (text) => text.replace(/[\t\n]/g, " ").replace(HIDDEN, (character, at) => (
    belongs(character, [...text.slice(Math.max(0, at - 4), at)], [...text.slice(at + character.length, at + 4)][0] ?? "")
      ? character : `[U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`)).split(/\s+/).join(" ").trim();

  /** Whether a hidden character does its proper work between its neighbours: inside an emoji, after an ideograph. */
  function belongs(character, before, after) {
    const last = before.at(-1) ?? "";
    if (character === "\ufe0f") return PICTURE.test(last) || (/^[0-9#*]$/.test(last) && after === "\u20e3");
    if (character === "\u200d") return (last === "\ufe0f" || TONE.test(last) ? PICTURE.test(before.at(-2) ?? "") : PICTURE.test(last)) && PICTURE.test(after);
    return character >= "\u{e0100}" && character <= "\u{e01ef}" && /^\p{Script=Han}$/u.test(last);
  }

  class Items {
    constructor(data) {
      this.columns = data.rows;
      this.words = data.words || {};
      this.from = typeof data.now === "number" ? data.now : Date.parse(data.now) / 1000;
      this.count = this.columns.id.length;
      this.states = new Array(this.count);
      this.lefts = new Array(this.count);
      this.texts = null;
      this.turn();
    }

    get(name, row) { return this.columns[name] ? this.columns[name][row] : undefined; }

    /** What a row's department, owner ... is called; empty where it has none. */
    named(name, row) {
      const entry = this.entry(name, row);
      return entry ? entry[fb.language] || entry.en || entry.id : "";
    }

    ident(name, row) { return this.entry(name, row)?.id ?? ""; }

    entry(name, row) {
      const place = this.get(name, row);
      return place === null || place === undefined || place < 0 ? undefined : this.words[name]?.[place];
    }

    goes(row) { return ["running", "soon", "breached"].includes(this.get("clock", row)) && this.get("due", row) !== null; }

    /** Brings every clock to this moment. */
    turn() {
      const at = fb.now();
      for (let row = 0; row < this.count; row += 1) {
        const clock = { from: this.from, left: this.get("left", row), target: this.get("target", row), calendar: this.get("calendar", row) };
        const found = this.goes(row) ? fb.standing(clock, at) : null;
        this.states[row] = found ? found.state : this.get("clock", row) || "none";
        this.lefts[row] = found ? found.left : clock.left;
      }
    }

    text(row) {
      if (!this.texts) this.texts = new Array(this.count);
      return (this.texts[row] ??= folded([this.get("id", row), this.get("title", row), this.named("owner", row), this.ident("owner", row), this.named("department", row), this.named("channel", row)].join("\n")));
    }

    address(row) {
      const path = this.get("path", row);
      if (path) return new URL(path, fb.top).href;
      const id = this.get("id", row);
      const year = /^[A-Z]{1,4}(\d\d)/.exec(id);
      return new URL(`items/20${year ? year[1] : "00"}/${encodeURIComponent(id)}.html`, fb.top).href;
    }
  }

  // the view: what the address says --------------------------------------------------------------------------------------
  function fromAddress() {
    const asked = new URLSearchParams(location.search);
    const many = (name) => (asked.get(name) || "").split(",").filter(Boolean);
    const sort = (asked.get("sort") || "due").replace(/^-/, "");
    return {
      q: asked.get("q") || "",
      level: many("level"),
      clock: many("clock"),
      state: asked.get("state") || "open",
      sort: SORTS.includes(sort) ? sort : "due",
      down: (asked.get("sort") || "").startsWith("-"),
      page: Math.max(1, Number.parseInt(asked.get("page"), 10) || 1),
      ...Object.fromEntries(CHOICES.map((name) => [name, asked.get(name) || ""])),
    };
  }

  function toAddress(view) {
    const said = new URLSearchParams();
    if (view.q) said.set("q", view.q);
    for (const name of ["level", "clock"]) if (view[name].length) said.set(name, view[name].join(","));
    if (view.state !== "open") said.set("state", view.state);
    for (const name of CHOICES) if (view[name]) said.set(name, view[name]);
    if (view.sort !== "due" || view.down) said.set("sort", (view.down ? "-" : "") + view.sort);
    if (view.page > 1) said.set("page", String(view.page));
    const query = said.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  }

  const TESTS = {
    level: (items, view) => view.level.length && ((row) => view.level.includes(items.get("level", row))),
    clock: (items, view) => view.clock.length && ((row) => view.clock.includes(items.states[row])),
    state: (items, view) => {
      if (view.state === "all") return null;
      if (view.state === "open") return (row) => !DONE.has(items.get("life", row));
      return (row) => items.get("life", row) === view.state;
    },
    q: (items, view) => {
      const terms = folded(view.q).split(/\s+/).filter(Boolean);
      return terms.length && ((row) => terms.every((term) => items.text(row).includes(term)));
    },
    ...Object.fromEntries(CHOICES.map((name) => [name, (items, view) => view[name] && ((row) => items.ident(name, row) === view[name])])),
  };

  /** The rows that fit, all filters but `without` applied: what a chip would show is counted without its own group. */
  function fitting(items, view, without) {
    const tests = Object.entries(TESTS).filter(([name]) => name !== without).map(([, make]) => make(items, view)).filter(Boolean);
    const rows = [];
    for (let row = 0; row < items.count; row += 1) if (tests.every((test) => test(row))) rows.push(row);
    return rows;
  }

  const STANDING = 1e12;                                        // later than any date: what stands still comes after what runs
  const LATER = Number.MAX_SAFE_INTEGER;
  const LIFE = ["new", "triaged", "assigned", "returned", "reopened", "accepted", "waiting", "resolved", "reviewed", "replied", "closed", "rejected", "duplicate"];
  const KEYS = {
    due: (items) => (row) => {
      if (items.goes(row)) return items.get("due", row);
      return items.states[row] === "paused" ? STANDING + items.lefts[row] : LATER;
    },
    level: (items) => (row) => items.get("level", row) || "P9",
    title: (items) => (row) => items.get("title", row),
    department: (items) => (row) => `${items.named("department", row)}\u0001${items.named("owner", row)}`,
    life: (items) => (row) => LIFE.indexOf(items.get("life", row)),
  };

  function sorted(items, view, rows) {
    const key = KEYS[view.sort](items);
    const keys = new Map(rows.map((row) => [row, key(row)]));
    const due = KEYS.due(items);
    const way = view.down ? -1 : 1;
    const compare = (a, b) => (typeof a === "string" ? collator.compare(a, b) : a - b);
    return rows.sort((a, b) => way * compare(keys.get(a), keys.get(b)) || due(a) - due(b) || (items.get("id", a) < items.get("id", b) ? -1 : 1));
  }

  // drawing ---------------------------------------------------------------------------------------------------------------
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value !== undefined) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  const word = (code, fallback) => (fb.has(code) ? fb.say(code) : fallback);
  const levelName = (items, level) => items.words.level?.find((entry) => entry.id === level)?.[fb.language] ?? word(`level-${level}`, "");
  const lifeName = (items, life) => items.words.life?.find((entry) => entry.id === life)?.[fb.language] ?? word(`life-${life}`, life);

  function levelToken(items, level) {
    const name = levelName(items, level);
    return make("span", { class: "fb-level", "data-level": level }, make("b", {}, level), name ? ` ${name}` : "");
  }

  function clockWords(items, row) {
    const state = items.states[row];
    const left = items.lefts[row];
    const calendar = items.get("calendar", row);
    if (items.goes(row)) return fb.told(state, left, calendar);
    if (state === "paused") return fb.say(left < 0 ? "paused-late" : "paused", { amount: fb.amount(Math.abs(left), fb.dayOf(calendar)) });
    if (state === "breached") return fb.say("done-late", { amount: fb.amount(-left, fb.dayOf(calendar)) });
    if (state === "met") return fb.say("met", { amount: fb.amount(items.get("target", row) - left, fb.dayOf(calendar)) });
    return word(state, state);
  }

  const SIGNS = { breached: "breached", soon: "soon", paused: "paused", met: "met" };

  function clockCell(items, row) {
    const state = items.states[row];
    const token = make("span", { class: "fb-clock", "data-clock": state }, fb.sign(SIGNS[state] || "running"), clockWords(items, row));
    const sub = make("span", { class: "fb-sub" }, items.goes(row) ? dueWords(items, row) : "");
    return [make("div", { class: "fb-due" }, token, sub), bar(items, row, state)];
  }

  function bar(items, row, state) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const rect = document.createElementNS(space, "rect");
    for (const [name, value] of Object.entries({ class: "fb-bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" })) svg.setAttribute(name, value);
    rect.setAttribute("height", "4");
    svg.append(rect);
    const target = items.get("target", row);
    fb.fill(svg, state, target ? 1 - items.lefts[row] / target : 0);
    return svg;
  }

  /** "respond by 14:00": wall time where the desk is, as on every other page; within a week the weekday, else the date. */
  function dueWords(items, row) {
    const due = new Date(items.get("due", row) * 1000);
    const name = items.get("name", row);
    const said = fb.say("by", { name: word(`name-${name}`, name), time: moment(due) });
    return said.replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, "$1"); // a space stands between Han and digits only
  }

  const LOCALE = fb.language === "zh" ? "zh-CN" : "en-GB";

  function moment(due) {
    const time = due.toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: fb.zone() });
    const days = Math.round((midnight(due) - midnight(new Date(fb.now() * 1000))) / 86400000);
    if (days === 0) return time;
    if (days === 1) return fb.say("tomorrow", { time });
    if (days === -1) return fb.say("yesterday", { time });
    if (days > 0 && days < 7) return `${due.toLocaleDateString(LOCALE, { weekday: "short", timeZone: fb.zone() })} ${time}`;
    return days > 0 ? day(due) : `${day(due)} ${time}`;
  }

  function day(date) {
    const said = date.toLocaleDateString(LOCALE, { day: "numeric", month: "long", timeZone: fb.zone() });
    return said.replace(/(\d)(?=\p{Script=Han})|(\p{Script=Han})(?=\d)/gu, "$& ");
  }

  /** The day of a moment where the desk is: 2026-11-20. */
  const dayOf = (date) => date.toLocaleDateString("sv-SE", { timeZone: fb.zone() });
  const midnight = (date) => Date.parse(`${dayOf(date)}T00:00:00Z`);

  function tableRow(items, row) {
    const title = make("a", { class: "fb-title", href: items.address(row) }, make("bdi", {}, shown(items.get("title", row))));
    const under = make("span", { class: "fb-sub" }, make("span", { class: "fb-id" }, items.get("id", row)), make("span", {}, shown(items.named("channel", row))));
    const owner = items.named("owner", row) ? [make("span", { class: "fb-sub" }, shown(items.named("owner", row)))] : [];
    const cells = [[levelToken(items, items.get("level", row) || "")], [title, under], [shown(items.named("department", row)), ...owner],
      [make("span", { class: "fb-life" }, lifeName(items, items.get("life", row)))], clockCell(items, row)];
    if (!items.get("level", row)) cells[0] = [];
    return make("tr", { role: "row" }, ...cells.map((parts) => make("td", { role: "cell" }, ...parts)));
  }

  // the component -----------------------------------------------------------------------------------------------------------
  class Queue {
    constructor(items) {
      this.items = items;
      this.view = fromAddress();
      this.build();
      this.draw();
    }

    build() {
      this.body = make("tbody", { role: "rowgroup" });
      this.heads = Object.fromEntries(SORTS.map((name) => [name, this.head(name)]));
      const head = make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...Object.values(this.heads)));
      this.table = make("table", { class: "fb-table fb-queue", role: "table", "aria-label": fb.say("feedback") }, head, this.body);
      this.none = make("div", { class: "fb-empty", hidden: "" }, make("strong", {}, fb.say("nothing")), fb.say("nothing-way-out"));
      this.status = make("span", { class: "fb-hush", role: "status" });
      this.previous = this.button("previous", () => this.go(this.view.page - 1));
      this.next = this.button("next", () => this.go(this.view.page + 1));
      const csv = this.button("csv", () => this.download());
      const foot = make("div", { class: "fb-foot" }, this.status, make("span", {}, csv, this.previous, this.next));
      host.replaceChildren(this.filter(), make("div", { class: "fb-card" }, this.table, this.none), foot);
      this.body.addEventListener("keydown", (event) => this.walk(event));
    }

    filter() {
      this.search = make("input", { class: "fb-input", type: "search", "aria-label": fb.say("filter-label"), placeholder: fb.say("filter"), autocomplete: "off", spellcheck: "false" });
      this.search.value = this.view.q;
      this.search.addEventListener("input", (event) => { if (!event.isComposing) this.type(); });
      this.search.addEventListener("compositionend", () => this.type());
      this.search.addEventListener("keydown", (event) => this.fromSearch(event));
      this.chips = { level: this.group("level", this.levels(), (level) => [make("b", {}, level), ` ${levelName(this.items, level)} `]),
        clock: this.group("clock", CLOCKS, (state) => [fb.sign(state), `${fb.say(`clock-${state}`)} `]) };
      const offered = CHOICES.filter((name) => this.items.columns[name]?.some((place) => place !== null && place >= 0));
      this.selects = { state: this.chooseState(), ...Object.fromEntries(offered.map((name) => [name, this.choose(name)])) };
      this.order = this.chooseOrder();
      this.clear = this.button("clear", () => this.reset());
      const form = make("form", { class: "fb-filter", role: "search" }, this.search, this.chips.level.node, this.chips.clock.node, ...Object.values(this.selects), this.order, this.clear);
      form.addEventListener("submit", (event) => event.preventDefault());
      return form;
    }

    levels() {
      const known = new Set(["P0", "P1", "P2", "P3", ...this.items.columns.level]);
      return [...known].filter(Boolean).sort();
    }

    group(name, values, label) {
      const chips = new Map(values.map((value) => [value, this.chip(name, value, label(value))]));
      return { chips, node: make("div", { role: "group", "aria-label": fb.say(name) }, ...chips.values()) };
    }

    chip(name, value, label) {
      const button = make("button", { type: "button", class: "fb-chip", "aria-pressed": "false", "data-value": value }, ...label, make("i", {}));
      button.addEventListener("click", () => {
        const chosen = this.view[name];
        this.change({ [name]: chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value] });
      });
      return button;
    }

    choose(name) {
      const used = new Set(this.items.columns[name]);
      const entries = (this.items.words[name] || []).filter((_, place) => used.has(place));
      const options = entries.map((entry) => [entry.id, entry[fb.language] || entry.en || entry.id]).sort((a, b) => collator.compare(a[1], b[1]));
      return this.select(name, [["", fb.say(`${name}-all`)], ...options]);
    }

    chooseState() {
      const used = LIFE.filter((life) => this.items.columns.life.includes(life));
      return this.select("state", [["open", fb.say("state-open")], ["all", fb.say("state-all")], ...used.map((life) => [life, lifeName(this.items, life)])]);
    }

    select(name, options) {
      const node = make("select", { class: "fb-select", name, "aria-label": fb.say(name) }, ...options.map(([value, label]) => make("option", { value }, shown(label))));
      node.addEventListener("change", () => this.change({ [name]: node.value }));
      return node;
    }

    /** On a phone the heads of the table are gone: there the order is chosen here. */
    chooseOrder() {
      const options = SORTS.map((name) => make("option", { value: name }, `${fb.say("order")} ${fb.say(HEADS[name])}`));
      const node = make("select", { class: "fb-select fb-order", "aria-label": fb.say("order") }, ...options);
      node.addEventListener("change", () => this.change({ sort: node.value, down: false }));
      return node;
    }

    head(name) {
      const button = make("button", { type: "button" }, fb.say(HEADS[name]));
      button.addEventListener("click", () => this.change({ sort: name, down: this.view.sort === name && !this.view.down }));
      return make("th", { role: "columnheader", scope: "col" }, button);
    }

    button(code, press) {
      const node = make("button", { type: "button", class: "fb-button" }, fb.say(code));
      node.addEventListener("click", press);
      return node;
    }

    type() { this.change({ q: this.search.value }); }

    change(said) {
      this.view = { ...this.view, page: 1, ...said };
      this.draw();
    }

    go(page) {
      this.view = { ...this.view, page };
      this.draw();
      this.table.scrollIntoView({ block: "nearest" });
    }

    reset() {
      history.replaceState(null, "", location.pathname);
      this.view = fromAddress();
      this.search.value = "";
      this.draw();
      this.search.focus();
    }

    rows() { return sorted(this.items, this.view, fitting(this.items, this.view)); }

    draw() {
      const rows = this.rows();
      const pages = Math.max(1, Math.ceil(rows.length / PAGE));
      this.view.page = Math.min(this.view.page, pages);
      const first = (this.view.page - 1) * PAGE;
      this.body.replaceChildren(...rows.slice(first, first + PAGE).map((row) => tableRow(this.items, row)));
      this.status.textContent = fb.say("range", { first: rows.length ? first + 1 : 0, last: Math.min(rows.length, first + PAGE), total: rows.length });
      this.none.hidden = rows.length > 0;
      this.table.hidden = rows.length === 0;
      this.previous.disabled = this.view.page <= 1;
      this.next.disabled = this.view.page >= pages;
      this.drawFilter();
      toAddress(this.view);
    }

    drawFilter() {
      for (const [name, { chips }] of Object.entries(this.chips)) {
        const counts = this.counted(name);
        for (const [value, chip] of chips) {
          chip.setAttribute("aria-pressed", String(this.view[name].includes(value)));
          chip.querySelector("i").textContent = String(counts.get(value) || 0);
        }
      }
      for (const [name, node] of Object.entries(this.selects)) node.value = this.view[name];
      this.order.value = this.view.sort;
      for (const name of SORTS) {
        if (name === this.view.sort) this.heads[name].setAttribute("aria-sort", this.view.down ? "descending" : "ascending");
        else this.heads[name].removeAttribute("aria-sort");
      }
      this.clear.hidden = !(this.view.q || this.view.level.length || this.view.clock.length || this.view.state !== "open" || CHOICES.some((name) => this.view[name]));
    }

    counted(name) {
      const counts = new Map();
      for (const row of fitting(this.items, this.view, name)) {
        const value = name === "level" ? this.items.get("level", row) : this.items.states[row];
        counts.set(value, (counts.get(value) || 0) + 1);
      }
      return counts;
    }

    /** Arrows walk from title to title; Escape goes back to the filter. */
    walk(event) {
      const titles = [...this.body.querySelectorAll(".fb-title")];
      const at = titles.indexOf(document.activeElement);
      const to = { ArrowDown: titles[at + 1], ArrowUp: titles[at - 1] || this.search, Escape: this.search }[event.key];
      if (at < 0 || !to) return;
      event.preventDefault();
      to.focus();
    }

    fromSearch(event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") {
        event.preventDefault();
        this.body.querySelector(".fb-title")?.focus();
      } else if (event.key === "Escape" && this.search.value) {
        event.preventDefault();
        this.search.value = "";
        this.type();
      }
    }

    download() {
      const heads = ["id", "title", "level", "state", "department", "owner", "channel", "category", "area", "received", "due", "clock"];
      const lines = [heads.map((name) => (name === "clock" ? fb.say("due") : name === "due" ? `${fb.say("due")} (UTC)` : fb.say(name))), ...this.rows().map((row) => this.line(row))];
      const text = `\ufeff${lines.map((cells) => cells.map(cell).join(",")).join("\r\n")}\r\n`;
      const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: `${fb.say("file")}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }

    line(row) {
      const items = this.items;
      const named = (name) => items.named(name, row);
      return [items.get("id", row), items.get("title", row), items.get("level", row), lifeName(items, items.get("life", row)), named("department"), named("owner"),
        named("channel"), named("category"), named("area"), utc(items.get("received", row)), utc(items.get("due", row)), clockWords(items, row)];
    }
  }

  const utc = (value) => (typeof value === "number" ? new Date(value * 1000).toISOString().replace(".000", "") : value || "");

  const NUMBER = /^[+-]?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,4})?%?$/;
  const UNSEEN = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]$/u;
  const starts = (character) => character !== "" && "=+-@\t\r".includes(character);

  /** Whether a spreadsheet could compute with a text: the rule of escaping/spreadsheets.py; a test compares them. */
  function couldCompute(text) {
    if (NUMBER.test(text)) return false;
    const [first = ""] = text;
    const plain = (character) => [...character.normalize("NFKC").trim()][0] ?? "";
    for (const character of text) {
      if (!UNSEEN.test(character) && plain(character)) return starts(plain(character)) || starts([...first.normalize("NFKC")][0] ?? "");
    }
    return starts([...first.normalize("NFKC")][0] ?? "");
  }

  /** A cell of CSV; a text that could compute gets an apostrophe in front, numbers aside. */
  function cell(value) {
    const text = String(value ?? "");
    const safe = couldCompute(text) ? `'${text}` : text;
    return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  async function start() {
    const [{ value }] = await Promise.all([fb.json(new URL("queue.json", fb.api)), fb.ready]);
    if (!fb.spoken()) return;
    const queue = new Queue(new Items(value));
    addEventListener("popstate", () => { queue.view = fromAddress(); queue.search.value = queue.view.q; queue.draw(); });
    setInterval(() => { queue.items.turn(); if (!queue.body.contains(document.activeElement)) queue.draw(); }, 30000);
  }

  start().catch(() => { /* without the data the stamped rows stay */ });
})();
