/**
 * Standard output, where it is a terminal.
 * Promise: its stream is opened only then: that alone takes two milliseconds, which a short run feels.
 */
import { fstatSync } from "node:fs";

const standardOutput = 1;
const usualColumns = 80;

export function isTerminal(): boolean {
  return fstatSync(standardOutput).isCharacterDevice() && process.stdout.isTTY;
}

/** How wide a line may be. */
export function terminalColumns(): number {
  return isTerminal() ? process.stdout.columns : usualColumns;
}
