/** What the handlers of commands have in common: how they hand on what they understood. */
import type { Command } from "./command.js";

/**
 * Carries the command out of yargs. When a handler returns, yargs lays out the help text, which nobody asked for:
 * that took half of the time needed to read a command line.
 */
export class Understood extends Error {
  readonly command: Command;

  constructor(command: Command) {
    super("the command line was understood");
    this.command = command;
  }
}

export function understood(command: Command): never {
  throw new Understood(command);
}

/** The arguments after `--`: yargs puts them after the command's name, which may have two words. */
export function afterDashes(words: readonly (string | number)[], nameWords = 1): string[] {
  return words.slice(nameWords).map(String);
}

/** Keeps only the keys that have a value: an option that was not given is left out. */
export function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
