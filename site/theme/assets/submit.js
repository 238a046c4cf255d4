/* git-feedback: the page on which somebody writes feedback and hands it over.
 *
 * Nothing is sent from here: an address is made that the person opens, or a text to copy or keep.  Words of people reach
 * the page through textContent and value only.  item-file.js writes files, addresses.js knows what hosts take and
 * cuts what no address can hold, answers.js finds articles, contacts.js telephone numbers and the like.
 *
 * 1 places and words   2 fields   3 draft   4 answers   5 contact data   6 what is handed over   7 addresses   8 steps */
"use strict";
(function () {
  // 1 places and words -----------------------------------------------------------------------------------------------
  const form = document.querySelector("[data-fb-submit]");
  const item = window.fbItem;
  if (!form || !item || !window.fbAddress || !window.fbContacts || !window.crypto?.getRandomValues) return;
  const asked = form.dataset;
  const handover = document.querySelector("[data-fb-handover]");
  const done = document.querySelector("[data-fb-done]");
  const restored = document.querySelector("[data-fb-submit-restored]");
  const slot = (name, within = form) => within.querySelector(`[data-slot="${name}"]`);
  const list = (name) => new Map([...document.querySelectorAll(`[data-fb-submit-${name}] dt`)].map((one) => [one.textContent, one.nextElementSibling]));
  const [words, channels, boxes] = ["words", "channels", "boxes"].map(list);
  const given = new URLSearchParams(location.search);

  function say(code, values = {}) {
    const found = words.get(code)?.textContent || "";
    return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  function tell(place, text) {
    place.textContent = text;
    place.hidden = !text;
  }

  function entry(text) {
    const row = document.createElement("li");
    row.append(text);
    return row;
  }

  // 2 fields ---------------------------------------------------------------------------------------------------------
  const FIELDS = ["text", "title", "area", "product", "device", "expected", "rating", "nps"];
  const LINE_MAX = 300;
  const most = { text: Number(asked.textMax), title: Number(asked.titleMax), device: Number(asked.deviceMax), area: LINE_MAX, product: LINE_MAX };
  const input = (name) => form.elements[name];
  const box = boxes.get(given.get("box") || "");
  const named = box?.dataset.channel || given.get("channel") || "";
  const channel = channels.has(named) ? named : asked.channel;
  const required = new Set((channels.get(channel)?.dataset.required || "text").split(" "));
  let files = [];                                               // names and sizes; the files themselves stay where they are

  const kind = () => form.querySelector("[name=kind]:checked");
  const category = () => input("category").selectedOptions[0];
  const anonymous = () => form.elements.reply.value === "anonymous";
  const isShown = (name) => !form.querySelector(`[data-field="${name}"]`).hidden;
  const typed = (name) => (name === "text" ? item.clean(input(name).value) : item.onOneLine(input(name).value));
  const value = (name) => (isShown(name) ? typed(name) : "");

  /** Shows what the kind and the channel ask for; what is hidden is not handed over, and is not lost either. */
  function arrange() {
    const chosen = kind()?.value;
    for (const option of input("category").options) option.hidden = option.disabled = Boolean(option.value) && !option.dataset.kinds.split(" ").includes(chosen);
    if (category()?.disabled) input("category").value = "";
    slot("category").hidden = !chosen;
    document.getElementById("fb-category-about").textContent = category()?.dataset.about || "";
    const wanted = category()?.dataset.fields || kind()?.dataset.fields || "area";
    for (const name of FIELDS) {
      const place = form.querySelector(`[data-field="${name}"]`);
      const must = required.has(name);
      place.hidden = !(must || name === "text" || name === "title" || wanted.split(" ").includes(name));
      const optional = place.querySelector("[data-optional]");
      if (optional) optional.hidden = must;
      if (must) input(name).setAttribute("aria-required", "true");
    }
    for (const name of ["text", "title"]) {
      const used = item.length(typed(name));
      document.getElementById(`fb-${name}-count`).textContent = used ? say("count", { used, most: most[name] }) : "";
    }
  }

  /** What keeps the form from being handed over: [field, words]. */
  function wrong() {
    const found = [];
    for (const name of FIELDS.filter(isShown)) {
      const field = say(`field-${name}`);
      const over = item.length(typed(name)) - (most[name] || Infinity);
      const bad = input(name).validity.badInput || input(name).validity.rangeOverflow || input(name).validity.rangeUnderflow || input(name).validity.stepMismatch;
      if ((required.has(name) && !typed(name).trim()) || bad) found.push([name, say("missing", { field })]);
      else if (over > 0) found.push([name, say("too-long", { field, over, most: most[name] })]);
    }
    return found;
  }

  function showWrong(found) {
    for (const name of FIELDS) {
      const [, said = ""] = found.find(([one]) => one === name) || [];
      tell(document.getElementById(`fb-${name}-wrong`), said);
      if (said) input(name).setAttribute("aria-invalid", "true");
      else input(name).removeAttribute("aria-invalid");
    }
    if (found.some(([name]) => name === "title")) slot("more").open = true;
    slot("errors").hidden = !found.length;
    slot("errors").querySelector("ul").replaceChildren(...found.map(([name, said]) => {
      const link = document.createElement("a");
      link.href = `#fb-${name}`;
      link.textContent = said;
      link.addEventListener("click", (event) => { event.preventDefault(); input(name).focus(); });
      return entry(link);
    }));
  }

  function size(bytes) {
    return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
  }

  function showFiles() {
    slot("files").replaceChildren(...files.map(({ name, bytes }) => entry(`${name} (${size(bytes)})`)));
  }

  function pick(picked) {
    const many = Number(asked.attachmentsMax);
    files = [...picked].slice(0, many).map((one) => ({ name: item.onOneLine(one.name).slice(0, 100), bytes: one.size }));
    const large = files.find(({ bytes }) => bytes > Number(asked.attachmentBytes));
    const said = picked.length > many ? say("too-many", { most: many }) : large ? say("too-large", { name: large.name, most: size(Number(asked.attachmentBytes)) }) : "";
    tell(slot("files-wrong"), said);
    showFiles();
  }

  // 3 draft ----------------------------------------------------------------------------------------------------------
  const DRAFT = `git-feedback.draft ${new URL("../../", document.currentScript.src).pathname} ${asked.language}`;

  function stored(draft) {
    try {
      if (draft === undefined) return JSON.parse(localStorage.getItem(DRAFT) || "null");
      if (draft) localStorage.setItem(DRAFT, JSON.stringify(draft));
      else localStorage.removeItem(DRAFT);
    } catch (refused) { /* a browser that keeps nothing, or is full: the words are still on the page */ }
    return null;
  }

  function keep() {
    const draft = Object.fromEntries(FIELDS.map((name) => [name, input(name).value]));
    const anything = FIELDS.some((name) => draft[name].trim());
    stored(anything ? { ...draft, kind: kind()?.value || "", category: input("category").value, reply: form.elements.reply.value, files } : null);
  }

  function fill(draft) {
    const text = (name) => (typeof draft[name] === "string" ? draft[name] : "");
    for (const name of FIELDS) if (text(name)) input(name).value = text(name);
    for (const name of ["kind", "reply"]) {
      const radio = [...form.querySelectorAll(`[name=${name}]`)].find((one) => one.value === text(name));
      if (radio) radio.checked = true;
    }
    choose(text("category"));
    files = (Array.isArray(draft.files) ? draft.files : []).filter((one) => typeof one?.name === "string" && typeof one?.bytes === "number");
    showFiles();
  }

  /** Chooses a category, and a kind under which it is shown. */
  function choose(id) {
    const option = [...input("category").options].find((one) => one.value && one.value === id);
    if (!option) return;
    const kinds = option.dataset.kinds.split(" ");
    if (!kinds.includes(kind()?.value)) {
      const radio = [...form.querySelectorAll("[name=kind]")].find((one) => kinds.includes(one.value));
      if (radio) radio.checked = true;
    }
    option.disabled = false;
    input("category").value = id;
  }

  function clear() {
    stored(null);
    form.reset();
    pick([]);
    restored.hidden = true;
    showWrong([]);
    fromAddress();
    look();
    arrange();
  }

  function fromAddress() {
    const radio = [...form.querySelectorAll("[name=kind]")].find((one) => one.value === given.get("kind"));
    if (radio) radio.checked = true;
    choose(given.get("category") || "");
    if (given.get("title")) input("title").value = item.onOneLine(given.get("title"));
    if (box?.dataset.area) input("area").value = box.dataset.area;
    tell(slot("box"), box ? say("box", { box: box.textContent }) : "");
  }

  // 4 answers --------------------------------------------------------------------------------------------------------
  const ANSWERS = new URL("../../api/answers.json", document.currentScript.src);
  const PAGES = new URL("../", document.currentScript.src);
  const LOOKED_AT = 1500;
  let search = null;

  function searching() {
    search ||= fetch(ANSWERS, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((index) => window.fbAnswers.over(index))
      .catch(() => { search = null; return () => []; });        // no network, or an older site: no suggestions
    return search;
  }

  async function look() {
    const question = `${input("title").value}\n${input("text").value}`.slice(0, LOOKED_AT);
    const rank = window.fbAnswers?.isEnough(question) ? await searching() : () => [];
    if (question === `${input("title").value}\n${input("text").value}`.slice(0, LOOKED_AT)) suggest(rank(question, asked.language));
  }

  function suggest(found) {
    const before = slot("answers-said").textContent;
    slot("answers").hidden = !found.length;
    slot("answers").querySelector("ul").replaceChildren(...found.map(({ language, path, title, lead }) => {
      const link = document.createElement("a");
      const line = document.createElement("span");
      link.href = new URL(language === asked.language ? path : `../${language}/${path}`, PAGES).href;
      link.textContent = title;
      line.className = "fb-hush";
      line.textContent = lead;
      const row = entry(link);
      row.lang = language === "zh" ? "zh-CN" : language;
      row.append(document.createElement("br"), line);
      return row;
    }));
    const said = found.length ? say("answers-found", { many: found.length }) : "";
    if (said !== before) slot("answers-said").textContent = said;
  }

  // 5 contact data ---------------------------------------------------------------------------------------------------
  const OPEN = ["text", "title", "area", "product", "device"];

  function showContacts() {
    const found = window.fbContacts.kinds(OPEN.map(typed));
    const what = found.map((code) => say(`contact-${code}`)).join(asked.language === "zh" ? "、" : ", ");
    const place = slot("contact");
    const said = found.length ? say("contact", { what }) : "";
    if (place.querySelector("p").textContent !== said) place.querySelector("p").textContent = said;
    place.querySelector("button").hidden = !found.length;
    place.hidden = !found.length;
  }

  function takeOut() {
    for (const name of OPEN) {
      const text = window.fbContacts.masked(input(name).value);
      if (text !== input(name).value) input(name).value = text;
    }
    changed();
    slot("contact").querySelector("p").textContent = say("taken-out");
    slot("contact").querySelector("button").hidden = true;
    slot("contact").hidden = false;
    input("text").focus();
  }

  // 6 what is handed over --------------------------------------------------------------------------------------------
  const SENTENCE = /^.+?[。！？!?；;](?=\s|[^\x00-\x7f]|$)|^.+?\.(?=\s|$)/u;

  /** What the feedback is called: its title, else its first sentence, else what was chosen. */
  function title() {
    const line = item.onOneLine(typed("text").split("\n").find((one) => one.trim()) || "");
    const words = typed("title") || SENTENCE.exec(line)?.[0] || line || category()?.value && category().textContent || channels.get(channel)?.textContent || "";
    const room = most.title - 1;
    return item.length(words) > most.title ? `${[...words].slice(0, room).join("")}…` : words;
  }

  const inBox = (words) => (box ? `[${given.get("box")}] ${words}` : words);

  /** Lines for what a text alone has no field for; `names` are those that have one elsewhere. */
  function beside(names) {
    const lines = ["area", "product", "device", "expected", "rating", "nps"].filter((name) => !names.includes(name) && value(name)).map((name) => say(`line-${name}`, { value: value(name) }));
    if (files.length) lines.push(say("later", { files: files.map(({ name, bytes }) => `${name} (${size(bytes)})`).join(", ") }));
    return lines;
  }

  const text = (words, names) => [words, ...(beside(names).length ? [beside(names).join("\n")] : [])].filter(Boolean).join("\n\n");
  const option = () => category()?.dataset.option || "";

  /** The whole as plain words: for a chat, a mail, a person. */
  function plain(words) {
    const about = category()?.value ? [say("line-kind", { value: category().textContent })] : [];
    return [text(words, []), ...about].filter(Boolean).join("\n");
  }

  /** The whole as the body that the host's issue form would have made of it (intake/issue_form reads it). */
  function body(words) {
    const said = { kind: option(), product: value("product"), device: value("device"), rating: value("rating"), text: text(words, ["product", "device", "rating"]) };
    return Object.entries(said).map(([name, one]) => `### ${say(`label-${name}`)}\n\n${one || "_No response_"}`).join("\n\n");
  }

  function file(made, words, by) {
    const tags = [given.get("box") && box ? given.get("box") : "", kind()?.value || "", input("category").value].filter(Boolean);
    return item.file(made, {
      channel: by, language: asked.language, title: title(), text: text(words, ["product", "area", "device", "rating", "nps", "expected"]),
      submitter: anonymous() ? "anonymous" : "new", product: value("product"), area: value("area"), device: value("device"),
      rating: value("rating"), nps: value("nps"), expected: value("expected"), tags,
    });
  }

  // 7 addresses ------------------------------------------------------------------------------------------------------
  const LONGEST = 6000;                                         // of an address, encoded
  const LONGEST_MAIL = 2000;
  const { encoded, query } = window.fbAddress;
  const short = (words) => window.fbAddress.short(words, asked.language);
  const fitted = (words, make, longest) => window.fbAddress.fitted(words, make, longest, `\n\n${say("mark")}`, asked.language);

  /** What an issue is made from. */
  const issue = (words) => ({ repository: asked.repository, template: asked.template, title: short(inBox(title())),
    product: short(value("product")), device: short(value("device")), text: text(words, ["product", "device"]), body: body(words) });

  function mail(words) {
    const to = encoded(asked.mail).replace(/%40/g, "@");
    return `mailto:${to}?subject=${encoded(short(inBox(title())))}&body=${encoded(plain(words).replace(/\n/g, "\r\n"))}`;
  }

  // 8 steps ----------------------------------------------------------------------------------------------------------
  const way = (name) => handover.querySelector(`[data-way="${name}"]`);
  const steps = [form, handover, done];
  const PULL_REQUEST = "pull-request";
  let made = null;                                              // id, moment and name of the file; new each time it is handed over
  let address = null;                                           // of what was downloaded

  function step(which, focus) {
    for (const one of steps) one.hidden = one !== which;
    restored.hidden = true;
    document.querySelector("[data-fb-submit-lead]").hidden = which !== form;
    scrollTo(0, 0);
    focus.focus({ preventScroll: which !== form });
  }

  function link(name, found, code, without) {
    const place = way(name);
    const anchor = place.querySelector("a.fb-button:not([download])") || place.querySelector("a");
    place.hidden = false;
    anchor.href = found ? found.address : without;
    const whole = found && found.kept === found.all;
    tell(slot("cut", place), whole ? "" : found ? say(code, { kept: found.kept, all: found.all }) : say("no-link"));
  }

  function offer() {
    const words = typed("text");
    const host = asked.host && ((some) => window.fbAddress.HOSTS[asked.host](issue(some)));
    if (host) link("issue", fitted(words, host, LONGEST), "cut", host("").length <= LONGEST ? host("") : asked.repository);
    slot("asks", way("issue")).textContent = asked.host !== "github" ? "" : option() ? say("host-asks", { kind: option() }) : say("host-asks-any");
    if (asked.mail) link("mail", fitted(words, mail, LONGEST_MAIL), "cut-mail", mail(""));
    slot("account", handover).hidden = !(anonymous() && (host || asked.mail));
    slot("whole", handover).textContent = `${inBox(title())}\n\n${plain(words)}`;
    offerFile(words);
  }

  function offerFile(words) {
    const place = way("file");
    place.hidden = !asked.channel;
    if (place.hidden) return;
    made = item.fresh(asked.prefix, asked.zone);
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(new Blob([file(made, words, channel)], { type: "application/yaml" }));
    slot("download", place).href = address;
    slot("download", place).download = made.name.split("/").pop();
    if (!asked.new) return;
    const make = (some) => `${asked.new}?${query([["filename", made.name], ["value", file(made, some, PULL_REQUEST)]])}`;
    const found = fitted(words, make, LONGEST);
    slot("new", place).hidden = !found;
    if (found) slot("new", place).href = found.address;
    tell(slot("cut", place), found && found.kept < found.all ? say("cut", found) : "");
  }

  async function copy(words, from) {
    let copied = true;
    try {
      await navigator.clipboard.writeText(words);
    } catch (refused) {
      copied = false;
      way("copy").querySelector("details").open = true;
      getSelection().selectAllChildren(slot("whole", handover));
    }
    slot("status", handover).textContent = say(copied ? "copied" : "not-copied");
    if (copied) from.textContent = say("copied");
  }

  /** Of what was handed over nothing stays on the page, hidden or not. */
  function forget() {
    if (address) URL.revokeObjectURL(address);
    address = null;
    slot("whole", handover).textContent = "";
    for (const anchor of handover.querySelectorAll("[data-way] a")) anchor.removeAttribute("href");
  }

  function finish() {
    const promised = category()?.value ? category().dataset.promise : kind() ? kind().dataset.promise : asked.promise;
    const mute = channels.get(channel)?.hasAttribute("data-mute") && !asked.host && !asked.mail;
    const answered = anonymous() ? say("no-answer-anonymous") : mute ? say("no-answer") : promised ? say("promise", { time: promised }) : "";
    tell(slot("promise", done), answered);
    const ways = [...(asked.host ? ["next-issue"] : []), ...(asked.mail ? ["next-mail"] : []), "next-other"];
    slot("next", done).replaceChildren(...ways.map((code) => entry(say(code))));
    clear();
    forget();
    step(done, document.getElementById("fb-done"));
  }

  let soon = 0;

  function changed() {
    arrange();
    showContacts();
    if (!slot("errors").hidden) showWrong(wrong());
    clearTimeout(soon);
    soon = setTimeout(() => { keep(); look(); }, 250);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.getElementById("fb-files").addEventListener("change", (event) => { pick(event.target.files); changed(); });
  slot("contact").querySelector("button").addEventListener("click", takeOut);
  restored.querySelector("button").addEventListener("click", () => { clear(); input("text").focus(); });
  addEventListener("pagehide", () => { if (!form.hidden || !handover.hidden) keep(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = wrong();
    showWrong(found);
    keep();
    if (found.length) return slot("errors").focus();
    offer();
    return step(handover, document.getElementById("fb-handover"));
  });
  way("copy").querySelector("button").addEventListener("click", (event) => copy(slot("whole", handover).textContent, event.currentTarget));
  slot("copy-file", handover).addEventListener("click", (event) => copy(file(made, typed("text"), channel), event.currentTarget));
  slot("back", handover).addEventListener("click", () => step(form, input("text")));
  slot("sent", handover).addEventListener("click", finish);
  slot("again", done).addEventListener("click", () => step(form, input("text")));

  const draft = stored();
  if (draft && typeof draft === "object") fill(draft);
  slot("more").open = Boolean(input("title").value || files.length || given.get("title"));
  restored.hidden = !FIELDS.some((name) => input(name).value.trim());
  fromAddress();
  arrange();
  showContacts();
  form.hidden = false;
  if (!restored.hidden) look();
})();
