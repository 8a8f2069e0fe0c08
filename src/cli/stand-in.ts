/**
 * Finds out whether this program stands in for one of logcheck's.
 * Promise: their arguments reach them unchanged; no other parser sees them.
 */
import { basename } from "node:path";

const programs = ["logcheck", "logcheck-test"] as const;

/** A program that this one stands in for, and its arguments. */
export interface StandIn {
  readonly name: (typeof programs)[number];
  readonly words: readonly string[];
}

/**
 * The program that is meant, if this one was called by its name (a link is enough) or with its name as the first
 * argument. In: the path that this program was called by, and its arguments.
 */
export function standIn(calledAs: string, words: readonly string[]): StandIn | undefined {
  const called = programs.find((name) => name === basename(calledAs));
  if (called) return { name: called, words };
  const named = programs.find((name) => name === words[0]);
  return named && { name: named, words: words.slice(1) };
}
