/**
 * Asks whoever sits at the terminal.
 * Promise: without a terminal, and without an answer, it is a no.
 */
import { closeSync, openSync, readSync, writeSync } from "node:fs";

export type Answer = "yes" | "no" | "no terminal";

const answerBytes = 256;

/** Standard input may be a log, so it is the terminal itself that is asked. In: a question without its " [y/N]". */
export function ask(question: string): Answer {
  let terminal: number;
  try {
    terminal = openSync("/dev/tty", "r+");
  } catch {
    return "no terminal";
  }
  try {
    writeSync(terminal, `${question} [y/N] `);
    const bytes = Buffer.alloc(answerBytes);
    const length = readSync(terminal, bytes);
    return /^\s*y(es)?\s*$/i.test(bytes.toString("utf8", 0, length)) ? "yes" : "no";
  } finally {
    closeSync(terminal);
  }
}
