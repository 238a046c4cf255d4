/* git-feedback: SHA-256 (FIPS 180-4) of a text, for pages that are read without https, where browsers keep theirs locked.
 *
 * fbSha256(text) gives the digest of the text's UTF-8 bytes as 64 hexadecimal digits.  The constants are what the standard
 * says they are: the first 32 bits of the fractions of the square and cube roots of the first primes. */
"use strict";
(function () {
  const turned = (word, by) => (word >>> by) | (word << (32 - by));
  let constants = null;

  /** The first 32 bits of the fraction of the root-th root of a prime, in whole numbers: floats are a few bits short. */
  function fraction(prime, root) {
    const wanted = BigInt(prime) << BigInt(32 * root);
    let low = 0n;
    let high = 1n << 40n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(root) <= wanted) low = middle;
      else high = middle;
    }
    return Number(low & 0xffffffffn);
  }

  /** Worked out when they are first needed: most pages never do. */
  function made() {
    const primes = [];
    for (let number = 2; primes.length < 64; number += 1) {
      if (primes.every((prime) => number % prime)) primes.push(number);
    }
    return { start: primes.slice(0, 8).map((prime) => fraction(prime, 2)), rounds: primes.map((prime) => fraction(prime, 3)) };
  }

  /** The bytes with a one bit, zeros, and their length in bits behind them, up to whole blocks of 64. */
  function padded(bytes) {
    const blocks = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
    blocks.set(bytes);
    blocks[bytes.length] = 0x80;
    const view = new DataView(blocks.buffer);
    view.setUint32(blocks.length - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(blocks.length - 4, (bytes.length << 3) >>> 0);
    return view;
  }

  function schedule(view, start) {
    const words = new Array(64);
    for (let n = 0; n < 16; n += 1) words[n] = view.getUint32(start + 4 * n);
    for (let n = 16; n < 64; n += 1) {
      const [near, far] = [words[n - 2], words[n - 15]];
      const one = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
      const two = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
      words[n] = (one + words[n - 7] + two + words[n - 16]) | 0;
    }
    return words;
  }

  function mixed(state, words) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let n = 0; n < 64; n += 1) {
      const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + constants.rounds[n] + words[n];
      const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    return [a, b, c, d, e, f, g, h].map((word, n) => (word + state[n]) | 0);
  }

  window.fbSha256 = function (text) {
    const view = padded(new TextEncoder().encode(text));
    constants ??= made();
    let state = constants.start;
    for (let start = 0; start < view.byteLength; start += 64) state = mixed(state, schedule(view, start));
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };
})();
