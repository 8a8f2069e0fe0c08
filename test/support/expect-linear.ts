/** Tells linear work from quadratic. Promise: a busy machine does not fail it, and quadratic work does not pass. */
const growth = 4;
/** Four times the input: linear work takes 4 times as long, quadratic work 16 times. This is the middle. */
const mostTimes = 8;
/** What counts is the best run of each size: other programs can only make a run longer. */
const fewestRounds = 5;
const mostRounds = 20;

/**
 * Runs the work on inputs of `size` and of four times `size`, by turns, and compares the best run of each.
 * In: `prepare` makes the input of a size, which is not timed, and gives the work to be timed. The larger size should
 * take a millisecond or more where the work would be quadratic. Throws, naming `what` and both times, when the larger
 * one takes more than eight times as long. More rounds are run only while it does.
 */
export async function expectLinear(
  what: string,
  prepare: (size: number) => () => unknown,
  size: number,
): Promise<void> {
  const [small, large] = [prepare(size), prepare(growth * size)];
  // The first runs compile the code.
  await timeOf(small);
  await timeOf(large);
  let [smallMs, largeMs] = [Infinity, Infinity];
  for (let round = 1; round <= mostRounds; round++) {
    smallMs = Math.min(smallMs, await timeOf(small));
    largeMs = Math.min(largeMs, await timeOf(large));
    if (round >= fewestRounds && largeMs <= mostTimes * smallMs) return;
  }
  const ratio = (largeMs / smallMs).toFixed(1);
  throw new Error(
    `${what}: ${growth} times the input takes ${ratio} times as long (${smallMs.toFixed(3)} ms, ` +
      `${largeMs.toFixed(3)} ms): more than ${mostTimes} is not linear`,
  );
}

async function timeOf(work: () => unknown): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
