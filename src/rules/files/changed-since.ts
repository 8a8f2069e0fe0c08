/** Says whether a rule file came to its place, or was written, after a time. Promise: never throws; in doubt it was not. */
import { statSync } from "node:fs";
import type { Text } from "../../std/text/byte-string.js";

/** The change time: packages and archives set the other one to when the file was made. */
export function changedSince(file: Text, timeMs: number): boolean {
  try {
    return statSync(file).ctimeMs > timeMs;
  } catch {
    return false;
  }
}
