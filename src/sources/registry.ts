/**
 * The kinds of sources that there are.
 * Promise: the only list of them; whoever needs a kind asks here.
 */
import { auditKind } from "./audit/audit-kind.js";
import { lastlog2Kind, wtmpdbKind } from "./databases/database-kinds.js";
import { dockerKind } from "./docker/docker-kind.js";
import { fileKind } from "./file/file-kind.js";
import { journalKind } from "./journal/journal-kind.js";
import { accountingKind } from "./records/accounting-kind.js";
import { utmpKind } from "./records/utmp-kind.js";
import type { LookBack, Position, SourceSettings } from "./source.js";
import type { SourceKind } from "./source-kind.js";

/** Log files come first: any path may be one, so that an argument is asked of the other kinds before. */
export const sourceKinds: readonly SourceKind[] = [
  fileKind,
  journalKind,
  accountingKind,
  utmpKind,
  wtmpdbKind,
  lastlog2Kind,
  auditKind,
  dockerKind,
];

/** The kind of this name, which settings or a source bear. */
export function sourceKindOf(kind: string): SourceKind {
  const found = sourceKinds.find((one) => one.kind === kind);
  if (!found) throw new Error(`bug: there is no kind of source "${kind}"`);
  return found;
}

/** The settings that `--source ARGUMENT` stands for. */
export function settingsFromArgument(argument: string, firstRun: LookBack): SourceSettings {
  for (const kind of sourceKinds.toReversed()) {
    const settings = kind.settingsFromArgument(argument, firstRun);
    if (settings) return settings;
  }
  throw new Error("bug: any path may be a log file");
}

/** A position in words, whatever kind of source it is of. */
export function describePosition(position: Position): string {
  for (const kind of sourceKinds) {
    const text = kind.describe(position);
    if (text !== undefined) return text;
  }
  return "up to a position that cannot be understood";
}
