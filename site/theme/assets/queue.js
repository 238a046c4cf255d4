/* git-feedback: the queue.  The first rows are stamped and stay without this script; with it, every item can be filtered,
 * sorted, paged and taken away as CSV.  The state of the view is the address, so a view can be sent to somebody.
 *
 * 1 the address   2 which rows   3 their order   4 the filter   5 the table   6 keys   7 views   8 start
 *
 * Hook: <div data-fb-queue> around the stamped filter, table and foot. */
"use strict";
(function () {
  const fb = window.fb;
  const host = document.querySelector("[data-fb-queue]");
  if (!fb || !fb.items || !fb.query || !host) return;
  const { shown, collator, make, tableRow, clockWords, utc, cell } = fb.items;

  const PAGE = 50;
  const CLOCKS = ["breached", "soon", "paused"];
  const CHOICES = ["department", "owner", "channel", "category", "area"];
  const SORTS = ["level", "title", "department", "life", "due"];
  const HEADS = { level: "level", title: "feedback", department: "department-owner", life: "state", due: "due" };
  const GROUPS = ["unfinished", "open", "finished", "all"];

  /** A choice that the browser keeps; one that keeps nothing forgets it with the page. */
  const kept = {
    read(name) { try { return localStorage.getItem(`git-feedback.${name}`); } catch (refused) { return null; } },
    write(name, value) { try { localStorage.setItem(`git-feedback.${name}`, value); } catch (refused) { /* see above */ } },
  };

  // 1 the address ----------------------------------------------------------------------------------------------------------
  const PLAIN = { q: "", level: [], clock: [], state: "unfinished", sort: "due", down: false, page: 1, ...Object.fromEntries(CHOICES.map((name) => [name, ""])) };

  function fromAddress(search, views) {
    const asked = new URLSearchParams(search);
    const many = (name) => (asked.get(name) || "").split(",").filter(Boolean);
    const sort = (asked.get("sort") || "due").replace(/^-/, "");
    const saved = views.find((one) => one.id === asked.get("view"));
    return {
      q: saved ? saved.query : asked.get("q") || "",
      level: many("level"),
      clock: many("clock"),
      state: asked.get("state") || (saved ? "all" : "unfinished"),
      sort: SORTS.includes(sort) ? sort : "due",
      down: (asked.get("sort") || "").startsWith("-"),
      page: Math.max(1, Number.parseInt(asked.get("page"), 10) || 1),
      ...Object.fromEntries(CHOICES.map((name) => [name, asked.get(name) || ""])),
    };
  }

  function toAddress(view, saved) {
    const said = new URLSearchParams();
    if (saved) said.set("view", saved.id);
    else if (view.q) said.set("q", view.q);
    for (const name of ["level", "clock"]) if (view[name].length) said.set(name, view[name].join(","));
    if (!saved && view.state !== "unfinished") said.set("state", view.state);
    for (const name of CHOICES) if (view[name]) said.set(name, view[name]);
    if (view.sort !== "due" || view.down) said.set("sort", (view.down ? "-" : "") + view.sort);
    if (view.page > 1) said.set("page", String(view.page));
    return said.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  }

  /** Whether a view is a saved one and nothing else. */
  const isSaved = (view, saved) => view.q.trim() === saved.query && ["unfinished", "all"].includes(view.state) && (view.state === "all" || /(^|\s)state[:：]/.test(view.q))
    && !view.level.length && !view.clock.length && CHOICES.every((name) => !view[name]);

  // 2 which rows -------------------------------------------------------------------------------------------------------------
  /** The tests of all that a view says but level and clock, whose chips are counted each without itself. */
  function tests(items, view, query) {
    const found = [...query.tests];
    const said = items.saying(query.words);
    if (said) found.unshift((row) => said[row] === 1);
    for (const name of CHOICES) if (view[name]) found.push(only(items, name, view[name]));
    if (!query.fields.has("state")) found.unshift(...stateTest(items, view.state));
    return found;
  }

  function only(items, name, ident) {
    const place = items.words[name].findIndex((entry) => (entry.id ?? entry) === ident) + 1;
    const column = items.columns[name];
    return place ? (row) => column[row] === place : () => false;
  }

  function stateTest(items, state) {
    const life = items.columns.life;
    const { open, unfinished } = items.ends;
    const group = { unfinished: (row) => life[row] <= unfinished, open: (row) => life[row] <= open, finished: (row) => life[row] > unfinished }[state];
    return state === "all" ? [] : [group || only(items, "life", state)];
  }

  /** The rows of a view, and for every chip how many rows it would show. */
  function chosen(items, view, query) {
    const all = tests(items, view, query);
    const wantedLevels = new Set(view.level.map((level) => items.words.level.findIndex((entry) => entry.id === level) + 1));
    const wantedClocks = new Set(view.clock.map((clock) => items.words.clock.indexOf(clock) + 1));
    const levels = new Uint32Array(items.words.level.length + 1);
    const clocks = new Uint32Array(items.words.clock.length + 1);
    const rows = new Uint32Array(items.count);
    let many = 0;
    for (let row = 0; row < items.count; row += 1) {
      if (!all.every((test) => test(row))) continue;
      const level = items.columns.level[row];
      const clock = items.states[row];
      const isLevel = !wantedLevels.size || wantedLevels.has(level);
      const isClock = !wantedClocks.size || wantedClocks.has(clock);
      if (isClock) levels[level] += 1;
      if (isLevel) clocks[clock] += 1;
      if (isLevel && isClock) rows[many++] = row;
    }
    return { rows: rows.subarray(0, many), levels, clocks };
  }

  // 3 their order ------------------------------------------------------------------------------------------------------------
  /** For each place of a column where its word stands in the order of the language. */
  function ranks(items, name) {
    const order = items.words[name].map((entry, place) => [entry[fb.language] ?? entry, place + 1]).sort((a, b) => collator.compare(a[0], b[0]));
    const found = new Uint32Array(order.length + 1);
    order.forEach(([, place], rank) => { found[place] = rank + 1; });
    return found;
  }

  const LIFE = ["new", "triaged", "assigned", "returned", "reopened", "accepted", "waiting", "resolved", "reviewed", "replied", "closed", "rejected", "duplicate"];
  const COMPARE = {
    due: (items) => (a, b) => items.orders[a] - items.orders[b],
    level: ({ columns: { level } }) => (a, b) => (level[a] || 999) - (level[b] || 999),
    title: (items) => (a, b) => collator.compare(items.title(a), items.title(b)),
    department(items) {
      const [departments, owners] = [ranks(items, "department"), ranks(items, "owner")];
      const { department, owner } = items.columns;
      return (a, b) => departments[department[a]] - departments[department[b]] || owners[owner[a]] - owners[owner[b]];
    },
    life(items) {
      const order = [0, ...items.words.life.map((entry) => LIFE.indexOf(entry.id))];
      return (a, b) => order[items.columns.life[a]] - order[items.columns.life[b]];
    },
  };

  function comparing(items, view) {
    const first = COMPARE[view.sort](items);
    const way = view.down ? -1 : 1;
    return (a, b) => way * first(a, b) || items.orders[a] - items.orders[b] || items.leftOrder(a) - items.leftOrder(b) || items.byId(a, b);
  }

  const FEW = 500;

  /** The first rows of an order, without putting all the others in order. */
  function firstOf(rows, many, compare) {
    if (many > FEW || rows.length <= FEW) return [...rows].sort(compare).slice(0, many);
    const best = [...rows.subarray(0, many)].sort(compare);
    for (let at = many; at < rows.length; at += 1) {
      const row = rows[at];
      if (compare(row, best[many - 1]) >= 0) continue;
      let low = 0;
      for (let high = many - 1; low < high;) {
        const middle = (low + high) >> 1;
        if (compare(row, best[middle]) < 0) high = middle; else low = middle + 1;
      }
      best.pop();
      best.splice(low, 0, row);
    }
    return best;
  }

  // 4 the filter -------------------------------------------------------------------------------------------------------------
  class Queue {
    constructor(items) {
      this.items = items;
      this.own = own();
      this.view = fromAddress(location.search, items.views);
      this.build();
      this.draw();
    }

    build() {
      const foot = this.buildTable();
      const top = this.views();
      host.replaceChildren(top, this.filter(), this.hint, make("div", { class: "fb-card" }, this.table, this.none), foot, this.keys(), this.naming);
    }

    filter() {
      this.search = make("input", { class: "fb-input", type: "search", "aria-label": fb.say("filter-label"), placeholder: fb.say("filter"), autocomplete: "off", spellcheck: "false" });
      this.search.addEventListener("input", (event) => { if (!event.isComposing) this.type(); });
      this.search.addEventListener("compositionend", () => this.type());
      this.search.addEventListener("focus", () => this.items.readable().then(() => setTimeout(() => this.items.warm(), 50)));
      this.search.addEventListener("keydown", (event) => this.fromSearch(event));
      this.hint = make("p", { class: "fb-hush fb-hint", role: "status", hidden: "" });
      const level = (entry) => [make("b", {}, entry.id), ` ${entry[fb.language]} `];
      this.chips = { level: this.group("level", this.items.words.level.map((entry) => [entry.id, level(entry)])),
        clock: this.group("clock", CLOCKS.map((state) => [state, [fb.sign(state), `${fb.say(`clock-${state}`)} `]])) };
      this.selects = { state: this.chooseState(), ...Object.fromEntries(this.offered().map((name) => [name, this.choose(name)])) };
      this.order = this.chooseOrder();
      this.clear = this.button("clear", () => this.reset());
      this.keep = this.button("keep", () => this.keepView());
      const form = make("form", { class: "fb-filter", role: "search" }, this.search, this.chips.level.node, this.chips.clock.node, ...Object.values(this.selects), this.order, this.clear, this.keep);
      form.addEventListener("submit", (event) => event.preventDefault());
      return form;
    }

    /** What there is a choice of: a column that holds nothing is no choice. */
    offered() { return CHOICES.filter((name) => this.items.columns[name].some((place) => place)); }

    group(name, values) {
      const chips = new Map(values.map(([value, label]) => [value, this.chip(name, value, label)]));
      return { chips, node: make("div", { role: "group", "aria-label": fb.say(name) }, ...chips.values()) };
    }

    chip(name, value, label) {
      const button = make("button", { type: "button", class: "fb-chip", "aria-pressed": "false", "data-value": value }, ...label, make("i", {}));
      button.addEventListener("click", () => {
        const pressed = this.view[name];
        this.change({ [name]: pressed.includes(value) ? pressed.filter((other) => other !== value) : [...pressed, value] });
      });
      return button;
    }

    choose(name) {
      const used = new Set(this.items.columns[name]);
      const entries = this.items.words[name].filter((_, place) => used.has(place + 1));
      const options = entries.map((entry) => [entry.id ?? entry, entry[fb.language] ?? entry]).sort((a, b) => collator.compare(a[1], b[1]));
      return this.select(name, [["", fb.say(`${name}-all`)], ...options]);
    }

    chooseState() {
      const used = new Set(this.items.columns.life);
      const lives = this.items.words.life.filter((_, place) => used.has(place + 1)).map((entry) => [entry.id, entry[fb.language]]);
      const node = this.select("state", [...GROUPS.map((name) => [name, fb.say(`state-${name}`)]), ...lives]);
      node.append(make("option", { value: "typed", hidden: "" }, fb.say("state-typed")));
      return node;
    }

    select(name, options) {
      const node = make("select", { class: "fb-select", name, "aria-label": fb.say(name) }, ...options.map(([value, label]) => make("option", { value }, shown(label))));
      node.addEventListener("change", () => this.change({ [name]: node.value, ...(name === "state" ? { q: this.view.q.replace(/(^|\s)state[:：]\S*/gi, "$1").trim() } : {}) }));
      return node;
    }

    /** On a phone the heads of the table are gone: there the order is chosen here. */
    chooseOrder() {
      const options = SORTS.map((name) => make("option", { value: name }, `${fb.say("order")} ${fb.say(HEADS[name])}`));
      const node = make("select", { class: "fb-select fb-order", "aria-label": fb.say("order") }, ...options);
      node.addEventListener("change", () => this.change({ sort: node.value, down: false }));
      return node;
    }

    button(code, press) {
      const node = make("button", { type: "button", class: "fb-button" }, fb.say(code));
      node.addEventListener("click", press);
      return node;
    }

    /** What is typed changes the address in place: Back leads before the typing, not through every letter. */
    type() { this.change({ q: this.search.value }, "replaceState"); }

    change(said, how = "pushState") {
      this.view = { ...this.view, page: 1, ...said };
      this.draw(how);
    }

    reset() {
      this.view = { ...PLAIN };
      this.draw("pushState");
      this.search.focus();
    }

    fromSearch(event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") {
        event.preventDefault();
        this.titles()[0]?.focus();
      } else if (event.key === "Escape" && this.search.value) {
        event.preventDefault();
        this.search.value = "";
        this.type();
      }
    }

    drawFilter({ levels, clocks }) {
      const counts = { level: (value) => levels[this.items.words.level.findIndex((entry) => entry.id === value) + 1], clock: (value) => clocks[this.items.words.clock.indexOf(value) + 1] };
      for (const [name, { chips }] of Object.entries(this.chips)) {
        for (const [value, chip] of chips) {
          chip.setAttribute("aria-pressed", String(this.view[name].includes(value)));
          chip.lastChild.textContent = String(counts[name](value));
        }
      }
      if (this.search.value !== this.view.q) this.search.value = this.view.q;
      for (const [name, node] of Object.entries(this.selects)) node.value = this.view[name];
      if (this.query.fields.has("state")) this.selects.state.value = "typed";
      this.order.value = this.view.sort;
      this.clear.hidden = toAddress({ ...this.view, page: 1, sort: "due", down: false }) === "";
      this.keep.hidden = this.clear.hidden || Boolean(this.saved());
    }

    /** What cannot be read is said, with what can; a name is offered as the field it may have meant. */
    drawHint() {
      const { problems, words } = this.query;
      const between = fb.language === "zh" ? "、" : ", ";
      const said = problems.map(({ field, given, known }) => {
        const first = known.slice(0, 12).join(between) + (known.length > 12 ? " …" : "");
        if (given === null) return fb.say("query-field", { name: shown(field), first });
        return given ? fb.say("query-value", { name: shown(given), last: field, first }) : fb.say("query-values", { last: field, first });
      });
      const offers = problems.length ? [] : fb.query.meant(words, this.items).map(({ word, term, name }) => {
        const button = make("button", { type: "button", class: "fb-chip" }, make("b", {}, term), ` ${shown(name)}`);
        button.addEventListener("click", () => { this.change({ q: this.view.q.split(/\s+/).map((one) => (fb.items.folded(one) === word ? term : one)).join(" ") }); this.search.focus(); });
        return button;
      });
      if (offers.length) said.push(fb.say("query-meant"));
      const scope = words.length && this.items.isReadable && !this.items.texts ? fb.say("query-titles") : "";
      if (scope) said.push(scope);
      this.hint.replaceChildren(said.join(" "), ...offers);
      this.hint.hidden = !said.length;
    }

    // 5 the table ------------------------------------------------------------------------------------------------------------
    buildTable() {
      this.body = make("tbody", { role: "rowgroup" });
      this.heads = Object.fromEntries(SORTS.map((name) => [name, this.head(name)]));
      const head = make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...Object.values(this.heads)));
      this.table = make("table", { class: "fb-table fb-queue", role: "table", "aria-label": fb.say("feedback") }, head, this.body);
      this.none = make("div", { class: "fb-empty", hidden: "" });
      this.status = make("span", { class: "fb-hush", role: "status" });
      this.previous = this.button("previous", () => this.go(this.view.page - 1));
      this.next = this.button("next", () => this.go(this.view.page + 1));
      const csv = this.button("csv", () => this.download());
      const help = this.button("keys", () => this.dialog.showModal());
      help.classList.add("fb-keys");
      this.body.addEventListener("keydown", (event) => this.walk(event));
      this.body.addEventListener("click", (event) => this.leave(event.target.closest?.("tr")));
      return make("div", { class: "fb-foot" }, this.status, make("span", {}, help, csv, this.previous, this.next));
    }

    head(name) {
      const button = make("button", { type: "button" }, fb.say(HEADS[name]));
      button.addEventListener("click", () => this.change({ sort: name, down: this.view.sort === name && !this.view.down }));
      return make("th", { role: "columnheader", scope: "col" }, button);
    }

    go(page) {
      this.view = { ...this.view, page };
      this.draw("pushState");
      this.table.scrollIntoView({ block: "nearest" });
      if (!document.activeElement || document.activeElement === document.body || document.activeElement.disabled) this.titles()[0]?.focus({ preventScroll: true });
    }

    titles() { return [...this.body.querySelectorAll(".fb-title")]; }

    saved() { return this.items.views.find((one) => isSaved(this.view, one)); }

    draw(how = "replaceState") {
      const { items, view } = this;
      this.query = fb.query.parse(view.q, items);
      if (view.q && !items.isReadable) items.readable().then(() => this.draw("none"));
      const found = chosen(items, view, this.query);
      this.found = found.rows;
      const total = found.rows.length;
      const pages = Math.max(1, Math.ceil(total / PAGE));
      view.page = Math.min(view.page, pages);
      const first = (view.page - 1) * PAGE;
      this.drawRows(firstOf(found.rows, Math.min(first + PAGE, total), comparing(items, view)).slice(first));
      this.status.textContent = fb.say("range", { first: total ? first + 1 : 0, last: Math.min(total, first + PAGE), total });
      this.table.hidden = total === 0;
      this.drawNone(total);
      this.previous.disabled = view.page <= 1;
      this.next.disabled = view.page >= pages;
      this.drawFilter(found);
      this.drawHint();
      this.drawHeads();
      this.drawViews();
      if (how !== "none") this.tell(how);
    }

    tell(how) {
      const query = toAddress(this.view, this.saved());
      const address = location.pathname + (query ? `?${query}` : "") + location.hash;
      if (address !== location.pathname + location.search + location.hash) history[how](how === "pushState" ? null : history.state, "", address);
    }

    /** The rows; whoever stands on one of them stays on it. */
    drawRows(rows) {
      const here = this.body.contains(document.activeElement) ? document.activeElement.closest("tr").dataset.id : null;
      this.body.replaceChildren(...rows.map((row) => tableRow(this.items, row)));
      if (here) this.stand(here);
    }

    stand(id) {
      const title = this.body.querySelector(`tr[data-id="${CSS.escape(id)}"] .fb-title`);
      title?.focus({ preventScroll: true });
      title?.closest("tr").scrollIntoView({ block: "nearest" });
    }

    drawHeads() {
      for (const name of SORTS) {
        if (name === this.view.sort) this.heads[name].setAttribute("aria-sort", this.view.down ? "descending" : "ascending");
        else this.heads[name].removeAttribute("aria-sort");
      }
    }

    drawNone(total) {
      const { items } = this;
      this.none.hidden = total > 0;
      if (total) return;
      const [what, way] = !items.count ? ["empty", "empty-way-out"] : toAddress({ ...this.view, page: 1, sort: "due", down: false }) === "" ? ["all-finished", "all-finished-way-out"] : ["nothing", "nothing-way-out"];
      const all = make("a", { href: "?state=all" }, fb.say("state-all"));
      this.none.replaceChildren(make("strong", {}, fb.say(what)), fb.say(way), ...(what === "all-finished" ? [" ", all] : []));
    }

    download() {
      const heads = ["id", "title", "level", "state", "department", "owner", "channel", "category", "area", "received", "due", "clock"];
      const rows = [...this.found].sort(comparing(this.items, this.view));
      const lines = [heads.map((name) => (name === "clock" ? fb.say("due") : name === "due" ? `${fb.say("due")} (UTC)` : fb.say(name))), ...rows.map((row) => this.line(row))];
      const text = `\ufeff${lines.map((cells) => cells.map(cell).join(",")).join("\r\n")}\r\n`;
      const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: `${fb.say("file")}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }

    line(row) {
      const { items } = this;
      const named = (name) => items.named(name, row);
      return [items.id(row), items.title(row), items.ident("level", row), named("life"), named("department"), named("owner"), named("channel"), named("category"), named("area"),
        utc(items.received[row]), utc(items.due(row)), clockWords(items, row)];
    }

    // 6 keys -----------------------------------------------------------------------------------------------------------------
    /** Arrows walk from title to title; Escape goes back to the filter. */
    walk(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const to = { ArrowDown: this.near(1), ArrowUp: this.near(-1) || this.search, Escape: this.search }[event.key];
      if (!to || !this.titles().includes(document.activeElement)) return;
      event.preventDefault();
      to.focus();
    }

    near(step) {
      const titles = this.titles();
      const at = titles.indexOf(document.activeElement);
      return at < 0 ? titles[step > 0 ? 0 : titles.length - 1] : titles[at + step];
    }

    /** Where somebody was when they opened an item, so that Back finds them there. */
    leave(row) {
      if (row) history.replaceState({ ...history.state, row: row.dataset.id }, "");
    }

    keys() {
      const list = ["/", "j", "k", "Enter", "c", "[", "]", "?"].map((key) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, fb.say(`key-${NAMES[key]}`))));
      this.isOn = make("input", { type: "checkbox", id: "fb-keys-on" });
      this.isOn.checked = kept.read("keys") !== "off";
      this.isOn.addEventListener("change", () => kept.write("keys", this.isOn.checked ? "on" : "off"));
      const close = this.button("close", () => this.dialog.close());
      this.dialog = make("dialog", { class: "fb-dialog", "aria-labelledby": "fb-keys-title" }, make("h2", { id: "fb-keys-title" }, fb.say("keys")),
        make("dl", { class: "fb-keylist" }, ...list), make("label", { for: "fb-keys-on" }, this.isOn, ` ${fb.say("keys-on")}`), make("div", { class: "fb-foot" }, close));
      document.addEventListener("keydown", (event) => this.press(event));
      return this.dialog;
    }

    /** Single keys never fire while somebody writes, with a modifier, in a dialogue, or when they are switched off. */
    press(event) {
      const isWriting = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
      if (isWriting || event.isComposing || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || !this.isOn.checked) return;
      const act = {
        "/": () => { this.search.focus(); this.search.select(); },
        j: () => this.near(1)?.focus(),
        k: () => this.near(-1)?.focus(),
        c: () => this.copy(document.activeElement.closest?.("tr")),
        "[": () => { if (!this.previous.disabled) this.go(this.view.page - 1); },
        "]": () => { if (!this.next.disabled) this.go(this.view.page + 1); },
        "?": () => this.dialog.showModal(),
      }[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    }

    copy(row) {
      if (!row?.dataset.id) return;
      const said = (code) => { this.hint.replaceChildren(fb.say(code, { name: row.dataset.id })); this.hint.hidden = false; };
      navigator.clipboard.writeText(row.dataset.id).then(() => said("copied-id"), () => said("not-copied"));
    }

    // 7 views ----------------------------------------------------------------------------------------------------------------
    views() {
      this.viewLinks = make("div", { class: "fb-viewlist" });
      const naming = make("input", { class: "fb-input", type: "text", maxlength: "40", required: "", id: "fb-view-name" });
      const form = make("form", { method: "dialog" }, make("label", { for: "fb-view-name" }, fb.say("view-name")), naming, make("p", { class: "fb-hush" }, fb.say("view-here")),
        make("div", { class: "fb-foot" }, this.button("cancel", () => this.naming.close()), make("button", { class: "fb-button fb-button--main", type: "submit" }, fb.say("keep"))));
      this.naming = make("dialog", { class: "fb-dialog", "aria-labelledby": "fb-view-title" }, make("h2", { id: "fb-view-title" }, fb.say("keep")), form);
      form.addEventListener("submit", () => this.add(naming.value.trim()));
      return make("nav", { class: "fb-views", "aria-label": fb.say("views") }, this.viewLinks);
    }

    keepView() {
      this.naming.querySelector("input").value = "";
      this.naming.showModal();
    }

    add(name) {
      if (!name) return;
      this.own = [...this.own.filter((one) => one.name !== name), { name, query: toAddress({ ...this.view, page: 1 }, this.saved()) }];
      kept.write("views", JSON.stringify(this.own));
      this.draw();
    }

    remove(name) {
      this.own = this.own.filter((one) => one.name !== name);
      kept.write("views", JSON.stringify(this.own));
      this.draw();
      this.search.focus();
    }

    /** The desk's views and the reader's own, each with how many rows it has now; counted when there is time. */
    drawViews() {
      const here = toAddress({ ...this.view, page: 1 }, this.saved());
      const desk = this.items.views.map((one) => this.viewLink(one[fb.language], `view=${one.id}`, here));
      const own = this.own.map(({ name, query }) => {
        const remove = make("button", { type: "button", class: "fb-x", "aria-label": fb.say("view-remove", { name }) }, "×");
        remove.addEventListener("click", () => this.remove(name));
        return make("span", { class: "fb-own" }, this.viewLink(name, query, here), remove);
      });
      const all = this.viewLink(fb.say("view-all"), "", here);
      const hadFocus = this.viewLinks.contains(document.activeElement) ? document.activeElement.dataset.query : null;
      this.viewLinks.replaceChildren(all, ...desk, ...own, ...(own.length ? [make("span", { class: "fb-hush" }, fb.say("view-here"))] : []));
      if (hadFocus !== null) this.viewLinks.querySelector(`[data-query="${CSS.escape(hadFocus)}"]`)?.focus();
    }

    viewLink(name, query, here) {
      const count = make("i", {}, this.counts?.get(query) ?? "");
      const link = make("a", { class: "fb-view", href: `?${query}`, "data-query": query, ...(query === here ? { "aria-current": "page" } : {}) }, shown(name), " ", count);
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        this.view = fromAddress(query, this.items.views);
        this.draw("pushState");
      });
      return link;
    }

    async count() {
      if (this.items.views.some((one) => fb.query.parse(one.query, this.items).words.length)) await this.items.readable();
      const queries = ["", ...this.items.views.map((one) => `view=${one.id}`), ...this.own.map((one) => one.query)];
      this.counts = new Map(queries.map((query) => [query, String(this.many(query))]));
      for (const link of this.viewLinks.querySelectorAll("a")) link.querySelector("i").textContent = this.counts.get(link.dataset.query) ?? "";
    }

    many(query) {
      const view = fromAddress(query, this.items.views);
      return chosen(this.items, view, fb.query.parse(view.q, this.items)).rows.length;
    }
  }

  const NAMES = { "/": "filter", j: "next", k: "previous", Enter: "open", c: "copy", "[": "page-back", "]": "page-on", "?": "help" };

  /** The reader's own views; what another hand wrote there is left alone. */
  function own() {
    try {
      const read = JSON.parse(kept.read("views") || "[]");
      return Array.isArray(read) ? read.filter((one) => typeof one?.name === "string" && typeof one?.query === "string").slice(0, 50) : [];
    } catch (broken) { return []; }
  }

  // 8 start ------------------------------------------------------------------------------------------------------------------
  /** The theme takes every `q` in an address for its own search and opens that; here it is the filter of the queue. */
  function keepThemeOut(queue) {
    const toggle = document.querySelector("#__search");
    const field = document.querySelector(".md-search__input");
    if (!toggle || !field || !new URLSearchParams(location.search).has("q")) return;
    const close = () => {
      field.value = "";
      field.blur();
      if (toggle.checked) toggle.click();
      queue.tell("replaceState");                              // closing took the q away
    };
    close();
    field.addEventListener("focus", () => { if (!navigator.userActivation?.isActive) setTimeout(close); });
  }

  async function start() {
    const items = await fb.items.load();
    if (!fb.spoken()) return;
    const queue = new Queue(items);
    keepThemeOut(queue);
    host.dataset.fbQueue = "ready";
    if (history.state?.row) queue.stand(history.state.row);
    setTimeout(() => queue.count(), 200);
    addEventListener("popstate", () => {
      queue.view = fromAddress(location.search, items.views);
      queue.draw("none");
      if (history.state?.row) queue.stand(history.state.row);
    });
    setInterval(() => { items.turn(); queue.draw("none"); queue.count(); }, 30000);
  }

  /** Without the data the stamped rows stay; it is said that they are not all. */
  async function failed() {
    await fb.ready;
    if (!fb.spoken()) return;
    const again = make("a", { href: location.href }, fb.say("again"));
    host.prepend(make("p", { class: "fb-note", role: "status" }, make("span", {}, fb.say("not-all"), " ", again)));
  }

  start().catch(failed);
})();
