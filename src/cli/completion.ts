/**
 * Completion in shells: their scripts, and the words that these ask for.
 * Promise: options are offered by their long names, and only to who began one; where nothing is offered, a shell offers the
 * names of files.
 */
import { basename } from "node:path";
import { completionScripts } from "./completion-scripts.js";

export type Shell = keyof typeof completionScripts;
export const shells = Object.keys(completionScripts) as readonly Shell[];

/** In: what SHELL says of the user's shell. bash, where it is none of them. */
export function usualShell(path: string = process.env.SHELL ?? ""): Shell {
  return shells.find((shell) => shell === basename(path)) ?? "bash";
}

/** In: what yargs offers, with a description after ":" or a tab for some shells; the word that was begun. */
export function offered(candidates: readonly string[], current: string): string[] {
  return candidates.filter((candidate) => {
    if (!candidate.startsWith("-")) return true;
    return current.startsWith("-") && /^--[^-]{2}/.test(wordOf(candidate));
  });
}

/** Without its description. */
export function wordOf(candidate: string): string {
  return candidate.split(/[:\t]/, 1)[0] ?? "";
}
