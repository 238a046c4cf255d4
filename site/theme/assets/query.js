/* git-feedback: the one query language in the browser: `state:open level:P0,P1 department:support owner:me 退款`, with the
 * same meaning as in `git feedback list` (desk/query.py); a test asks both the same.  What cannot be read is said and left out.
 *
 * fb.query.parse(text, items) gives { words, tests, fields, problems }: a row is asked for when every test holds and every
 * word stands in its id, its title or its text. */
"use strict";
(function () {
  const fb = window.fb;
  if (!fb || !fb.items) return;
  const { folded, GAPS } = fb.items;
  const NO = { unknown: true };
  const SPANS = ["2026", "2026-Q3", "2026-10", "2026-10-03", "2026-10-03..2026-10-09"]; // as in clock/periods.py

  /** Who reads this, as chosen on the first page; without a choice it stays `me`, which nobody is. */
  function me() {
    try { return localStorage.getItem("git-feedback.me") || "me"; } catch (refused) { return "me"; }
  }

  const today = () => new Date(fb.now() * 1000).toLocaleDateString("sv-SE", { timeZone: fb.zone() });
  const idOf = (entry) => (typeof entry === "object" ? entry.id : entry);

  /** What a field may be; null where anything may. */
  function known(items, name) {
    const ids = (shelf) => items.words[shelf].slice(0, items.known[shelf]).map(idOf);
    const departments = () => ids("department");
    const lists = {
      state: () => [...Object.keys(groups(items)), ...items.words.life.map(idOf)],
      level: () => items.words.level.map(idOf),
      department: departments,
      copied: departments,
      owner: () => ids("owner"),
      channel: () => ids("channel"),
      category: () => [...new Set(ids("category").flatMap((one) => [one.split("/")[0], one]))],
      clock: () => ["running", "soon", "paused", "breached-open", "breached", "none"],
      planned: () => ["yes", "no", "late"],
      snoozed: () => ["yes", "no"],
      force: () => ["yes", "no"],
      older: () => ["5wd", "5d"],
      received: () => SPANS,
      returned: () => ["1", "2", "3"],
      ref: () => ["5b1c6e0a"],
    };
    return lists[name] ? lists[name]() : null;
  }

  function groups(items) {
    const states = items.words.life.map(idOf);
    const { open, unfinished } = items.ends;
    return { open: states.slice(0, open), unfinished: states.slice(0, unfinished), finished: states.slice(unfinished), all: states };
  }

  /** A column that holds one word: the places of the wanted words. */
  function among(items, name, fits) {
    const wanted = new Uint8Array(items.words[name].length + 1);
    items.words[name].forEach((entry, place) => { wanted[place + 1] = Number(fits(folded(idOf(entry)))); });
    const column = items.columns[name];
    return (row) => wanted[column[row]] === 1;
  }

  const equal = (name) => (items, value) => among(items, name, (word) => word === value);

  function clock(items, value) {
    const kinds = { running: ["running", "soon"], breached: ["breached"], "breached-open": ["breached"], soon: ["soon"], paused: ["paused"] }[value];
    const wanted = new Set((kinds || ["running", "soon", "breached", "paused"]).map((kind) => items.words.clock.indexOf(kind) + 1));
    const goes = (row) => wanted.has(items.states[row]) && items.isUnfinished(row);
    return kinds ? goes : (row) => !goes(row);
  }

  function older(items, value) {
    const [, many, unit] = /^([1-9][0-9]{0,3})(wd|d)$/.exec(value) || [];
    if (!many || (unit === "wd" && many > items.older.length)) return NO;
    const before = unit === "wd" ? items.older[many - 1] : fb.now() - many * 86400;
    return (row) => items.received[row] < before;
  }

  const DAY = 86400;
  const SPAN = /^((?:19|20)\d\d)(?:-q([1-4])|-(0[1-9]|1[0-2])(?:-(\d\d))?)?$/;

  /** How far the clocks of the desk are before UTC at a moment; both in seconds. */
  const offset = (at) => Date.parse(`${new Date(at * 1000).toLocaleString("sv-SE", { timeZone: fb.zone() }).replace(" ", "T")}Z`) / 1000 - at;

  /** The first moment of a day at the desk, whatever the clocks of the reader say; `day` is that of UTC. */
  function midnight(day) {
    const [before, after] = [day - DAY, day + DAY].map((at) => day - offset(at));
    return [before, after].find((at) => at + offset(at) === day) ?? before;
  }

  /** The first day of a year, quarter, month or day and the first one after it, as days of UTC; null where there is no such. */
  function days(text) {
    const [, year, quarter, month, date] = SPAN.exec(text) || [];
    if (!year) return null;
    const first = quarter ? 3 * quarter - 3 : (month || 1) - 1;
    const many = quarter ? 3 : month ? 1 : 12;
    const ends = date ? [Date.UTC(year, first, date), Date.UTC(year, first, Number(date) + 1)] : [Date.UTC(year, first, 1), Date.UTC(year, first + many, 1)];
    return date && new Date(ends[0]).getUTCDate() !== Number(date) ? null : ends.map((one) => one / 1000);
  }

  function received(items, value) {
    const found = value.split("..").map(days);
    if (found.length > 2 || found.includes(null) || found[0][0] >= found.at(-1)[1]) return NO;
    const [first, end] = [found[0][0], found.at(-1)[1]].map(midnight);
    return (row) => first <= items.received[row] && items.received[row] < end;
  }

  function planned(items, value) {
    const plans = items.few("planned");
    const now = today();
    return value === "late" ? (row) => Boolean(plans.get(row)) && plans.get(row) < now : (row) => plans.has(row) === (value === "yes");
  }

  function snoozed(items, value) {
    const until = items.few("snoozed");
    const now = today();
    return (row) => (now < (until.get(row) ?? "")) === (value === "yes");
  }

  const TESTS = {
    id: (items, value) => (row) => items.id(row).toLowerCase() === value,
    state: (items, value) => {
      const wanted = groups(items)[value] || [value];
      return among(items, "life", (word) => wanted.includes(word));
    },
    level: equal("level"),
    department: equal("department"),
    owner: equal("owner"),
    category: (items, value) => among(items, "category", (word) => word === value || word.split("/")[0] === value),
    channel: equal("channel"),
    area: equal("area"),
    language: equal("language"),
    clock,
    ref: (items, value) => (/^[0-9a-f]{8,64}$/.test(value) ? among(items, "ref", (word) => value.startsWith(word) || word.startsWith(value)) : NO),
    planned,
    snoozed,
    force: (items, value) => (row) => items.few("force").has(row) === (value === "yes"),
    copied: (items, value) => (row) => (items.few("copied").get(row) || []).some((one) => folded(one) === value),
    returned: (items, value) => (/^[0-9]{1,3}$/.test(value) ? (row) => (items.few("returned").get(row) || 0) >= Number(value) : NO),
    older,
    received,
  };
  const OWN = new Set(["older", "received", "returned", "ref"]); // judged by their form, not by a list

  /** The test of one field, or what is wrong with its values. */
  function field(items, name, values) {
    const former = items.former[name] || {};
    const listed = known(items, name);
    const given = values.map((value) => (name === "owner" && value === "me" ? folded(me()) : former[value] || value));
    if (!given.length) return { problem: { field: name, given: "", known: listed || [] } };
    const tests = [];
    for (const value of given) {
      const isKnown = OWN.has(name) || !listed || listed.some((one) => folded(one) === value);
      const test = isKnown ? TESTS[name](items, value) : NO;
      if (test === NO) return { problem: { field: name, given: value, known: listed } };
      tests.push(test);
    }
    return { test: tests.length === 1 ? tests[0] : (row) => tests.some((test) => test(row)) };
  }

  function parse(text, items) {
    const found = { words: [], tests: [], fields: new Set(), problems: [] };
    for (const term of folded(text).split(GAPS).filter(Boolean)) {
      const colon = term.indexOf(":");
      const name = term.slice(0, colon);
      if (colon < 0) found.words.push(term);
      else if (!Object.hasOwn(TESTS, name)) found.problems.push({ field: name, given: null, known: Object.keys(TESTS) });
      else {
        const { test, problem } = field(items, name, term.slice(colon + 1).split(",").filter(Boolean));
        if (problem) found.problems.push(problem);
        else {
          found.tests.push(test);
          found.fields.add(name);
        }
      }
    }
    return found;
  }

  /** Fields that a word of the query could have meant: the id behind a name of a person, a department, a channel, a category. */
  function meant(words, items) {
    const found = [];
    for (const word of words.filter((one) => one.length > 1)) {
      for (const name of ["owner", "department", "channel", "category"]) {
        for (const entry of items.words[name].slice(0, items.known[name])) {
          if ([entry.en, entry.zh].some((said) => folded(said).startsWith(word))) found.push({ word, term: `${name}:${entry.id}`, name: entry[fb.language] });
        }
      }
    }
    return found.slice(0, 4);
  }

  fb.query = { parse, meant };
})();
