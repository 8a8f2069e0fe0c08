/**
 * Asks what setup must know.
 * Promise: what was given is not asked; an empty answer takes what is proposed, and what makes no sense is asked again.
 */
import { parseDigest } from "../check/report/digest.js";
import { parseAddress } from "../outlets/mail/addresses.js";
import { parseTransport } from "../outlets/mail/transport-setting.js";
import { levels } from "../rules/rule.js";
import type { Parsed } from "../std/parsed.js";

/** Undefined: nobody is there to be asked. */
export type AskFor = (question: string) => string | undefined;

export interface Question {
  readonly name: string;
  readonly text: string;
  /** What an empty answer means. */
  readonly proposed: string;
  /** Says whether an answer makes sense. */
  readonly read: (text: string) => Parsed<unknown>;
}

const mostTries = 5;

/** Out: an answer that makes sense; undefined where nobody gives one. */
export function answerTo({ text, proposed, read }: Question, askFor: AskFor): string | undefined {
  for (let tries = 0, remark = ""; tries < mostTries; tries++) {
    const typed = askFor(`${remark}${text}${proposed === "" ? "" : ` [${proposed}]`}`);
    if (typed === undefined) return undefined;
    const answer = typed === "" ? proposed : typed;
    const parsed = answer === "" ? ({ ok: false, expected: "an answer" } as const) : read(answer);
    if (parsed.ok) return answer;
    remark = `expected ${parsed.expected}. `;
  }
  return undefined;
}

/** Addresses, with commas between them. */
export function readRecipients(text: string, hostname: string): Parsed<readonly string[]> {
  const words = text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  for (const word of words) {
    const parsed = parseAddress(word, hostname);
    if (!parsed.ok) return parsed;
  }
  return words.length > 0 ? { ok: true, value: words } : { ok: false, expected: "an address" };
}

export function readLevel(text: string): Parsed<string> {
  return levels.some((level) => level === text)
    ? { ok: true, value: text }
    : { ok: false, expected: levels.map((level) => `"${level}"`).join(", ") };
}

export { parseDigest as readDigest, parseTransport as readTransport };
