/* git-feedback: the items as scripts know them: api/queue.json, how texts are compared, how a row of a list is drawn, how a
 * cell of CSV is written.  The queue and Find show items through this file; window.fb.items is there on pages with
 * [data-fb-queue] or [data-fb-find].
 *
 * 1 comparing texts   2 the items   3 ids   4 searching   5 drawing a row   6 CSV
 *
 * There may be 100,000 items: they are columns of numbers, and nothing is made for a row before the row is shown.  The form
 * of the file is told in pages/views/queue_columns.py. */
"use strict";
(function () {
  const fb = window.fb;
  if (!fb || !document.querySelector("[data-fb-queue], [data-fb-find]")) return;

  const collator = new Intl.Collator(fb.language === "zh" ? "zh-CN" : "en", { numeric: true, sensitivity: "base" });

  // 1 comparing texts ----------------------------------------------------------------------------------------------------
  const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
  const GAPS = /[\s\u001c-\u001f\u0085]+/u;
  let table = null;                                             // api/fold.json: what browsers fold otherwise than we do

  /** One spelling for what reads the same, as text.fold has it; traditional characters once the table is there. */
  function folded(text) {
    // eslint-disable-next-line no-control-regex
    if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
    const seen = text.replace(UNSEEN, "").normalize("NFKC").toLowerCase().normalize("NFKC");
    return table ? seen.replace(table.pattern, (character) => table.to.get(character)) : seen;
  }

  function tabled({ from, to, others }) {
    const targets = [...to];
    const pairs = new Map([...from].map((character, place) => [character, targets[place]]).concat(Object.entries(others)));
    return { to: pairs, pattern: new RegExp(`[${[...pairs.keys()].join("")}]`, "gu") };
  }

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

  // 2 the items ----------------------------------------------------------------------------------------------------------
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const VALUE = new Uint8Array(128);
  [...DIGITS].forEach((digit, value) => { VALUE[digit.charCodeAt(0)] = value; });
  const STANDING = 1e12;                                        // later than any date: what stands still comes after what runs
  const LATER = Number.MAX_SAFE_INTEGER;
  const NAMED = ["level", "life", "department", "owner", "channel", "category", "area", "language", "ref"];
  const GOING = new Set(["running", "soon", "breached"]);

  /** The places of a column: 0 is nothing, else a word from 1. */
  function places(column, count) {
    const found = new Uint32Array(count);
    for (let at = 0; at < column.length; at += 1) found[at % count] = (found[at % count] << 6) | VALUE[column.charCodeAt(at)];
    return found;
  }

  class Items {
    constructor(data) {
      Object.assign(this, { rows: data.rows, words: data.words, known: data.known, former: data.former, older: data.older, views: data.views, hasTexts: data.texts });
      this.count = data.count;
      this.from = data.now;
      this.columns = Object.fromEntries(NAMED.map((name) => [name, places(data.rows[name], this.count)]));
      this.ends = { open: data.states.open, unfinished: data.states.unfinished };
      this.clocks(data.rows.clock);
      this.turn();
    }

    /** What goes on by itself has its numbers by row; all else has none. */
    clocks(column) {
      const { open, late } = this.rows;
      this.states = Uint8Array.from(places(column, this.count)); // a place in words.clock
      for (const name of ["lefts", "targets", "orders"]) this[name] = new Float64Array(this.count);
      this.timed = new Int32Array(open.left.length);
      this.going = [];
      const shelves = Object.fromEntries(["name", "target", "calendar"].map((name) => [name, places(open[name], this.timed.length)]));
      Object.assign(this, { names: new Uint8Array(this.count), calendars: new Uint8Array(this.count) });
      let timed = 0;
      let stopped = 0;
      for (let row = 0; row < this.count; row += 1) {
        this.orders[row] = LATER;
        if (!this.states[row]) continue;
        if (!this.isUnfinished(row)) {
          if (this.state(row) === "done-late") this.lefts[row] = -60 * late[stopped++];
          continue;
        }
        this.lefts[row] = open.left[timed];
        this.targets[row] = this.words.target[shelves.target[timed] - 1];
        this.names[row] = shelves.name[timed];
        this.calendars[row] = shelves.calendar[timed];
        this.orders[row] = this.order(row, open.due[timed]);
        this.timed[timed++] = row;
      }
    }

    order(row, idle) {
      if (GOING.has(this.state(row))) {
        this.going.push(row);
        return this.from + this.lefts[row] + idle;
      }
      return this.state(row) === "paused" ? STANDING + this.lefts[row] : LATER;
    }

    /** What a row's department, owner ... is called; empty where it has none. */
    named(name, row) {
      const entry = this.entry(name, row);
      return typeof entry === "object" ? entry[fb.language] || entry.en || entry.id : entry ?? "";
    }

    ident(name, row) {
      const entry = this.entry(name, row);
      return typeof entry === "object" ? entry.id : entry ?? "";
    }

    entry(name, row) { return this.words[name][this.columns[name][row] - 1]; }

    title(row) { return this.rows.title[row]; }

    state(row) { return this.words.clock[this.states[row] - 1] ?? "none"; }

    isUnfinished(row) { return this.columns.life[row] <= this.ends.unfinished; }

    goes(row) { return this.orders[row] < STANDING; }

    due(row) { return this.goes(row) ? this.orders[row] : null; }

    calendar(row) { return this.words.calendar[this.calendars[row] - 1] ?? ""; }

    left(row) { return this.lefts[row] - (this.goes(row) ? this.passed(row) : 0); }

    passed(row) {
      const now = this.standing(row, fb.now());
      return now ? this.lefts[row] - now.left : 0;
    }

    standing(row, at) {
      return fb.standing({ from: this.from, left: this.lefts[row], target: this.targets[row], calendar: this.calendar(row), due: this.orders[row] }, at);
    }

    /** Brings every clock that goes on to this moment. */
    turn() {
      const at = fb.now();
      const place = new Map(this.words.clock.map((word, index) => [word, index + 1]));
      for (const row of this.going) {
        const found = this.standing(row, at);
        if (found) this.states[row] = place.get(found.state);
      }
    }

    /** When each row was received, in seconds since 1970, to the minute. */
    get received() {
      if (!this.moments) {
        let minutes = 0;
        this.moments = Float64Array.from(this.rows.received, (passed) => 60 * (minutes += passed));
      }
      return this.moments;
    }

    /** What few items have, by row. */
    few(name) {
      this.fews ??= {};
      return (this.fews[name] ??= new Map(this.rows[name]));
    }

    // 3 ids --------------------------------------------------------------------------------------------------------------
    id(row) {
      const odd = this.rows.odd[row];
      if (odd) return odd;
      const head = this.day(row);
      const body = this.rows.id.slice(6 * row, 6 * row + 6);
      return `${head}-${body}${check(head.slice(-6) + body)}`;
    }

    day(row) { return this.rows.day[this.dayPlaces[row]][0]; }

    get dayPlaces() {
      if (!this.days) {
        this.days = new Uint32Array(this.count);
        let first = 0;
        this.rows.day.forEach(([, many], place) => { this.days.fill(place, first, first += many); });
      }
      return this.days;
    }

    /** Of two that are due together, the one with less time left comes first; what is not due has no such order. */
    leftOrder(row) { return this.orders[row] < LATER ? this.lefts[row] : 0; }

    /** The order of ids, without making them where they differ by day or body. */
    byId(a, b) {
      const { id, odd } = this.rows;
      if (odd[a] || odd[b]) return this.id(a) < this.id(b) ? -1 : 1;
      if (this.dayPlaces[a] !== this.dayPlaces[b]) return this.day(a) < this.day(b) ? -1 : 1;
      return id.slice(6 * a, 6 * a + 6) < id.slice(6 * b, 6 * b + 6) ? -1 : 1;
    }

    address(row) { return this.addressOf(this.id(row)); }

    addressOf(id) {
      const year = /^[A-Z]{1,4}(\d\d)/.exec(id);
      return new URL(`items/20${year ? year[1] : "00"}/${encodeURIComponent(id)}.html`, fb.top).href;
    }

    // 4 searching --------------------------------------------------------------------------------------------------------
    /** Brings what words are compared by: the table, and what was said where the site offers it.  Without them titles are
     * searched as they are. */
    readable() {
      this.reading ??= Promise.all([bring("fold"), this.hasTexts ? bring("texts") : null]).then(([letters, texts]) => {
        if (letters) table = tabled(letters);
        this.texts = texts ? joined(texts) : null;
        this.titles = null;
        this.isReadable = true;
      });
      return this.reading;
    }

    /** Folds every title before somebody types. */
    warm() { this.saying(["\u0001"]); }

    /** For each row 1 where all the words stand in id, title or text; null without words. */
    saying(words) {
      if (!words.length) return null;
      this.titles ??= joined(null, lines(folded(flat(this.rows.title)), this.rows.title));
      this.ids ??= joined(Array.from({ length: this.count }, (_, row) => this.id(row).toLowerCase()));
      const found = words.map((word) => {
        const mask = new Uint8Array(this.count);
        for (const text of [this.titles, this.texts, this.ids]) if (text) mark(text, word, mask);
        return mask;
      });
      return found.reduce((all, mask) => all.map((value, row) => value & mask[row]));
    }
  }

  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const timesX = (value) => ((value << 1) & 32 ? (value << 1) ^ 37 : value << 1);
  const PRODUCTS = Array.from({ length: 12 }, (_, place) => Array.from({ length: 32 }, (_unused, value) => {
    let product = value;
    for (let power = 0; power <= place; power += 1) product = timesX(product);
    return product;
  }));
  const PLACE = new Uint8Array(128);
  [...ALPHABET].forEach((character, value) => { PLACE[character.charCodeAt(0)] = value; });

  /** The check character of an id (model/ids.py). */
  function check(payload) {
    let total = 0;
    for (let at = 0; at < 12; at += 1) total ^= PRODUCTS[at][PLACE[payload.charCodeAt(at)]];
    return ALPHABET[total];
  }

  const bring = (name) => fb.json(new URL(`${name}.json`, fb.api)).then(({ value }) => value, () => null);
  const flat = (list) => list.join("\n");

  /** Folded text with a line for each row: a title of several lines is one here. */
  const lines = (text, list) => (list.some((one) => one.includes("\n")) ? flat(list.map((one) => folded(one.replace(/\n/g, " ")))) : text);

  /** Many texts as one, with the end of each: one search looks through all. */
  function joined(list, text = flat(list)) {
    const ends = [];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ends.push(at);
    ends.push(text.length);
    return { text, ends: Uint32Array.from(ends) };
  }

  function mark({ text, ends }, word, mask) {
    let row = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, ends[row] + 1)) {
      while (ends[row] < at) row += 1;
      mask[row] = 1;
    }
  }

  // 5 drawing a row ------------------------------------------------------------------------------------------------------
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value !== undefined) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function levelToken(items, row) {
    const level = items.ident("level", row);
    const name = items.named("level", row);
    return level ? [make("span", { class: "fb-level", "data-level": level }, make("b", {}, level), name && name !== level ? ` ${name}` : "")] : [];
  }

  /** A clock in words with its amount; of what is finished, only how late it was is known. */
  function clockWords(items, row) {
    const state = items.state(row);
    const left = items.left(row);
    const calendar = items.calendar(row);
    const amount = (seconds) => fb.amount(seconds, fb.dayOf(calendar));
    if (items.goes(row)) return fb.told(state, left, calendar);
    if (state === "paused") return fb.say(left < 0 ? "paused-late" : "paused", { amount: amount(Math.abs(left)) });
    if (state === "done-late") return fb.say("done-late", { amount: amount(-left) });
    if (state === "met") return items.isUnfinished(row) ? fb.say("met", { amount: amount(items.targets[row] - left) }) : fb.say("in-time");
    return fb.has(state) ? fb.say(state) : state;
  }

  const KINDS = { "done-late": "breached", none: "running" };
  const SIGNS = new Set(["breached", "soon", "paused", "met"]);

  function clockCell(items, row) {
    const kind = KINDS[items.state(row)] ?? items.state(row);
    const token = make("span", { class: "fb-clock", "data-clock": kind }, fb.sign(SIGNS.has(kind) ? kind : "running"), clockWords(items, row));
    return [make("div", { class: "fb-due" }, token, make("span", { class: "fb-sub" }, beneath(items, row))), bar(items, row, kind)];
  }

  function bar(items, row, state) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const rect = document.createElementNS(space, "rect");
    for (const [name, value] of Object.entries({ class: "fb-bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" })) svg.setAttribute(name, value);
    rect.setAttribute("height", "4");
    svg.append(rect);
    const target = items.targets[row];
    fb.fill(svg, state, target ? 1 - items.left(row) / target : Number(items.left(row) < 0));
    return svg;
  }

  /** What stands under a clock: which one it is and until when, or what is awaited, as on the stamped pages. */
  function beneath(items, row) {
    const clock = items.words.name[items.names[row] - 1];
    const due = items.due(row);
    if (due) return fb.say("by", { name: fb.say(`name-${clock.id}`), time: fb.moment(due) }).replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, "$1");
    const waits = items.words.waits[items.few("waits").get(row) - 1];
    if (waits) return waits[fb.language];
    return clock?.[fb.language] ?? "";
  }

  /** A row of the table, which is a card on a phone. */
  function tableRow(items, row) {
    const id = items.id(row);
    const title = make("a", { class: "fb-title", href: items.addressOf(id) }, make("bdi", {}, shown(items.title(row))));
    const under = make("span", { class: "fb-sub" }, make("span", { class: "fb-id" }, id), make("span", {}, shown(items.named("channel", row))));
    const owner = items.named("owner", row) ? [make("span", { class: "fb-sub" }, shown(items.named("owner", row)))] : [];
    const cells = [levelToken(items, row), [title, under], [shown(items.named("department", row)), ...owner],
      [make("span", { class: "fb-life" }, items.named("life", row))], clockCell(items, row)];
    return make("tr", { role: "row", "data-id": id }, ...cells.map((parts) => make("td", { role: "cell" }, ...parts)));
  }

  // 6 CSV ----------------------------------------------------------------------------------------------------------------
  const NUMBER = /^[+-]?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,4})?%?$/;
  const EMPTY = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]$/u;
  const starts = (character) => character !== "" && "=+-@\t\r".includes(character);

  /** Whether a spreadsheet could compute with a text: the rule of escaping/spreadsheets.py; a test compares them. */
  function couldCompute(text) {
    if (NUMBER.test(text)) return false;
    const [first = ""] = text;
    const plain = (character) => [...character.normalize("NFKC").trim()][0] ?? "";
    for (const character of text) {
      if (!EMPTY.test(character) && plain(character)) return starts(plain(character)) || starts([...first.normalize("NFKC")][0] ?? "");
    }
    return starts([...first.normalize("NFKC")][0] ?? "");
  }

  /** A cell of CSV; a text that could compute gets an apostrophe in front, numbers aside. */
  function cell(value) {
    const text = String(value ?? "");
    const safe = couldCompute(text) ? `'${text}` : text;
    return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  const utc = (value) => (typeof value === "number" ? new Date(value * 1000).toISOString().replace(".000", "") : value || "");

  let loading = null;

  /** Every item, fetched once; refused where the data cannot be had.  Words of the interface are there by then. */
  function load() {
    loading ??= Promise.all([fb.json(new URL("queue.json", fb.api)), fb.ready]).then(([{ value }]) => new Items(value));
    return loading;
  }

  fb.items = { load, folded, GAPS, shown, collator, make, tableRow, clockWords, utc, cell };
})();
