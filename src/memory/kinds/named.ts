/** Finds kinds by what a report calls them: the first digits of their ids. */
import type { Store } from "../../store/store.js";
import type { Notice } from "../../std/notice.js";
import { decodeKinds, kindsName, type KindRecord } from "./records.js";

/** What a report shows of an id, and a whole one. */
export const idPattern = /^[0-9a-f]{4,12}$/;

export interface NamedKind {
  readonly id: string;
  readonly record: KindRecord;
}

/** All kinds that are remembered, and what is wrong with their memory. */
export function rememberedKinds(store: Pick<Store, "memory">): {
  readonly kinds: readonly NamedKind[];
  readonly notices: readonly Notice[];
} {
  const { records, notices } = decodeKinds(store.memory(kindsName));
  return { kinds: Object.entries(records.kinds).map(([id, record]) => ({ id, record })), notices };
}

/**
 * The kinds that were new in the newest report that told of any. Out of the logs of before are those whose lines no run has
 * counted yet.
 */
export function newInNewestReport(kinds: readonly NamedKind[]): readonly NamedKind[] {
  const told = kinds.filter(({ record }) => record.counts.peaks.length > 0);
  const newestMs = told.reduce((newest, { record }) => Math.max(newest, record.lastMs), -Infinity);
  return told.filter(({ record }) => record.firstMs === newestMs);
}

/** The kind whose id begins so; otherwise why there is none to act on. */
export function kindNamed(
  name: string,
  kinds: readonly NamedKind[],
): NamedKind | { readonly problem: string } {
  if (!idPattern.test(name)) return { problem: "is no id: 4 to 12 of the digits 0 to 9 and a to f" };
  const fit = kinds.filter(({ id }) => id.startsWith(name));
  const [first, ...others] = fit;
  if (first === undefined) return { problem: "no report told of such a kind" };
  if (others.length === 0) return first;
  const ids = fit.slice(0, 5).map(({ id }) => id);
  return { problem: `begins ${fit.length} ids: ${ids.join(", ")}${fit.length > 5 ? ", ..." : ""}` };
}
