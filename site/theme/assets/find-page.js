/* git-feedback: the page Find, drawn in place of <div data-fb-find>.  Rows are drawn by items.js, words are looked up by
 * finding.js; without shards, or where they cannot be read, the queue's data is searched alone, and the page says so.
 * The state of the view is the address; the words stand in ?for=, because the theme opens its own search wherever it sees ?q=. */
import { Listed, Shards, marked, parts, places } from "./finding.js";

const fb = window.fb;

const PAGE = 20;
const PAUSE = 120;
const MINUTE = 60000;
const CHOICES = ["department", "category", "channel"];
const COLUMN = { state: "life" };                               // the column a filter looks at, where it has another name
const host = document.querySelector("[data-fb-find]");

function fromAddress() {
  const asked = new URLSearchParams(location.search);
  return {
    q: asked.get("for") || "",
    level: (asked.get("level") || "").split(",").filter(Boolean),
    state: asked.get("state") || "all",
    page: Math.max(1, Number.parseInt(asked.get("page"), 10) || 1),
    ...Object.fromEntries(CHOICES.map((name) => [name, asked.get(name) || ""])),
  };
}

function toAddress(view) {
  const said = new URLSearchParams();
  if (view.q) said.set("for", view.q);
  if (view.level.length) said.set("level", view.level.join(","));
  if (view.state !== "all") said.set("state", view.state);
  for (const name of CHOICES) if (view[name]) said.set(name, view[name]);
  if (view.page > 1) said.set("page", String(view.page));
  const query = said.toString().replaceAll("%2C", ",");
  history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
}

const TESTS = {
  level: (items, view) => view.level.length && ((row) => view.level.includes(items.ident("level", row))),
  state: (items, view) => view.state !== "all" && ((row) => (view.state === "open" ? items.columns.life[row] <= items.ends.open : items.ident("life", row) === view.state)),
  ...Object.fromEntries(CHOICES.map((name) => [name, (items, view) => view[name] && ((row) => items.ident(name, row) === view[name])])),
};

