/**
 * Standard output as a terminal: what it can show.
 * Promise: opens its stream only if it is a terminal, because opening takes two milliseconds of a short run.
 */
import { fstatSync } from "node:fs";

const standardOutput = 1;
const usualColumns = 80;

export function isTerminal(): boolean {
  return fstatSync(standardOutput).isCharacterDevice() && process.stdout.isTTY;
}

/** The width of a line, in columns. */
export function terminalColumns(): number {
  // A terminal that nobody told its size says 0.
  const told = isTerminal() ? process.stdout.columns : 0;
  return told > 0 ? told : usualColumns;
}

/** FORCE_COLOR (https://force-color.org) asks for colours even where no terminal is. */
export function forcesColours({ FORCE_COLOR: forced = "" }: NodeJS.ProcessEnv = process.env): boolean {
  return forced !== "" && !/^(0|false|never)$/.test(forced);
}

/**
 * Whether colours are wanted: an option decides, else FORCE_COLOR, else NO_COLOR (https://no-color.org), else whether there
 * is a terminal that has them.
 */
export function showsColours(
  option?: boolean,
  env: NodeJS.ProcessEnv = process.env,
  isSeen: () => boolean = isTerminal,
): boolean {
  if (option !== undefined) return option;
  const { FORCE_COLOR: forced = "", NO_COLOR: refused = "", TERM: name = "" } = env;
  if (forced !== "") return forcesColours(env);
  return refused === "" && name !== "" && name !== "dumb" && isSeen();
}
