/* git-feedback: looking items up.  Words are looked up in the shards that Pagefind made of all items (find/<year>/), where
 * there are any; names, ids, titles and every filter come from api/queue.json, which is always right.
 *
 * 1 words   2 what a query asks   3 looking through the queue   4 looking through the shards   5 marks
 *
 * A word of the index is one Han character, or a whole Latin word or number: pages/finding.py cuts alike, a test compares.
 * A module, fetched where somebody looks for something. */
const fb = window.fb;

// 1 words --------------------------------------------------------------------------------------------------------------
const EACH = "々〇\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}\\u3040-\\u30ff";
const WORD = new RegExp(`[${EACH}]|\\p{Nd}+|(?:(?![${EACH}\\p{Nd}])[\\p{L}\\p{N}])+`, "gu");
const ALONE = new RegExp(`^[${EACH}]$`, "u");
const LETTERS = /^\p{L}+$/u;

/** The words of a text in order: 退款12天 café gives 退 款 12 天 cafe. */
export function cut(text) {
  return fb.items.folded(text).normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC").match(WORD) ?? [];
}

/** An English word without its ending, so that "charged" finds "charges" too: what is looked for is how words begin. */
export function stem(word) {
  const one = /^[a-z]{2,}[^aisu]s$/.test(word) ? word.slice(0, -1) : word;
  const bare = one.replace(/^([a-z]{4,}?)(?:ation|ied|ie|ing|ed|y|e)$/, "$1");
  const single = bare === one ? one : bare.replace(/([bdglmnprt])\1$/, "$1");
  return single.length >= 4 ? single : bare;
}

// 2 what a query asks ----------------------------------------------------------------------------------------------------
/** The query's parts, all of which an item must have: each a piece of text, cut, and its last word without ending. */
export function parts(query) {
  return query.split(/\s+/).map((said) => ({ said: said.toLowerCase(), words: cut(said) })).filter(({ words }) => words.length).map((part) => {
    const last = part.words.at(-1);
    return { ...part, root: part.words.length === 1 && LETTERS.test(last) && !ALONE.test(last) ? stem(last) : last };
  });
}

// 3 looking through the queue --------------------------------------------------------------------------------------------
const spaced = (text) => ` ${cut(text).join(" ")}`;
const NAMES = ["department", "owner", "channel", "category", "area"];

export class Listed {
  /** `withTexts`: what customers said is looked through too, as far as the site offers it. */
  constructor(items, withTexts) {
    this.items = items;
    this.texts = withTexts ? items.texts : null;
    this.said = new Array(items.count);
    this.names = new Map();
  }

  /** Id, title, names in both languages, and what was said; cut, a space before each word. */
  text(row) {
    return (this.said[row] ??= [this.items.id(row), this.items.title(row), this.body(row)].map(spaced).concat(NAMES.map((name) => this.name(name, row))).join("\n"));
  }

  /** What the customer said, folded; empty where the site does not offer it. */
  body(row) { return this.texts ? this.texts.text.slice(row ? this.texts.ends[row - 1] + 1 : 0, this.texts.ends[row]) : ""; }

  name(shelf, row) {
    const entry = this.items.entry(shelf, row);
    if (!entry) return "";
    if (!this.names.has(entry)) this.names.set(entry, (typeof entry === "string" ? [entry] : Object.values(entry)).map(spaced).join("\n"));
    return this.names.get(entry);
  }

  /** Whether an item has a part: letters at the beginning of a word, numbers and Han characters anywhere, ids as typed. */
  has(row, part) {
    const text = this.text(row);
    const asked = [...part.words.slice(0, -1), part.root].join(" ");
    if (text.includes(LETTERS.test(part.words[0]) && !ALONE.test(part.words[0]) ? ` ${asked}` : asked)) return true;
    return part.said.length > 2 && this.items.id(row).toLowerCase().includes(part.said);
  }

  rows(part) {
    const found = new Map();
    for (let row = 0; row < this.items.count; row += 1) if (this.has(row, part)) found.set(row, 4);
    return found;
  }
}

// 4 looking through the shards -------------------------------------------------------------------------------------------
const PATIENCE = 10000;
const ENOUGH = 256;                                            // words that one beginning may stand for

const inTime = (promise) => Promise.race([promise, new Promise((_, refuse) => setTimeout(() => refuse(new Error("too slow")), PATIENCE))]);

