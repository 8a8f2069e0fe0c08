/** The seed of all random tests. Promise: a failing run names the seed that repeats it. */

/** Whether the long versions of the random tests were asked for (`npm run test:long`). */
export const isLong = process.env.LOGWINNOW_LONG === "1";

const usualSeed = 20_261_122;

/**
 * LOGWINNOW_SEED; else one that everybody's short run shares, so that a red run says something about a change;
 * else, in the long run, a fresh one, which is where new faults are looked for. A 31-bit integer.
 */
export const seed = Number(
  process.env.LOGWINNOW_SEED ?? (isLong ? Math.floor(Math.random() * 2 ** 31) : usualSeed),
);

if (!Number.isSafeInteger(seed))
  throw new Error(`LOGWINNOW_SEED: "${process.env.LOGWINNOW_SEED}" is not a whole number`);
console.log(`LOGWINNOW_SEED=${seed}`);

/** A stream of random numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomStream(from: number = seed): () => number {
  let state = from | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
