/**
 * `logwinnow triage`: a dialogue on the terminal over the kinds of lines that logs or the last report left.
 * Promise: nothing is written before the changes were shown and agreed to; then all of it is, or nothing.
 */
import { usualHistoryMs } from "../check/history/kept-history.js";
import { linesOfKinds } from "../check/history/lines-of-kind.js";
import type { Config, RuleOptions } from "../config/config.js";
import { shippedRuleDirectory } from "../config/defaults.js";
import { findCanaries } from "../lint/canaries.js";
import { rememberedKinds, type NamedKind } from "../memory/kinds/named.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import { readInputs } from "../sources/read-inputs.js";
import { realDisk } from "../std/disk.js";
import { sayNotices } from "../std/standard-error.js";
import type { Text } from "../std/text/byte-string.js";
import { lineText } from "../std/text/line-text.js";
import { openCache } from "../store/caches/open-cache.js";
import { requireOwnDirectory } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";
import { readOnlyStore } from "../store/store.js";
import { Advisor } from "../triage/advisor.js";
import { runDialogue, type DialogueOutcome } from "../triage/dialogue.js";
import { initialState, type Order, type TriageKind } from "../triage/state.js";
import { hasTerminal, TtyScreen } from "../triage/terminal/tty-screen.js";
import { linesToKeep } from "../workshop/lines-to-keep.js";
import { KnownLines } from "../workshop/suggest/known-lines.js";
import { sayHistory } from "./rules/history.js";
import { TriageDoors } from "./triage-doors.js";

export interface TriageOptions extends RuleOptions {
  readonly config?: string;
  readonly state?: string;
  /** Logs; empty: the kept history, which is the configured logs and what reports told before. */
  readonly files: readonly Text[];
  /** All that the kept history has since then; left out: what the last report told. */
  readonly sinceMs?: number;
  readonly order: Order;
  /** For how long a kind is acknowledged. */
  readonly forMs: number;
}

export type TriageOutcome = DialogueOutcome | "no terminal" | "trouble";

export async function triage(options: TriageOptions, config: Config, now: Date): Promise<TriageOutcome> {
  const problem = hasTerminal(process.env);
  if (problem !== undefined) {
    sayNotices([{ where: "triage", what: problem, done: "nothing shown; rules suggest needs no terminal" }]);
    return "no terminal";
  }
  const { ruleSet, notices } = loadRuleSet(config.rules, openCache());
  sayNotices(notices);
  const remembered = rememberedOf(options);
  const lastMs = Math.max(...[...remembered.values()].map(({ record }) => record.lastMs));
  const known = new KnownLines(ruleSet);
  const isWhole = await read(known, options, config, now);
  const isOfReports = options.files.length === 0 && options.sinceMs === undefined && remembered.size > 0;
  const kinds = [...known.kinds, ...known.alarmKinds].flatMap((kind): TriageKind[] => {
    const record = remembered.get(kind.id)?.record;
    if (isOfReports && record?.lastMs !== lastMs) return [];
    const firstMs = record?.firstMs ?? kind.firstMs;
    return [{ ...kind, ...(firstMs !== undefined && { firstMs }), isRemembered: record !== undefined }];
  });
  if (kinds.length === 0) {
    const what = isOfReports ? "nothing that the last report told is left" : "no line is left";
    sayNotices([{ where: "triage", what, done: "nothing to decide" }]);
    return isWhole ? "nothing decided" : "trouble";
  }
  const { directories, level } = config.rules;
  const { canaries } = findCanaries([shippedRuleDirectory, ...directories.map(({ path }) => path)]);
  const advisor = new Advisor(kinds, linesToKeep(canaries, directories, level), ruleSet, now);
  const screen = new TtyScreen(process.env);
  const doors = new TriageDoors({ options, config, ruleSet, kinds, advisor, screen, now });
  let outcome: DialogueOutcome;
  try {
    outcome = await runDialogue(initialState(kinds, options.order, screen.size), screen, doors);
  } finally {
    screen.close();
  }
  doors.tell(outcome);
  return isWhole ? outcome : "trouble";
}

/** The kinds that reports told, by id; none where the state is not to be had and no report is asked for. */
function rememberedOf({ state, files }: TriageOptions): ReadonlyMap<string, NamedKind> {
  const directory = state ?? ownStateDirectory();
  try {
    requireOwnDirectory(directory, "triage");
    const { kinds, notices } = rememberedKinds(readOnlyStore(directory, realDisk).store);
    sayNotices(notices);
    return new Map(kinds.map((kind) => [kind.id, kind]));
  } catch (error) {
    if (files.length === 0) throw error;
    return new Map();
  }
}

/** Whether all was read. */
async function read(
  known: KnownLines,
  { files, state, sinceMs = usualHistoryMs }: TriageOptions,
  config: Config,
  now: Date,
): Promise<boolean> {
  if (files.length > 0)
    return readInputs(
      files,
      () => known.buffer,
      (chunk) => known.take(chunk),
    );
  const everyKind = { ids: [""] };
  const history = { state: state ?? ownStateDirectory(), lookBackMs: sinceMs, now };
  const found = await linesOfKinds(config, everyKind, history, openCache(), ({ bytes, readAs }) => {
    known.add(lineText(bytes), readAs && lineText(readAs));
  });
  sayHistory(found, "the rest is not shown");
  return true;
}
