/**
 * Standard output as a terminal.
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
  return isTerminal() ? process.stdout.columns : usualColumns;
}
