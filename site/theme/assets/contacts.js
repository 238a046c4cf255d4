/* git-feedback: how a person could be reached, found in what was typed: a light look, so that somebody notices before it is
 * public.  `check` and intake look closer (privacy/).  window.fbContacts is for other scripts. */
"use strict";
(function () {
  const digits = (text) => text.replace(/\D/g, "");

  function isCard(text) {
    const number = [...digits(text)].reverse().map(Number);
    const sum = number.reduce((total, one, at) => total + (at % 2 ? (one > 4 ? one * 2 - 9 : one * 2) : one), 0);
    return number.length >= 13 && number.length <= 19 && new Set(number).size > 1 && sum % 10 === 0;
  }

  function isCitizen(text) {
    const number = text.replace(/[ -]/g, "").toUpperCase();
    const sum = [...number.slice(0, 17)].reduce((total, one, at) => total + Number(one) * (2 ** (17 - at) % 11), 0);
    return number[17] === "10X98765432"[sum % 11];
  }

  /* Kind, pattern, whether a match is one, and what is left of it. */
  const CONTACTS = [
    ["email", /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu, () => true, () => "***"],
    ["id-card", /(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g, isCitizen, (text) => `${text[0]}****${text.slice(-1)}`],
    ["bank-card", /(?<!\d)[3-6]\d{3}(?:[ -]?\d{1,8}){2,4}(?!\d)/g, isCard, (text) => `****${digits(text).slice(-4)}`],
    ["mobile", /(?<![\d*.-])(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ .-]?\d{4}[ .-]?\d{4}(?!\d)/g, () => true, (text) => `${digits(text).slice(-11, -8)}****${digits(text).slice(-4)}`],
    ["phone", /(?<![\w+*])\+[1-9]\d{0,3}(?:[ .-]?\(?\d{1,14}\)?){1,6}(?!\d)/g, (text) => digits(text).length >= 8 && digits(text).length <= 15, (text) => `****${digits(text).slice(-2)}`],
  ];

  /** The kinds of contact data in any of these texts, in a fixed order. */
  function kinds(texts) {
    return CONTACTS.filter(([, pattern, fits]) => texts.some((text) => [...text.matchAll(pattern)].some(([found]) => fits(found)))).map(([kind]) => kind);
  }

  /** A text in which nobody can be reached any more. */
  function masked(text) {
    return CONTACTS.reduce((left, [, pattern, fits, hint]) => left.replace(pattern, (found) => (fits(found) ? hint(found) : found)), text);
  }

  window.fbContacts = { kinds, masked };
})();
