/* git-feedback: addresses that carry text, and what is done with text that no address can hold.
 *
 * A text is cut between characters as a reader sees them, never inside one, and the cut is said in it.  Lengths are those
 * of the encoded address.  Needs item-file.js; window.fbAddress is for other scripts. */
"use strict";
(function () {
  const SHORT = 700;                                            // of a field beside the text, encoded
  const { graphemes, length } = window.fbItem;

  /** Encoded as a browser leaves it: it encodes the apostrophe of a query too. */
  const encoded = (words) => encodeURIComponent(words).replace(/'/g, "%27");

  /** Pairs of name and words as a query; empty ones are left out. */
  const query = (pairs) => pairs.filter(([, words]) => words).map(([name, words]) => `${encoded(name)}=${encoded(words)}`).join("&");

  /** The most of the pieces, joined, with which `make` stays short enough; at least one, where that is. */
  function longestOf(pieces, make, longest) {
    const beginning = (many) => pieces.slice(0, many).join("");
    let [low, high] = [0, pieces.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (make(beginning(middle)).length <= longest) low = middle;
      else high = middle - 1;
    }
    return low && make(beginning(low)).length <= longest ? beginning(low) : "";
  }

  /** The address that `make` gives for clean words, or for as many as fit with `mark` behind them: {address, kept, all};
   * null where not even one does.  `kept` and `all` are counts of code points. */
  function fitted(words, make, longest, mark, language) {
    const all = length(words);
    const whole = make(words);
    if (whole.length <= longest) return { address: whole, kept: all, all };
    const marked = (some) => make(some + mark);
    const kept = longestOf(graphemes(words, language), marked, longest) || longestOf([...words], marked, longest);
    return kept && { address: marked(kept), kept: length(kept), all } || null;
  }

  /** A field beside the text, short enough to leave room for it. */
  function short(words, language) {
    if (encoded(words).length <= SHORT) return words;
    const ended = (some) => encoded(`${some}…`);
    return `${longestOf(graphemes(words, language), ended, SHORT) || longestOf([...words], ended, SHORT)}…`;
  }

  /* What each host takes, by its own pages:
   * GitHub: docs.github.com, "Syntax for GitHub's form schema": the id of a field is its name in the query.  Inputs and
   *   text areas only: dropdowns and boxes are not filled in (github.com/orgs/community/discussions/15477 and 32200).
   * GitLab: docs.gitlab.com, "Create an issue", "Using a URL with prefilled values": issue[title], issue[description].
   * Gitea, Forgejo: docs.gitea.com, "Issue and Pull Request Templates": title and body, used instead of a template. */
  const HOSTS = {
    github: ({ repository, template, title, product, device, text }) => `${repository}/issues/new?${query([["template", template], ["title", title], ["product", product], ["device", device], ["text", text]])}`,
    gitlab: ({ repository, title, body }) => `${repository}/-/issues/new?${query([["issue[title]", title], ["issue[description]", body]])}`,
    gitea: ({ repository, title, body }) => `${repository}/issues/new?${query([["title", title], ["body", body]])}`,
  };

  window.fbAddress = { HOSTS, encoded, query, fitted, short };
})();
