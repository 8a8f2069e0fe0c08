/**
 * Matches one pattern against one line and remembers what its groups matched: for patterns that the automaton only
 * approximates.
 * Promise: gives up after a bounded number of steps, and says so.
 *
 * The automaton lets a back-reference stand for anything, and in UTF-8 it lets `\b` hold beside any byte above 127.
 * So a line that it takes is only a candidate, which is walked again here, by backtracking over the same program.
 */
import { Backtracking, type Verdict } from "./backtracking.js";
import { features } from "../syntax/pattern-features.js";
import type { Locale } from "../alphabet/locale.js";
import { Program, type NodeId } from "./program.js";
import type { Span } from "../syntax/syntax-tree.js";
import type { WholePattern } from "../syntax/pattern-reader.js";
import { decodeCharacter } from "../alphabet/utf8.js";

/** The verifiers of one set of patterns, each made when it is first needed. */
export class Verifiers {
  private readonly approximated: ReadonlySet<number>;
  private readonly ready = new Map<number, Verifier>();
  private readonly make: (pattern: number) => Verifier;

  constructor(approximated: readonly number[], make: (pattern: number) => Verifier) {
    this.approximated = new Set(approximated);
    this.make = make;
  }

  get areEmpty(): boolean {
    return this.approximated.size === 0;
  }

  /** Whether the automaton only approximates the pattern. */
  has(pattern: number): boolean {
    return this.approximated.has(pattern);
  }

  /** The verdict on a candidate, a line without its newline. */
  verify(pattern: number, line: Uint8Array): Verdict {
    if (!this.approximated.has(pattern)) return "match";
    let verifier = this.ready.get(pattern);
    if (verifier === undefined) {
      verifier = this.make(pattern);
      this.ready.set(pattern, verifier);
    }
    return verifier.verify(line);
  }
}

export class Verifier {
  private readonly program: Program;
  private readonly entry: NodeId;
  private readonly filterEntry: NodeId | undefined;
  private readonly hasBackReferences: boolean;
  private readonly startsAtCharacters: boolean;
  private readonly locale: Locale;

  /** `keepsGroups`: whether `groupsIn` will be asked. */
  constructor({ tree, filter }: WholePattern, patternFeatures: number, locale: Locale, keepsGroups = false) {
    this.hasBackReferences = (patternFeatures & features.backReferences) !== 0;
    this.program = new Program({ keepsGroups: keepsGroups || this.hasBackReferences });
    this.startsAtCharacters = locale === "UTF-8" && (patternFeatures & features.wideCharacters) !== 0;
    this.locale = locale;
    this.entry = this.program.continuation(tree, this.program.accept(0));
    if (filter !== undefined) this.filterEntry = this.program.continuation(filter, this.program.accept(0));
  }

  /** Whether the pattern matches the line somewhere. The line comes without its newline. */
  verify(line: Uint8Array): Verdict {
    const verdict = this.search(this.entry, this.triesOn(line, this.hasBackReferences), line);
    if (this.filterEntry === undefined || verdict === "no match") return verdict;
    return this.search(this.filterEntry, this.triesOn(line, false), line) === "no match"
      ? "no match"
      : verdict;
  }

  /** What each group matched, where the pattern matches. The line comes without its newline. */
  groupsIn(line: Uint8Array): ReadonlyMap<number, Span> | undefined {
    const tries = this.triesOn(line, this.hasBackReferences);
    return this.search(this.entry, tries, line) === "match" ? tries.groups() : undefined;
  }

  private triesOn(line: Uint8Array, hasBackReferences: boolean): Backtracking {
    return new Backtracking(this.program, line, this.locale, hasBackReferences);
  }

  private search(entry: NodeId, tries: Backtracking, line: Uint8Array): Verdict {
    for (let start = 0; start <= line.length; start += this.lengthAt(line, start)) {
      const verdict = tries.from(entry, start);
      if (verdict !== "no match") return verdict;
    }
    return "no match";
  }

  private lengthAt(line: Uint8Array, offset: number): number {
    if (!this.startsAtCharacters) return 1;
    return decodeCharacter(line, offset, line.length)?.length ?? 1;
  }
}
