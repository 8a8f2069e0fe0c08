/** What the dialogue of `triage` knows: plain data, which `reduce.ts` changes and `view.ts` shows. */
import type { ByteString, Text } from "../std/text/byte-string.js";
import type { Kind } from "../workshop/suggest/kinds.js";

export interface TriageKind extends Kind {
  /** Whether a report told of it, so that it can be acknowledged. */
  readonly isRemembered: boolean;
}

/** A rule of somebody's own, and what is said beside it. */
export interface OwnRule {
  readonly rule: ByteString;
  readonly reason?: Text;
  readonly title?: Text;
}

/** A rule, and the other kinds whose lines it matches; or why there is none. */
export type RuleAdvice =
  { readonly rule: ByteString; readonly others: readonly OtherKind[] } | { readonly refused: ByteString };

export interface OtherKind {
  readonly shape: ByteString;
  readonly count: number;
}

/** What can be said of a kind. */
export interface Advice {
  /** To ignore its lines. */
  readonly ignore: RuleAdvice;
  /** To raise them. */
  readonly raise: RuleAdvice;
  /** Rules that come near its lines, as words. Left out: nobody looked for them yet. */
  readonly similar?: readonly string[];
  /** The rule that somebody wrote, which takes the place of the others. */
  readonly own?: OwnRule;
}

export type RuleAction = "ignore" | "raise" | "alarm";

export type Decision =
  | ({ readonly action: RuleAction } & OwnRule)
  | { readonly action: "acknowledge" }
  | { readonly action: "skip" };

export type Decisions = ReadonlyMap<string, Decision>;

export type Order = "largest" | "newest";

export type Mode =
  | { readonly name: "kinds" }
  /** What would be written, as lines, and the first row of it that is shown. */
  | { readonly name: "changes"; readonly lines: readonly string[]; readonly top: number }
  | { readonly name: "leaving" };

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface TriageState {
  /** In the order in which they are gone through. */
  readonly kinds: readonly TriageKind[];
  readonly order: Order;
  /** The place of the kind that is shown. */
  readonly at: number;
  /** By id. */
  readonly advice: ReadonlyMap<string, Advice>;
  readonly decisions: Decisions;
  /** What was decided, and what stood there before; the last one last. */
  readonly past: readonly { readonly id: string; readonly before: Decision | undefined }[];
  readonly mode: Mode;
  /** One line about what the last key did. */
  readonly message: string;
  readonly size: Size;
}

export function initialState(kinds: readonly TriageKind[], order: Order, size: Size): TriageState {
  return {
    kinds: inOrder(kinds, order),
    order,
    at: 0,
    advice: new Map(),
    decisions: new Map(),
    past: [],
    mode: { name: "kinds" },
    message: "",
    size,
  };
}

/** The largest first, or those that came first most recently. */
export function inOrder(kinds: readonly TriageKind[], order: Order): readonly TriageKind[] {
  const rank = ({ count, firstMs }: TriageKind): number => (order === "largest" ? count : (firstMs ?? 0));
  return kinds.toSorted((one, other) => rank(other) - rank(one));
}

/** The decisions that something is written for. */
export function weighty(decisions: Decisions): number {
  return [...decisions.values()].filter(({ action }) => action !== "skip").length;
}
