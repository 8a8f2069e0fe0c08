/**
 * A pattern as places that an alignment walks: what it takes, character by character, and where that was written.
 * Promise: without edits, it takes the lines that the pattern matches, but that edges of words count as met and a
 * back-reference stands for anything.
 */
import type { Locale } from "../alphabet/locale.js";
import type { Span, SyntaxTree } from "../syntax/syntax-tree.js";
import type { EditLeaf, EditLeaves } from "./edit-leaves.js";
import { editStepsOf, stepKinds, TooLong, type EditSteps } from "./edit-steps.js";

/**
 * Its places are its leaves in the order of the text, hubs between them, and the end, which is the last. A hub takes
 * nothing: many ways lead to it, such as the ends of the words of a loop, and many on.
 */
export interface EditProgram {
  /** How many places there are before the end. */
  readonly length: number;
  /** By place; undefined for a hub. */
  readonly leaves: readonly (EditLeaf | undefined)[];
  readonly takingCosts: Uint8Array;
  readonly skippingCosts: Uint8Array;
  /** By place, where in `followers` the places after it begin, ascending, and where they end. */
  readonly followersFrom: Int32Array;
  readonly followersTo: Int32Array;
  readonly followers: Int32Array;
  /** Where a line begins. */
  readonly starts: Int32Array;
  /** By place: the part of the pattern's text that it comes from, and the repetition around it, if it is one of one leaf. */
  readonly spans: readonly (Span | undefined)[];
  readonly repeats: readonly (Span | undefined)[];
}

/** More of them make a hub, and of more in all the pattern is not aligned. */
const [mostWaysOn, mostFollowers] = [6, 200_000];

/** Undefined for a pattern that is too long for it. */
export function editProgramOf(
  tree: SyntaxTree,
  leaves: EditLeaves,
  locale: Locale,
  mostPlaces = Infinity,
): EditProgram | undefined {
  try {
    const program = new Places(editStepsOf(tree, leaves, locale)).program();
    return program.length > mostPlaces ? undefined : program;
  } catch (fault) {
    if (fault instanceof TooLong) return undefined;
    throw fault;
  }
}

class Places {
  private readonly steps: EditSteps;
  private readonly hubs = new Set<number>();

  constructor(steps: EditSteps) {
    this.steps = steps;
  }

  /** Leaves out the steps that take no character, but hubs. */
  program(): EditProgram {
    const { kinds, heads, leaves, spans, repeats } = this.steps;
    const large = heads.filter((head) => this.waysFrom(head).length > mostWaysOn);
    for (const head of large) this.hubs.add(head);
    const end = kinds.length - 1;
    const steps = [...kinds.keys()].filter((step) => this.isPlace(step) && step !== end);
    const places = new Int32Array(kinds.length).fill(steps.length);
    for (const [place, step] of steps.entries()) places[step] = place;
    const followersFrom = new Int32Array(steps.length);
    const followersTo = new Int32Array(steps.length);
    const followers: number[] = [];
    for (const [place, step] of steps.entries()) {
      followersFrom[place] = followers.length;
      const ways = this.hubs.has(step) ? this.waysFrom(step) : this.placesFrom(step + 1);
      for (const after of ways) followers.push(places[after] ?? 0);
      if (followers.length > mostFollowers) throw new TooLong();
      followersTo[place] = followers.length;
    }
    const leavesOf = steps.map((step) => leaves[step]);
    return {
      length: steps.length,
      leaves: leavesOf,
      takingCosts: Uint8Array.from(leavesOf, (leaf) => leaf?.takingCost ?? 0),
      skippingCosts: Uint8Array.from(leavesOf, (leaf) => leaf?.skippingCost ?? 0),
      followersFrom,
      followersTo,
      followers: Int32Array.from(followers),
      starts: Int32Array.from(this.placesFrom(0), (step) => places[step] ?? 0),
      spans: steps.map((step) => spans[step]),
      repeats: steps.map((step) => repeats[step]),
    };
  }

  private isPlace(step: number): boolean {
    const { leaves, kinds } = this.steps;
    return leaves[step] !== undefined || this.hubs.has(step) || kinds[step] === stepKinds.end;
  }

  /** The places that are reached from a step without a character, which may be the step itself; ascending. */
  private placesFrom(step: number): readonly number[] {
    return this.isPlace(step) ? [step] : this.waysFrom(step);
  }

  private waysFrom(step: number): readonly number[] {
    const { kinds, targets } = this.steps;
    const reached = new Set([step]);
    // A set is walked in the order of insertion, also what is added on the way.
    for (const one of reached) {
      if (one !== step && this.isPlace(one)) continue;
      const kind = kinds[one];
      if (kind === stepKinds.split) reached.add(one + 1);
      if (kind === stepKinds.split || kind === stepKinds.jump) reached.add(targets[one] ?? 0);
    }
    return [...reached].filter((one) => one !== step && this.isPlace(one)).sort((one, other) => one - other);
  }
}
