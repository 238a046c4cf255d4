/* git-feedback: an order that chance made and that can be made again: the same seed, the same order. */

export const SEEDS = 100000;

/** A seed by chance, or the one that the address names. */
export function seedOf(address) {
  const given = new URLSearchParams(address).get("seed");
  return /^\d{1,5}$/.test(given || "") ? Number(given) : window.crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS;
}

/** Numbers from 0 up to 1, always the same for a seed: xorshift of 32 bits (Marsaglia, Journal of Statistical Software 8, 2003). */
export function chance(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;              // never 0, and neighbours begin far apart
  const step = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm += 1) step();
  return step;
}

/** The same things in another order. */
export function shuffled(things, random) {
  const found = [...things];
  for (let last = found.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [found[last], found[other]] = [found[other], found[last]];
  }
  return found;
}

/** Another order than the one given, as far as there is one. */
export function mixed(things, random) {
  const found = shuffled(things, random);
  return found.every((one, n) => one === things[n]) ? [...found.slice(1), found[0]] : found;
}
