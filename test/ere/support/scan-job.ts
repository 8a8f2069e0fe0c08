/** A set of patterns and the text to scan, as plain data that another process can be given. Promise: the same job has the same outcome everywhere. */
import {
  compilePatternSet,
  type Compilation,
  type LineScanner,
  type Locale,
} from "../../../src/ere/index.js";
import type { KeptStates } from "./kept-states.js";

export interface ScanJob {
  /** latin1: a character is a byte. */
  readonly patterns: readonly string[];
  readonly locale: Locale;
  readonly trimsTrailingSpace: boolean;
  readonly text: string;
}

export interface ScanOutcome {
  /** By line, the patterns that match it. */
  readonly verdicts: readonly string[];
  /** How many lines each set of patterns has had, in order of the sets. */
  readonly counts: readonly (readonly [string, number])[];
}

/** It scans in lanes wherever there is WebAssembly. */
export function compiledJob(
  { patterns, locale, trimsTrailingSpace }: ScanJob,
  statesCache: KeptStates,
): Compilation {
  const texts = patterns.map((pattern) => Buffer.from(pattern, "latin1"));
  return compilePatternSet(texts, { locale, trimsTrailingSpace, usesWebAssembly: true, statesCache });
}

export function scannerOf(job: ScanJob, statesCache: KeptStates): LineScanner {
  return compiledJob(job, statesCache).set.scanner({ isSelected: () => true });
}

export function scanAll(scanner: LineScanner, { text }: ScanJob): ScanOutcome {
  const bytes = Buffer.from(text, "latin1");
  const verdicts: string[] = [];
  for (let from = 0; from < bytes.length;) {
    const room = bytes.subarray(from, from + scanner.chunk.length);
    const chunk = room.subarray(0, room.lastIndexOf("\n") + 1);
    scanner.chunk.set(chunk);
    const { selectedCount, matchSets } = scanner.scan(chunk.length);
    for (const id of matchSets.subarray(0, selectedCount)) verdicts.push(scanner.matches(id).join());
    from += chunk.length;
  }
  const counts = Array.from(
    scanner.takeCounts(),
    ([id, count]) => [scanner.matches(id).join(), count] as const,
  );
  return { verdicts, counts: counts.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
