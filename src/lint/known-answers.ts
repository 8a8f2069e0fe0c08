/**
 * What was found out about rules before, by question, so that an editor waits for the rule that was changed alone.
 * Promise: a question names all that its answer depends on. What is damaged, or of another program, is not used.
 */
import { createHash } from "node:crypto";
import { seal, unseal } from "../std/sealed.js";

/** What JSON can hold. */
export type Answer =
  string | number | boolean | null | readonly Answer[] | { readonly [key: string]: Answer };

/** To be raised when an answer may be another one, or has another form. */
const version = "logwinnow answers 1";
/** Of the questions that are asked: fewer new answers than that are found again faster than they are written. */
const worthwhileShare = 1 / 16;

interface Saved {
  readonly scope: string;
  readonly settled: readonly string[];
  readonly answers: readonly (readonly [string, Answer])[];
}

export class KnownAnswers {
  /** The patterns of which an automaton is kept, each with its kind. */
  readonly settled: readonly string[];
  private readonly scope: string;
  private readonly known: ReadonlyMap<string, Answer>;
  private readonly asked = new Map<string, Answer>();
  private found = 0;

  /** In: what all answers depend on, and what `encode` made; undefined where there is nothing. */
  constructor(scope: string, saved?: Uint8Array) {
    const before = saved && decode(saved);
    const { settled, answers } = before?.scope === scope ? before : { settled: [], answers: [] };
    this.scope = scope;
    this.settled = settled;
    this.known = new Map(answers);
  }

  /** In: all that the answer depends on, and how it is found. The answer is what JSON can hold. */
  recall<Found extends Answer>(question: readonly (string | boolean)[], find: () => Found): Found {
    const key = keyOf(question);
    const known = this.asked.get(key) ?? this.known.get(key);
    // The question says what kind of answer it has.
    if (known !== undefined) {
      this.asked.set(key, known);
      return known as Found;
    }
    const answer = find();
    this.found++;
    this.asked.set(key, answer);
    return answer;
  }

  knows(question: readonly (string | boolean)[]): boolean {
    const key = keyOf(question);
    return this.asked.has(key) || this.known.has(key);
  }

  /** Whether enough is new. In: the patterns of which an automaton is kept now. */
  isWorthKeeping(settled: readonly string[]): boolean {
    return settled !== this.settled || this.found > this.asked.size * worthwhileShare;
  }

  /** What was asked this time. */
  encode(settled: readonly string[]): Uint8Array {
    const saved: Saved = { scope: this.scope, settled, answers: [...this.asked] };
    return seal(version, Buffer.from(JSON.stringify(saved)));
  }
}

function keyOf(question: readonly (string | boolean)[]): string {
  return createHash("sha256").update(JSON.stringify(question)).digest("base64");
}

function decode(saved: Uint8Array): Saved | undefined {
  const content = unseal(version, saved);
  return content && (JSON.parse(content.toString("utf8")) as Saved);
}
