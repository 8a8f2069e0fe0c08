/**
 * The form in which the words of rules are kept on disk, so that not all rules are read to explain one line.
 * Promise: what is damaged anywhere, or belongs to other rules, is not used.
 */
import { createHash } from "node:crypto";
import type { Locale, PatternWords } from "../../ere/index.js";
import { seal, unseal } from "../../std/sealed.js";

export interface WordsCache {
  /** What was stored under a key (hex), if anything. */
  read(key: string): Uint8Array | undefined;
  store(key: string, words: Uint8Array): void;
}

/** To be raised when other words may be found in a rule, or they have another form. */
const version = "logwinnow words 1";

/** Hex. In: the EREs as latin1, in order. */
export function wordsKey(eres: readonly string[], locale: Locale): string {
  return createHash("sha256")
    .update(`${version}\n${locale}\n${eres.join("\n")}`, "latin1")
    .digest("hex");
}

export function wordsSaved(key: string, words: PatternWords): Uint8Array {
  return seal(`${version} ${key}`, Buffer.from(JSON.stringify(words)));
}

export function savedWordsOf(key: string, saved: Uint8Array): PatternWords | undefined {
  const content = unseal(`${version} ${key}`, saved);
  return content && (JSON.parse(content.toString("utf8")) as PatternWords);
}
