/**
 * Looks for a shortest line that one pattern matches and others match or do not.
 * Promise: "none" is certain, and so is a line; past a bound on the work the answer is "not decided".
 *
 * One pattern is walked node by node, the others as sets of nodes, all at once, and only where lines can get. A place is
 * passed over where one was found before that could do as much: the same node, with fewer of the nodes that take lines
 * away and more of those that are wanted (an antichain). To make sets of the first pattern too fails on `x.{200}y`.
 */
import { byteSetWords, hasByte } from "../alphabet/byte-set.js";
import type { NodeSets, NodeSetId } from "../nfa/node-sets.js";
import type { NodeId } from "../nfa/program.js";
import type { Letter, Letters } from "./letters.js";

/** Work that may still be done, in nodes that are looked at. One budget may serve many questions. */
export interface WorkBudget {
  nodesLeft: number;
}

export interface Goal {
  /** The pattern whose lines are looked through. */
  readonly own: NodeId;
  readonly others: readonly Other[];
  /**
   * Whether a line is what is looked for, by which of the others match it. Where it is, it still is when more of those
   * that are wanted match it, or fewer of the rest.
   */
  readonly isFound: (matched: readonly boolean[]) => boolean;
  /** How the line begins. */
  readonly beginning: readonly Letter[];
  /** Whether only lines without white space at their end count. */
  readonly endsInText: boolean;
}

/** Patterns of which it only matters whether one of them matches. */
export interface Other {
  readonly entries: readonly NodeId[];
  readonly isWanted: boolean;
  /** Whether no line is found that they do not match. Then they are walked node by node, too. */
  readonly isRequired: boolean;
}

export type Found =
  /** What follows the beginning, and which of the others match the line. */
  | { readonly kind: "line"; readonly rest: readonly Letter[]; readonly matched: readonly boolean[] }
  | { readonly kind: "none" }
  | { readonly kind: "not decided" };

interface Place {
  readonly own: NodeSetId;
  readonly others: readonly NodeSetId[];
  readonly before: Place | undefined;
  readonly letter: Letter;
}

export class LineSearch {
  private readonly sets: NodeSets;
  private readonly letters: Letters;
  private readonly goal: Goal;
  private readonly budget: WorkBudget;
  private readonly queue: Place[] = [];
  /** By set of the pattern itself. */
  private readonly seen = new Map<NodeSetId, Place[]>();

  constructor(sets: NodeSets, letters: Letters, goal: Goal, budget: WorkBudget) {
    this.sets = sets;
    this.letters = letters;
    this.goal = goal;
    this.budget = budget;
  }

  run(): Found {
    const { beginning } = this.goal;
    let place = this.start();
    for (const letter of beginning) {
      place = this.after(place, letter);
      this.spend(place);
    }
    if (this.isEnd(place, beginning.at(-1))) return this.found(place, []);
    this.addAll(place, undefined);
    for (let at = 0; at < this.queue.length; at++) {
      if (this.budget.nodesLeft < 0) return { kind: "not decided" };
      const before = this.queue[at]!;
      for (const next of this.steps(before)) {
        this.spend(next);
        if (this.isEnd(next, next.letter)) return this.found(next, this.restTo(next));
        this.addAll(next, before);
      }
    }
    return this.budget.nodesLeft < 0 ? { kind: "not decided" } : { kind: "none" };
  }

  private start(): Place {
    const { own, others } = this.goal;
    return {
      own: this.sets.startAt([own]),
      others: others.map(({ entries }) => this.sets.startAt(entries)),
      before: undefined,
      letter: 0,
    };
  }

  private after(place: Place, letter: Letter): Place {
    const step = (set: NodeSetId): NodeSetId => this.sets.nextOf(this.sets.step(set, letter));
    return { own: step(place.own), others: place.others.map(step), before: place, letter };
  }

