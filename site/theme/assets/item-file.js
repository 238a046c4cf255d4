/* git-feedback: an item file, written in the browser as the desk's own writer writes it (notation/writer.py, model/ids.py).
 *
 * Each browser makes an id and a time of its own: two people who open a page at once write two files.  The time is that
 * of the desk's zone, and the id names its day.  Nothing here touches the page; window.fbItem is for other scripts. */
"use strict";
(function () {
  // characters -------------------------------------------------------------------------------------------------------
  /* What no file may hold: controls, line breaks of some readers only, halves of characters, characters that are none. */
  const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff\p{Noncharacter_Code_Point}]/gu;
  const hex = (character) => character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");

  /** Text fit for a file: forbidden characters become visible (`[U+2028]`), line ends become LF; nothing else changes. */
  function clean(text) {
    return text.replace(/\r\n?/g, "\n").replace(FORBIDDEN, (found) => `[U+${hex(found)}]`);
  }

  const onOneLine = (text) => clean(text).split(/\s+/).filter(Boolean).join(" ");

  /** How long a text is, counted as the policy counts. */
  const length = (text) => [...text].length;

  /** The pieces at whose borders a text may be cut: what a reader sees as one character. */
  function graphemes(text, language) {
    if (!window.Intl?.Segmenter) return [...text];
    return [...new Intl.Segmenter(language, { granularity: "grapheme" }).segment(text)].map((one) => one.segment);
  }

  // the id -----------------------------------------------------------------------------------------------------------
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const timesX = (value) => (value & 16 ? (value << 1) ^ 0b100101 : value << 1);

  function times(left, right) {
    let product = 0;
    for (; right; right >>= 1, left = timesX(left)) if (right & 1) product ^= left;
    return product;
  }

  /** A sum over GF(32): the character at place n weighs the power n + 1 of the field's generator. */
  function checkCharacter(payload) {
    let total = 0;
    let weight = 1;
    for (const character of payload) {
      weight = timesX(weight);
      total ^= times(weight, ALPHABET.indexOf(character));
    }
    return ALPHABET[total];
  }

  function freshId(prefix, day) {
    const body = [...window.crypto.getRandomValues(new Uint8Array(6))].map((byte) => ALPHABET[byte & 31]).join("");
    return `${prefix}${day}-${body}${checkCharacter(day + body)}`;
  }

  // the time ---------------------------------------------------------------------------------------------------------
  const two = (number) => String(number).padStart(2, "0");

  /** This second in a zone, with the distance of its clocks from UTC. */
  function here(zone) {
    const clock = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", { timeZone: zone, hourCycle: "h23",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const now = Math.floor(Date.now() / 1000) * 1000;
    const { year, month, day, hour, minute, second } = Object.fromEntries(clock.formatToParts(now).map((part) => [part.type, part.value]));
    const ahead = Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - now) / 60000);
    const apart = Math.abs(ahead);
    const offset = `${ahead < 0 ? "-" : "+"}${two(Math.floor(apart / 60))}:${two(apart % 60)}`;
    return { year, month, day, moment: `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}` };
  }

  /** An id of its own for an item that is received now, the moment, and the name of its file. */
  function fresh(prefix, zone) {
    const { year, month, day, moment } = here(zone);
    const id = freshId(prefix, `${year.slice(-2)}${month}${day}`);
    return { id, moment, name: `feedback/${year}/${month}/${id}.yml` };
  }

  // YAML -------------------------------------------------------------------------------------------------------------
  const WORDS = /^\p{L}[^\n\t:#]*$/u;
  const TYPED = new Set("y yes n no on off true false null nil none nan inf".split(" "));
  const FLOW = /[,[\]{}?]/;

  /** A text on one line: plain only where no reader could take it for anything else, else quoted as JSON quotes. */
  function scalar(text, flow) {
    const plain = WORDS.test(text) && text === text.trim() && !TYPED.has(text.toLowerCase()) && !(flow && FLOW.test(text));
    return plain ? text : JSON.stringify(text);
  }

  /** A block scalar, even for one line; quoted where a block cannot carry the text. */
  function literal(key, text) {
    const lines = text.split("\n");
    const blank = (line) => line !== "" && !line.replace(/[ \t]+/g, "");
    if (!text.trim() || blank(lines[0]) || blank(lines[lines.length - 1])) return `${key}: ${JSON.stringify(text)}\n`;
    const margin = " \t\n".includes(text[0]) ? "2" : "";
    const chomping = text.endsWith("\n\n") ? "+" : text.endsWith("\n") ? "" : "-";
    if (text.endsWith("\n")) lines.pop();
    return `${key}: |${margin}${chomping}\n${lines.map((line) => (line ? `  ${line}\n` : "\n")).join("")}`;
  }

  /** The text of an item file: `fresh` as above, `said` the clean words by field; what was not said is left out. */
  function file(made, said) {
    const line = (name, value) => (value ? `${name}: ${value}\n` : "");
    const words = (name) => (said[name] ? `${name}: ${scalar(said[name])}\n` : "");
    const number = (name) => line(name, said[name] && String(Number(said[name])));   // a browser takes 4.0 and 4e0 for 4
    return [
      line("id", made.id), line("received", made.moment), line("channel", said.channel), line("source", made.id),
      line("language", said.language), words("title"), said.text ? literal("text", said.text) : "",
      said.submitter ? `submitter:\n  kind: ${said.submitter}\n` : "",
      words("product"), words("area"), words("device"),
      number("rating"), number("nps"), line("expected", said.expected),
      said.tags?.length ? `tags: [${said.tags.map((tag) => scalar(tag, true)).join(", ")}]\n` : "",
    ].join("");
  }

  window.fbItem = { clean, onOneLine, length, graphemes, fresh, file };
})();