/** The text nodes of an element. */
function textsIn(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

class Find {
  constructor(items, shards, made) {
    this.items = items;
    this.made = made.join();
    this.opened = performance.now();
    this.shards = shards;
    this.listed = new Listed(items, !shards);
    this.rowOf = new Map(Array.from({ length: items.count }, (_, row) => [items.id(row), row]));
    this.view = fromAddress();
    this.turn = 0;
    this.build();
    this.look();
  }

  build() {
    const { make } = fb.items;
    this.field = make("input", { class: "fb-input", type: "search", "aria-label": fb.say("find-label"), placeholder: fb.say("find-placeholder"), autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
    this.field.value = this.view.q;
    this.field.addEventListener("input", (event) => { if (!event.isComposing) this.type(); });
    this.field.addEventListener("compositionend", () => this.type());
    this.field.addEventListener("keydown", (event) => this.fromField(event));
    this.chips = new Map(this.levels().map((level) => [level.id, this.chip(level.id, level[fb.language] || "")]));
    this.selects = new Map([["state", this.select("state")], ...CHOICES.map((name) => [name, this.select(name)])]);
    this.clear = this.button("clear", () => this.change({ level: [], state: "all", ...Object.fromEntries(CHOICES.map((name) => [name, ""])) }));
    const filter = make("div", { class: "fb-filter" }, make("div", { role: "group", "aria-label": fb.say("level") }, ...this.chips.values()), ...this.selects.values(), this.clear);
    this.scope = make("p", { class: "fb-hush fb-scope" });
    const form = make("form", { class: "fb-find", role: "search" }, this.field, this.scope, filter);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.look(); });
    this.status = make("span", { class: "fb-hush", role: "status" });
    this.body = make("tbody", { role: "rowgroup" });
    this.body.addEventListener("keydown", (event) => this.walk(event));
    this.table = make("table", { class: "fb-table fb-queue fb-found", role: "table", "aria-label": fb.say("find-label") }, this.head(), this.body);
    this.none = make("div", { class: "fb-empty" });
    this.previous = this.button("previous", () => this.go(this.view.page - 1));
    this.next = this.button("next", () => this.go(this.view.page + 1));
    const foot = make("div", { class: "fb-foot" }, this.status, make("span", {}, this.previous, this.next));
    host.replaceChildren(form, make("div", { class: "fb-card" }, this.table, this.none), foot);
  }

  levels() { return [...this.items.words.level].sort((a, b) => (a.id < b.id ? -1 : 1)); }

  head() {
    const { make } = fb.items;
    const heads = ["level", "feedback", "department-owner", "state", "due"].map((code) => make("th", { role: "columnheader", scope: "col" }, fb.say(code)));
    return make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads));
  }

  chip(level, name) {
    const { make } = fb.items;
    const button = make("button", { type: "button", class: "fb-chip", "aria-pressed": "false", "data-value": level }, make("b", {}, level), ` ${name} `, make("i", {}));
    button.addEventListener("click", () => {
      const chosen = this.view.level;
      this.change({ level: chosen.includes(level) ? chosen.filter((other) => other !== level) : [...chosen, level] });
    });
    return button;
  }

  select(name) {
    const node = fb.items.make("select", { class: "fb-select", name, "aria-label": fb.say(name) });
    node.addEventListener("change", () => this.change({ [name]: node.value }));
    return node;
  }

  button(code, press) {
    const node = fb.items.make("button", { type: "button", class: "fb-button" }, fb.say(code));
    node.addEventListener("click", press);
    return node;
  }

  // asking
  type() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.change({ q: this.field.value }), PAUSE);
  }

  change(said) {
    this.view = { ...this.view, page: 1, ...said };
    return this.look();
  }

  go(page) {
    this.view = { ...this.view, page };
    this.draw();
    this.table.scrollIntoView({ block: "nearest" });
  }

  /** Looks for what the view asks, then shows it; an answer that comes after the next question is dropped. */
  async look() {
    const turn = this.turn += 1;
    const asked = parts(this.view.q);
    const found = await this.found(asked);
    if (turn !== this.turn) return;
    this.asked = asked;
    this.hits = found;
    this.draw();
  }

  /** An index that was published anew while the page is open has other files: it is opened again. */
  async reopen() {
    if (!this.shards || performance.now() - this.opened < MINUTE) return;
    this.opened = performance.now();
    const now = await announced();
    if (now.made.join() === this.made) return;
    this.made = now.made.join();
    this.shards = await Shards.open(now.years);
  }

  async found(asked) {
    const each = asked.map((part) => this.listed.rows(part));
    if (this.shards) {
      try {
        await this.reopen();
        const more = await Promise.all(asked.map((part) => this.shards.find(part)));
        more.forEach((hits, place) => this.add(each[place], hits));
      } catch (refused) {
        this.shards = null;                                    // the queue's data is there all the same
        this.listed = new Listed(this.items, true);
        return this.found(asked);
      }
    }
    return this.ordered(each);
  }

  add(rows, hits) {
    for (const [id, result] of hits) {
      const row = this.rowOf.get(id);
      if (row !== undefined) rows.set(row, (rows.get(row) || 0) + result.score);
    }
  }

  /** Rows that have every part, best first, then newest first; without a query all rows. */
  ordered([first, ...others]) {
    if (!first) return Array.from({ length: this.items.count }, (_, row) => row).reverse();
    const all = [...first].filter(([row]) => others.every((rows) => rows.has(row)));
    const scores = new Map(all.map(([row, score]) => [row, others.reduce((sum, rows) => sum + rows.get(row), score)]));
    return [...scores.keys()].sort((a, b) => scores.get(b) - scores.get(a) || b - a);
  }

  fitting(without) {
    const tests = Object.entries(TESTS).filter(([name]) => name !== without).map(([, make]) => make(this.items, this.view)).filter(Boolean);
    return this.hits.filter((row) => tests.every((test) => test(row)));
  }

  // drawing
  draw() {
    const isIdle = !this.asked.length && !Object.values(TESTS).some((make) => make(this.items, this.view));
    const rows = isIdle ? [] : this.fitting();
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    this.view.page = Math.min(this.view.page, pages);
    const first = (this.view.page - 1) * PAGE;
    const shown = rows.slice(first, first + PAGE);
    this.body.replaceChildren(...shown.map((row) => this.row(row)));
    this.status.textContent = isIdle ? "" : this.told(rows.length, first);
    this.scope.textContent = fb.say(this.shards ? "find-scope-all" : this.listed.texts ? "find-scope-texts" : "find-scope-titles");
    this.table.hidden = !rows.length;
    this.none.hidden = Boolean(rows.length);
    this.none.replaceChildren(...(rows.length ? [] : this.nothing(isIdle)));
    for (const [button, ends] of [[this.previous, this.view.page <= 1], [this.next, this.view.page >= pages]]) {
      button.disabled = ends;
      button.hidden = pages === 1;
    }
    this.drawFilter(isIdle);
    toAddress(this.view);
  }

  told(total, first) {
    if (total <= PAGE) return fb.say("find-count", { total });
    return fb.say("range", { first: first + 1, last: Math.min(total, first + PAGE), total });
  }

  /** What is so, and where to go from here. */
  nothing(isIdle) {
    const { make } = fb.items;
    if (isIdle) return [make("strong", {}, fb.say("find-start")), fb.say("find-start-way")];
    const queue = make("a", { href: new URL("queue.html", fb.top).href }, fb.say("find-queue"));
    const isFiltered = this.hits.length > 0;
    const said = isFiltered ? fb.say("find-filtered", { total: this.hits.length }) : fb.say("find-none-way");
    return [make("strong", {}, fb.say("find-none")), said, " ", queue];
  }

  row(row) {
    const { make, shown, tableRow } = fb.items;
    const drawn = tableRow(this.items, row);
    const title = drawn.querySelector(".fb-title bdi");
    const category = shown(this.items.named("category", row));
    if (places(category, this.asked).length) drawn.querySelector(".fb-id").parentElement.append(make("span", {}, category));
    const texts = [...drawn.children].slice(1, 3).flatMap((cell) => textsIn(cell));
    for (const text of texts) text.replaceWith(...marked(text.data, this.asked));
    const excerpt = make("span", { class: "fb-sub fb-excerpt" });
    title.closest("td").append(excerpt);
    this.excerpt(row).then((pieces) => {
      const asked = this.asked;
      const best = pieces.map((piece) => shown(piece)).find((piece) => places(piece, asked).length);
      const piece = best ?? (title.querySelector("mark") ? "" : pieces[0] && shown(pieces[0]));
      if (piece) excerpt.replaceChildren(make("bdi", {}, ...marked(piece, asked, true)));
      else excerpt.remove();
    }).catch(() => excerpt.remove());
    return drawn;
  }

  /** What an item's people said, in pieces; nothing where nobody asked for words. */
  async excerpt(row) {
    if (!this.asked.length) return [];
    const text = this.shards?.texts.get(this.items.id(row));
    return text ? ((await text()).meta.said || "").split("¶") : [this.listed.body(row)];
  }

  drawFilter(isIdle) {
    const counts = this.counted("level", isIdle);
    for (const [level, chip] of this.chips) {
      chip.setAttribute("aria-pressed", String(this.view.level.includes(level)));
      chip.querySelector("i").textContent = String(counts.get(level) || 0);
    }
    for (const [name, node] of this.selects) this.fill(name, node, isIdle);
    this.clear.hidden = !Object.values(TESTS).some((make) => make(this.items, this.view));
  }

  /** How many items each choice of a filter would show, all other filters applied. */
  counted(name, isIdle) {
    const counts = new Map();
    for (const row of isIdle ? this.hits : this.fitting(name)) {
      const value = this.items.ident(COLUMN[name] ?? name, row);
      counts.set(value, (counts.get(value) || 0) + 1);
    }
    return counts;
  }

  /** A choice with how many items each would show; what would show none stays where it is chosen. */
  fill(name, node, isIdle) {
    const { make, shown, collator } = fb.items;
    const counts = this.counted(name, isIdle);
    const known = this.items.words[COLUMN[name] ?? name];
    const listed = known.filter(({ id }) => counts.get(id) || this.view[name] === id).map((entry) => [entry.id, entry[fb.language] || entry.en || entry.id]);
    const option = ([id, said, count]) => make("option", { value: id }, count === undefined ? said : `${shown(said)} (${count})`);
    if (name !== "state") listed.sort((a, b) => collator.compare(a[1], b[1]));
    const open = known.slice(0, this.items.ends.open).reduce((sum, { id }) => sum + (counts.get(id) || 0), 0);
    const all = name === "state" ? [["all", fb.say("state-all")], ["open", fb.say("state-open"), open]] : [["", fb.say(`${name}-all`)]];
    node.replaceChildren(...[...all, ...listed.map(([id, said]) => [id, said, counts.get(id) || 0])].map(option));
    node.value = this.view[name];
  }

  // keys
  walk(event) {
    const titles = [...this.body.querySelectorAll(".fb-title")];
    const at = titles.indexOf(document.activeElement);
    const to = { ArrowDown: titles[at + 1], ArrowUp: titles[at - 1] || this.field, Escape: this.field }[event.key];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  }

  fromField(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.body.querySelector(".fb-title")?.focus();
    } else if (event.key === "Escape" && this.field.value) {
      event.preventDefault();
      this.field.value = "";
      this.type();
    }
  }
}

/** Which years have a shard, and which edition of it. */
async function announced() {
  const answer = await fetch(new URL("find.json", fb.api), { credentials: "same-origin", cache: "no-cache" });
  return answer.json();
}

export async function start() {
  const [items, { years, made }] = await Promise.all([fb.items.load(), announced().catch(() => ({ years: [], made: [] }))]);
  await items.readable();
  const shards = years.length ? await Shards.open(years).catch(() => null) : null;
  const find = new Find(items, shards, made);
  addEventListener("popstate", () => { find.view = fromAddress(); find.field.value = find.view.q; find.look(); });
  if (!find.view.q && matchMedia("(hover: hover)").matches) find.field.focus();
}
