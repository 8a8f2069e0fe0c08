/** Standing in for logcheck's programs. Promise: their words reach them as they were written, by no other parser. */
import { basename } from "node:path";

const programs = ["logcheck", "logcheck-test"] as const;

/** A program that this one stands in for, and the words that it was given. */
export interface StandIn {
  readonly name: (typeof programs)[number];
  readonly words: readonly string[];
}

/**
 * The program that is meant, if ours was called by the name of one it stands in for (a link is enough), or with that name
 * as its first word. In: the path it was called by, and the words after it.
 */
export function standIn(calledAs: string, words: readonly string[]): StandIn | undefined {
  const called = programs.find((name) => name === basename(calledAs));
  if (called) return { name: called, words };
  const named = programs.find((name) => name === words[0]);
  return named && { name: named, words: words.slice(1) };
}