export class Shards {
  /** Opens the shards of all years; refuses where one of them cannot be read. */
  static async open(years) {
    const folders = years.map((year) => new URL(`../find/${year}/`, fb.top));
    const named = await Promise.all(folders.map(async (folder) => (await fb.json(new URL("finding.json", folder))).value));
    const script = await import(new URL("pagefind.js", folders[0]).href);
    const [first, ...others] = folders.map((folder) => folder.pathname);
    const index = script.createInstance({ basePath: first });
    await inTime(index.search("0"));
    for (const other of others) await inTime(index.mergeIndex(other, { language: named[0].language }));
    const opened = new Shards(index, named);
    const known = opened.words.at(-1);                           // Pagefind says nothing of files that it cannot read
    if (known && !(await inTime(index.search(`"${known}"`))).results.length) throw new Error("not readable");
    return opened;
  }

  constructor(index, named) {
    this.index = index;
    this.ids = new Map();
    this.texts = new Map();
    this.words = [...new Set(named.flatMap(({ words }) => words.split(" ")))].sort();
    for (const { language, items } of named) {
      for (const [day, rests] of Object.entries(items)) for (const [page, rest] of Object.entries(rests)) this.ids.set(`${language}_${page}`, `${day}-${rest}`);
    }
  }

  /** Whole words that a word may be the beginning of, the shortest first; numbers, and words that begin nothing, anywhere. */
  meant(word) {
    if (ALONE.test(word)) return [word];
    const begun = this.words.filter((one) => one.startsWith(word));
    const within = word.length > 2 && (!begun.length || /^\d+$/.test(word)) ? this.words.filter((one) => one.includes(word)) : begun;
    return within.sort((a, b) => a.length - b.length).slice(0, ENOUGH);
  }

  /** Items that have a part, by id, each with how good a hit it is. */
  async find(part) {
    const before = part.words.slice(0, -1);
    const asked = this.meant(part.root).map((word) => `"${[...before, word].join(" ")}"`);
    const answers = await inTime(Promise.all(asked.map((phrase) => this.index.search(phrase))));
    const found = new Map();
    for (const result of answers.flatMap((answer) => answer.results)) {
      const id = this.ids.get(result.id);
      if (id && !(found.get(id)?.score >= result.score)) found.set(id, result);
      if (id) this.texts.set(id, result.data);
    }
    return found;
  }
}

// 5 marks ------------------------------------------------------------------------------------------------------------------
const BEFORE = 24;
const LONG = 130;

/** Where the parts stand in a text: [from, to], in order, what overlaps joined.  Folding may change how long a text is. */
export function places(text, asked) {
  const origin = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(at));
    const folded = fb.items.folded(character).normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC");
    for (let n = 0; n < folded.length; n += 1) origin.push([at, at + character.length]);
    plain += folded;
    at += character.length;
  }
  const found = asked.flatMap((part) => [...plain.matchAll(pattern(part))].map((hit) => [origin[hit.index][0], origin[hit.index + hit[0].length - 1][1]]));
  return found.sort((a, b) => a[0] - b[0]).reduce((joined, [from, to]) => {
    if (joined.length && from <= joined.at(-1)[1]) joined.at(-1)[1] = Math.max(joined.at(-1)[1], to);
    else joined.push([from, to]);
    return joined;
  }, []);
}

/** A part as it may be written: signs and spaces between its words, and the last one with its ending. */
function pattern({ words, root }) {
  const written = [...words.slice(0, -1), root].join("[^\\p{L}\\p{N}]*");
  const isLatin = (word) => !ALONE.test(word) && LETTERS.test(word);
  return new RegExp((isLatin(words[0]) ? "(?<!\\p{Ll})" : "") + written + (isLatin(root) ? "\\p{Ll}*" : ""), "gu");
}

/** A text with its marks, as nodes; from the first mark on where it is long. */
export function marked(text, asked, long) {
  const found = places(text, asked);
  const start = long && found.length ? beginning(text, found[0][0]) : 0;
  const end = long ? Math.min(text.length, start + LONG) : text.length;
  const nodes = [start > 0 ? "…" : ""];
  let at = start;
  for (const [from, to] of found.filter((place) => place[1] > start && place[0] < end)) {
    nodes.push(text.slice(at, from), fb.items.make("mark", {}, text.slice(from, to)));
    at = to;
  }
  return [...nodes, text.slice(at, Math.max(at, end)), end < text.length ? "…" : ""];
}

/** A little before a place; not in the middle of a Latin word. */
function beginning(text, place) {
  const from = Math.max(0, place - BEFORE);
  if (from === 0) return 0;
  const gap = text.slice(from, place).search(/[\s，。；、,.;:：]/);
  return gap >= 0 && gap < BEFORE / 2 ? from + gap + 1 : from;
}
