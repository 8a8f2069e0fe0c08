/** Reads the values of options. Each throws an error that names the option, what was expected and what was found. */
import { title } from "../rules/files/directive-values.js";
import { parseDuration } from "../std/duration.js";

const longestDays = 366;

/** A duration of a year at most, in milliseconds. */
export function readPeriod(name: string): (text: string) => number {
  return (text) => {
    const parsed = parseDuration(text);
    if (!parsed.ok) throw new Error(`--${name}: expected ${parsed.expected}, found "${text}"`);
    if (parsed.value > longestDays * 86_400_000)
      throw new Error(`--${name}: expected a year at most, found "${text}"`);
    return parsed.value;
  };
}

/** A whole number within bounds, from the digits of an option. */
export function readNumber(name: string, from: number, to: number): (text: string) => number {
  return (text) => {
    if (!/^(?:0|[1-9][0-9]{0,8})$/.test(text) || Number(text) < from || Number(text) > to)
      throw new Error(`--${name}: expected a number from ${String(from)} to ${String(to)}, found "${text}"`);
    return Number(text);
  };
}

/** A title as rules have it. */
export function readTitle(text: string): string {
  const read = title(text);
  if ("takes" in read) throw new Error(`--title: expected ${read.takes}, found "${text}"`);
  return read.value;
}

/** A duration of a year at most, in whole days. */
export function readDays(name: string): (text: string) => number {
  const period = readPeriod(name);
  return (text) => {
    const days = period(text) / 86_400_000;
    if (!Number.isSafeInteger(days) || days < 1)
      throw new Error(`--${name}: expected whole days such as "90d", found "${text}"`);
    return days;
  };
}
