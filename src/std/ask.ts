/**
 * Asks whoever sits at the terminal.
 * Promise: without a terminal, and without an answer, it is a no.
 */
import { closeSync, openSync, readSync, writeSync } from "node:fs";

export type Answer = "yes" | "no" | "no terminal";

const answerBytes = 1024;

/** Standard input may be a log, so it is the terminal itself that is asked. In: a question without its " [y/N]". */
export function ask(question: string): Answer {
  const answer = askFor(`${question} [y/N]`);
  if (answer === undefined) return "no terminal";
  return /^y(?:es)?$/i.test(answer) ? "yes" : "no";
}

/** Out: what was typed, without blanks around it; "" at the end of input. Undefined where there is no terminal. */
export function askFor(question: string): string | undefined {
  let terminal: number;
  try {
    terminal = openSync("/dev/tty", "r+");
  } catch {
    return undefined;
  }
  try {
    writeSync(terminal, `${question} `);
    const bytes = Buffer.alloc(answerBytes);
    const length = readSync(terminal, bytes);
    return bytes.toString("utf8", 0, length).trim();
  } finally {
    closeSync(terminal);
  }
}