  /** Where one more letter leads, letters that lead to the same place once. */
  private *steps(place: Place): Generator<Place> {
    const { sets } = this;
    const { all, whiteSpace } = this.letters;
    for (let word = 0; word < byteSetWords; word++) {
      const spaces = whiteSpace[word] ?? 0;
      let left = all[word] ?? 0;
      while (left !== 0) {
        const bit = left & -left;
        const letter = 32 * word + 31 - Math.clz32(bit);
        // White space cannot end a line.
        let alike = (spaces & bit) === 0 ? ~spaces : spaces;
        const byOwn = sets.step(place.own, letter);
        alike &= sets.alikeWord(byOwn, word);
        const own = sets.nextOf(byOwn);
        if (sets.lengthOf(own) > 0) {
          const others = place.others.map((set) => {
            const step = sets.step(set, letter);
            alike &= sets.alikeWord(step, word);
            return sets.nextOf(step);
          });
          yield { own, others, before: place, letter };
        }
        left &= ~alike;
      }
    }
  }

  private isEnd({ own, others }: Place, last: Letter | undefined): boolean {
    const { sets, goal } = this;
    if (goal.endsInText && last !== undefined && hasByte(this.letters.whiteSpace, last)) return false;
    if (sets.endMatches(own).length === 0) return false;
    return goal.isFound(this.matchedAt(others));
  }

  private matchedAt(others: readonly NodeSetId[]): boolean[] {
    return others.map((set) => this.sets.endMatches(set).length > 0);
  }

  private found({ others }: Place, rest: readonly Letter[]): Found {
    return { kind: "line", rest, matched: this.matchedAt(others) };
  }

  /** Adds a place for each node of the pattern, unless it leads nowhere or no further than one that is there. */
  private addAll({ own, others, letter }: Place, before: Place | undefined): void {
    for (const ownAlone of this.nodesOf(own))
      for (const othersAlone of this.choicesOf(others))
        this.add({ own: ownAlone, others: othersAlone, before, letter });
  }

  private add(place: Place): void {
    this.budget.nodesLeft--;
    if (!this.mayBeFound(place)) return;
    const known = this.seen.get(place.own);
    if (known === undefined) this.seen.set(place.own, [place]);
    else if (known.some((other) => this.doesAsMuch(other, place))) return;
    else known.push(place);
    this.queue.push(place);
  }

  private nodesOf(set: NodeSetId): NodeSetId[] {
    return Array.from({ length: this.sets.lengthOf(set) }, (_, place) => this.sets.alone(set, place));
  }

  /** A node of each of the others that is required, in all ways, beside the whole of the rest. */
  private choicesOf(others: readonly NodeSetId[]): readonly (readonly NodeSetId[])[] {
    let choices: readonly (readonly NodeSetId[])[] = [others];
    for (const [index, { isRequired }] of this.goal.others.entries())
      if (isRequired)
        choices = choices.flatMap((choice) =>
          this.nodesOf(choice[index] ?? 0).map((node) => choice.with(index, node)),
        );
    return choices;
  }

  /** Whether some rest of a line could still make it one that is looked for. */
  private mayBeFound({ own, others }: Place): boolean {
    const { sets, goal } = this;
    return goal.isFound(
      others.map((set, index) =>
        goal.others[index]?.isWanted
          ? sets.lengthOf(set) > 0
          : sets.hasAccepted(set) || sets.isWithin(own, set),
      ),
    );
  }

  private doesAsMuch(known: Place, { others }: Place): boolean {
    return known.others.every((set, index) => {
      const other = others[index] ?? 0;
      if (set === other) return true;
      this.budget.nodesLeft -= 1 + this.sets.lengthOf(set);
      return this.goal.others[index]?.isWanted
        ? this.sets.isPartOf(other, set)
        : this.sets.isPartOf(set, other);
    });
  }

  private spend({ own, others }: Place): void {
    let nodes = 1 + this.sets.lengthOf(own);
    for (const set of others) nodes += this.sets.lengthOf(set);
    this.budget.nodesLeft -= nodes;
  }

  private restTo(end: Place): Letter[] {
    const letters: Letter[] = [end.letter];
    let place = end.before;
    for (; place?.before !== undefined; place = place.before) letters.push(place.letter);
    return letters.reverse();
  }
}
