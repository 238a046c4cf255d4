/* git-feedback: the page on which somebody opens a new file of feedback on the host.
 *
 * The page itself is the same for all, so each browser makes an id and a time of its own: two people who open it at once
 * write two files.  The time is that of the desk's zone, and the id names its day (model/ids.py says how ids are made).
 * Hook: <div data-fb-file data-prefix data-zone data-id data-received data-new> around the file's name and text. */
"use strict";
(function () {
  const host = document.querySelector("[data-fb-file]");
  if (!host || !window.crypto?.getRandomValues) return;
  const { prefix, zone, id: shownId, received: shownTime } = host.dataset;
  const slot = (name) => host.querySelector(`[data-slot="${name}"]`);
  const link = host.querySelector("[data-fb-file-open]");
  const skeleton = slot("text").textContent;

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

  function freshId(day) {
    const body = [...window.crypto.getRandomValues(new Uint8Array(6))].map((byte) => ALPHABET[byte & 31]).join("");
    return `${prefix}${day}-${body}${checkCharacter(day + body)}`;
  }

  // the time ---------------------------------------------------------------------------------------------------------
  const two = (number) => String(number).padStart(2, "0");
  const clock = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", { timeZone: zone, hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });

  /** This second in the desk's zone, with the distance of its clocks from UTC. */
  function here() {
    const now = Math.floor(Date.now() / 1000) * 1000;
    const said = Object.fromEntries(clock.formatToParts(now).map((part) => [part.type, part.value]));
    const { year, month, day, hour, minute, second } = said;
    const ahead = Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - now) / 60000);
    const apart = Math.abs(ahead);
    const offset = `${ahead < 0 ? "-" : "+"}${two(Math.floor(apart / 60))}:${two(apart % 60)}`;
    return { year, month, day, moment: `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}` };
  }

  // the file ---------------------------------------------------------------------------------------------------------
  function draw() {
    const { year, month, day, moment } = here();
    const id = freshId(`${year.slice(-2)}${month}${day}`);
    const name = `feedback/${year}/${month}/${id}.yml`;
    const file = skeleton.replaceAll(shownId, id).replace(shownTime, moment);
    slot("name").textContent = name;
    slot("text").textContent = file;
    if (!link) return;
    link.href = `${host.dataset.new}?filename=${encodeURIComponent(name)}&value=${encodeURIComponent(file)}`;
    link.hidden = false;
  }

  draw();
  for (const kind of ["click", "auxclick"]) link?.addEventListener(kind, draw);   // each file that is opened has its own id
})();
