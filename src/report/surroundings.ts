/** How much is shown around the first line of an alarm. Promise: a few telling lines, unless somebody names a number. */

/** How many lines are shown around one. */
export interface Surroundings {
  readonly before: number;
  readonly after: number;
  /** How far they may be away in time. */
  readonly withinMs: number;
  /** Whether what comes all the time is shown, too, where there is nothing better. */
  readonly showsNoise: boolean;
}

export const usualSurroundings: Surroundings = { before: 2, after: 3, withinMs: 10_000, showsNoise: false };

/** On each side. */
export const mostContext = 50;

/** In: whether there are to be any, or how many on each side: whoever names a number wants so many. Undefined: none. */
export function surroundingsOf(context: boolean | number): Surroundings | undefined {
  if (context === true) return usualSurroundings;
  if (context === false || context === 0) return undefined;
  return { before: context, after: context, withinMs: 120_000, showsNoise: true };
}
