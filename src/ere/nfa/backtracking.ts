/**
 * Walks one line by backtracking over a program, and remembers what its groups matched.
 * Promise: gives up after a bounded number of steps, and says so; without back-references it visits no place twice.
 */
import { hasByte } from "../alphabet/byte-set.js";
import { asciiWordBytes, isWordCharacter } from "../alphabet/character-classes.js";
import type { Locale } from "../alphabet/locale.js";
import { decodeCharacter, longestCharacterBytes } from "../alphabet/utf8.js";
import type { AssertionKind, Span } from "../syntax/syntax-tree.js";
import { nodeKinds, type NodeId, type Program } from "./program.js";
import { VisitedPlaces } from "./visited-places.js";
import { wordAssertionHolds } from "./word-assertion.js";

export type Verdict = "match" | "no match" | "gave up";

/** About 20 ms of work. */
const mostSteps = 400_000;

/** Undoes a note on the way back. */
interface Note {
  readonly notes: number[];
  readonly index: number;
  readonly before: number | undefined;
}

type Task = { readonly node: NodeId; readonly offset: number } | Note;

/** One candidate, tried from one start after the other; the steps are those of all tries together. */
export class Backtracking {
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
  private readonly failed = new VisitedPlaces();

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

  /** Once it has matched: what each group matched last, by its number. */
  groups(): ReadonlyMap<number, Span> {
    const spans = [...this.groupStarts.keys()].map((group): [number, Span] => {
      const [start = -1, end = -1] = [this.groupStarts[group], this.groupEnds[group]];
      return [group, { start, end }];
    });
    return new Map(spans.filter(([, { start }]) => start >= 0));
  }

  /** Adds what comes next to the tasks. True: the pattern has matched. */
  private visit(node: NodeId, offset: number, tasks: Task[]): boolean {
    const { program, line } = this;
    if (!this.hasBackReferences) {
      const place = node * (line.length + 1) + offset;
      if (!this.failed.add(place)) return false;
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
        // A place that is not visited twice ends each loop by itself.
        const isEmptyLoop = this.hasBackReferences && this.forkedAt[node] === offset;
        if (this.hasBackReferences) this.note(this.forkedAt, node, offset, tasks);
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
