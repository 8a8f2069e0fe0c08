/**
 * Matches one pattern against one line and remembers what its groups matched: for patterns that the automaton only
 * approximates.
 * Promise: gives up after a bounded number of steps, and says so.
 *
 * The automaton lets a back-reference stand for anything, and in UTF-8 it lets `\b` hold beside any byte above 127.
 * So a line that it takes is only a candidate, which is walked again here, by backtracking over the same program.
 */
import { hasByte } from "../alphabet/byte-set.js";
import { asciiWordBytes, isWordCharacter } from "../alphabet/character-classes.js";
import { features } from "../syntax/pattern-features.js";
import type { Locale } from "../alphabet/locale.js";
import { nodeKinds, Program, type NodeId } from "./program.js";
import type { WholePattern } from "../syntax/pattern-reader.js";
import type { AssertionKind } from "../syntax/syntax-tree.js";
import { decodeCharacter, longestCharacterBytes } from "../alphabet/utf8.js";
import { wordAssertionHolds } from "./word-assertion.js";

export type Verdict = "match" | "no match" | "gave up";

/** About 20 ms of work. */
const mostSteps = 400_000;

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
  private readonly program = new Program({ keepsGroups: true });
  private readonly entry: NodeId;
  private readonly filterEntry: NodeId | undefined;
  private readonly hasBackReferences: boolean;
  private readonly startsAtCharacters: boolean;
  private readonly locale: Locale;

  constructor({ tree, filter }: WholePattern, patternFeatures: number, locale: Locale) {
    this.hasBackReferences = (patternFeatures & features.backReferences) !== 0;
    this.startsAtCharacters = locale === "UTF-8" && (patternFeatures & features.wideCharacters) !== 0;
    this.locale = locale;
    this.entry = this.program.continuation(tree, this.program.accept(0));
    if (filter !== undefined) this.filterEntry = this.program.continuation(filter, this.program.accept(0));
  }

  /** Whether the pattern matches the line somewhere. The line comes without its newline. */
  verify(line: Uint8Array): Verdict {
    const verdict = this.search(this.entry, line, this.hasBackReferences);
    if (this.filterEntry === undefined || verdict === "no match") return verdict;
    return this.search(this.filterEntry, line, false) === "no match" ? "no match" : verdict;
  }

  private search(entry: NodeId, line: Uint8Array, hasBackReferences: boolean): Verdict {
    const walk = new Walk(this.program, line, this.locale, hasBackReferences);
    for (let start = 0; start <= line.length; start += this.lengthAt(line, start)) {
      const verdict = walk.from(entry, start);
      if (verdict !== "no match") return verdict;
    }
    return "no match";
  }

  private lengthAt(line: Uint8Array, offset: number): number {
    if (!this.startsAtCharacters) return 1;
    return decodeCharacter(line, offset, line.length)?.length ?? 1;
  }
}

/** Undoes a note on the way back. */
interface Note {
  readonly notes: number[];
  readonly index: number;
  readonly before: number | undefined;
}

type Task = { readonly node: NodeId; readonly offset: number } | Note;

class Walk {
  private readonly program: Program;
  private readonly line: Uint8Array;
  private readonly locale: Locale;
  private readonly hasBackReferences: boolean;
  private stepsLeft = mostSteps;
  private readonly groupStarts: number[] = [];
  private readonly groupEnds: number[] = [];
  private readonly openedAt: number[] = [];
  /** By fork, where this path was when it last came by: a loop that has read nothing ends. */
  private readonly forkedAt: number[] = [];
  /** Without back-references, a node that has failed at a place fails there again. */
  private readonly failed = new Set<number>();

  constructor(program: Program, line: Uint8Array, locale: Locale, hasBackReferences: boolean) {
    this.program = program;
    this.line = line;
    this.locale = locale;
    this.hasBackReferences = hasBackReferences;
  }

