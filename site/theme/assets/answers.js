/* git-feedback: which articles a question may be about; the same search as `Search` in pages/answers.py.
 *
 * api/answers.json: {articles: [[language, path, title, first line, folded words]], everyday: [...], fold: [from, to]}
 * Weights are rounded to whole numbers, so sums are the same everywhere.  window.fbAnswers is for other scripts. */
"use strict";
(function () {
  const LEAST = 150;
  const SHOWN = 3;
  const STEM = 5;
  const SINGLE = 0.35;
  const HALF = 0.5;
  const WHOLE = 1000;
  const HAN = "々〇\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
  const LETTER = `(?:(?![${HAN}])[\\p{L}\\p{N}_])`;
  const WORD = new RegExp(`[${HAN}]+|${LETTER}+(?:['’](?:(?![${HAN}])[\\p{L}])+)*`, "gu");
  const IS_HAN = new RegExp(`^[${HAN}]`, "u");
  const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

  /** A text as it is compared: width, case, script, hidden characters. */
  function folded(text, table) {
    const plain = text.replace(UNSEEN, "").normalize("NFKC").toLowerCase().replace(/ß/g, "ss").normalize("NFKC");
    return [...plain.replace(/[‘’ʼ]/g, "'")].map((character) => table.get(character) || character).join("");
  }

  /** What a text is compared by: pairs of Han characters and each of them, beginnings of Latin words. */
  function cut(text, table) {
    return (folded(text, table).match(WORD) || []).flatMap((word) => {
      const characters = [...word];
      if (!IS_HAN.test(word)) return [characters.slice(0, STEM).join("")];
      return [...characters.slice(1).map((one, at) => characters[at] + one), ...characters];
    });
  }

  /** The terms of an article, and how much each says before it is asked how rare it is. */
  function says(terms, everyday) {
    const found = new Map();
    for (const term of terms) {
      const han = IS_HAN.test(term);
      const common = han ? [...term].map((one) => everyday.has(one)) : [false];
      if (everyday.has(term) || common.every(Boolean)) continue;
      found.set(term, han && [...term].length === 1 ? SINGLE : common.some(Boolean) ? HALF : 1);
    }
    return found;
  }

  const more = (counts, key) => counts.set(key, (counts.get(key) || 0) + 1);

  /** term -> [[place, weight], ...] */
  function postings(articles, said) {
    const [many, held, found] = [new Map(), new Map(), new Map()];
    articles.forEach(([language], place) => {
      more(many, language);
      for (const term of said[place].keys()) more(held, `${language} ${term}`);
    });
    articles.forEach(([language], place) => {
      const rare = [...said[place]].map(([term, share]) => [term, share * Math.log((many.get(language) + 1) / (held.get(`${language} ${term}`) - 0.5))]);
      const norm = Math.sqrt(rare.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
      for (const [term, weight] of rare) {
        if (!found.has(term)) found.set(term, []);
        found.get(term).push([place, Math.floor((WHOLE * weight) / norm + 0.5)]);
      }
    });
    return found;
  }

  /** Makes the search over a loaded index: (question, language) -> [{language, path, title, lead, score}], best first. */
  function over({ articles, everyday, fold: [from, to] }) {
    const plain = [...to];
    const table = new Map([...from].map((character, at) => [character, plain[at]]));
    const common = new Set(everyday);
    const found = postings(articles, articles.map((row) => says(cut(`${row[2]}\n${row[4]}`, table), common)));
    const foreign = (place, language) => Number(articles[place][0] !== language);

    return function rank(question, language, most = SHOWN) {
      const scores = new Map();
      for (const term of new Set(cut(question, table))) {
        for (const [place, weight] of found.get(term) || []) scores.set(place, (scores.get(place) || 0) + weight);
      }
      const order = [...scores].filter(([, score]) => score >= LEAST)
        .sort(([one, score], [other, second]) => foreign(one, language) - foreign(other, language) || second - score || one - other);
      const first = new Map();
      for (const [place, score] of order) {
        const [spoken, path, title, lead] = articles[place];
        if (!first.has(path)) first.set(path, { language: spoken, path, title, lead, score });
      }
      return [...first.values()].slice(0, most);
    };
  }

  /** Whether enough was typed to look: two Han characters, or three letters. */
  function isEnough(text) {
    return (text.match(new RegExp(`[${HAN}]`, "gu")) || []).length >= 2 || (text.match(/\p{L}/gu) || []).length >= 3;
  }

  window.fbAnswers = { over, isEnough };
})();
