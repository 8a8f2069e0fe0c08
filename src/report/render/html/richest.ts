/** Finds how much fits. */
import type { Markup } from "./markup.js";

/**
 * In: choices from rich to bare, none of which makes more than the one before it. Out: what the richest gives that fits;
 * undefined where none does. The first is tried first, since nearly always it fits; the others by halves.
 */
export function richestThatFits<Choice>(
  [first, ...others]: readonly [Choice, ...Choice[]],
  render: (choice: Choice) => Markup,
  mostBytes: number,
): Markup | undefined {
  const whole = render(first);
  if (whole.length <= mostBytes) return whole;
  let fitting: Markup | undefined;
  let [low, high] = [0, others.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const choice = others[middle];
    const markup = choice === undefined ? undefined : render(choice);
    if (markup !== undefined && markup.length <= mostBytes) [fitting, high] = [markup, middle];
    else low = middle + 1;
  }
  return fitting;
}