  from(entry: NodeId, start: number): Verdict {
    const tasks: Task[] = [{ node: entry, offset: start }];
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
      if ("notes" in task) {
        task.notes[task.index] = task.before ?? -1;
        continue;
      }
      if (this.stepsLeft-- === 0) return "gave up";
      if (this.visit(task.node, task.offset, tasks)) return "match";
    }
    return "no match";
  }

  /** Adds what comes next to the tasks. True: the pattern has matched. */
  private visit(node: NodeId, offset: number, tasks: Task[]): boolean {
    const { program, line } = this;
    if (!this.hasBackReferences) {
      const place = node * (line.length + 1) + offset;
      if (this.failed.has(place)) return false;
      this.failed.add(place);
    }
    const kind = program.kindOf(node);
    const byte = line[offset];
    switch (kind) {
      case nodeKinds.accept:
        return true;
      case nodeKinds.byte:
        if (byte !== undefined && hasByte(program.bytesOf(node), byte))
          tasks.push({ node: program.nextOf(node), offset: offset + 1 });
        return false;
      case nodeKinds.character: {
        if (byte === undefined) return false;
        const tree = program.treeOf(node);
        if (hasByte(tree.final, byte)) tasks.push({ node: program.nextOf(node), offset: offset + 1 });
        if (hasByte(tree.leading, byte))
          tasks.push({ node: program.afterLeadingByte(node, byte), offset: offset + 1 });
        return false;
      }
      case nodeKinds.assertion:
        if (this.holds(program.assertionOf(node), offset)) tasks.push({ node: program.nextOf(node), offset });
        return false;
      case nodeKinds.fork: {
        const targets = program.targetsOf(node);
        const isEmptyLoop = this.forkedAt[node] === offset;
        this.note(this.forkedAt, node, offset, tasks);
        for (const target of targets.slice(isEmptyLoop ? -1 : 0).toReversed())
          tasks.push({ node: target, offset });
        return false;
      }
      case nodeKinds.groupStart:
        this.note(this.openedAt, program.groupOf(node), offset, tasks);
        tasks.push({ node: program.nextOf(node), offset });
        return false;
      case nodeKinds.groupEnd: {
        const group = program.groupOf(node);
        this.note(this.groupStarts, group, this.openedAt[group] ?? -1, tasks);
        this.note(this.groupEnds, group, offset, tasks);
        tasks.push({ node: program.nextOf(node), offset });
        return false;
      }
      case nodeKinds.backReference: {
        const start = this.groupStarts[program.groupOf(node)] ?? -1;
        const end = this.groupEnds[program.groupOf(node)] ?? -1;
        const length = end - start;
        if (start < 0 || offset + length > line.length) return false;
        for (let i = 0; i < length; i++) if (line[start + i] !== line[offset + i]) return false;
        tasks.push({ node: program.nextOf(node), offset: offset + length });
        return false;
      }
      case nodeKinds.pending:
        throw new Error("bug: a pending node was not expanded");
    }
  }

  private note(notes: number[], index: number, value: number, tasks: Task[]): void {
    tasks.push({ notes, index, before: notes[index] });
    notes[index] = value;
  }

  private holds(assertion: AssertionKind, offset: number): boolean {
    if (assertion === "line start") return offset === 0;
    if (assertion === "line end") return offset === this.line.length;
    const isWordBefore = offset > 0 && this.isWordAt(offset - 1);
    const isWordAfter = offset < this.line.length && this.isWordAt(offset);
    return wordAssertionHolds(assertion, isWordBefore, isWordAfter);
  }

  /** Whether the byte at an offset is part of a word character. glibc takes an invalid byte for the character of its number. */
  private isWordAt(offset: number): boolean {
    const byte = this.line[offset] ?? 0;
    if (this.locale === "C") return hasByte(asciiWordBytes, byte);
    for (let start = offset; start >= 0 && start > offset - longestCharacterBytes; start--) {
      const character = decodeCharacter(this.line, start, this.line.length);
      if (character !== undefined && start + character.length > offset)
        return isWordCharacter(character.codePoint);
    }
    return isWordCharacter(byte);
  }
}
