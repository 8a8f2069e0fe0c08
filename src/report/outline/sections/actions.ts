/**
 * What the reader can do, as commands.
 * Promise: a command is printed only if this program has it, and none that hides an alarm is ever proposed for one.
 */
import type { Text, Words } from "../../../std/text/byte-string.js";
import type { Action, Actions, Outline } from "../outline.js";
import { wordOf } from "../kind/quoted.js";

/** Commands about ids of kinds or reports, and about what a report told. */
export const idCommands = ["show", "explain", "ack", "ignore", "report", "triage"] as const;
export type IdCommand = (typeof idCommands)[number];

export interface ActionContext extends Pick<
  Outline,
  "urgency" | "host" | "reportId" | "counts" | "alarmRows"
> {
  /** Of the worst kind; left out: there is none, or lines were not grouped. */
  readonly worstId?: Words;
  /** Whether a rule raised it: no rule that ignores it would hide it. */
  readonly isWorstRaised: boolean;
  readonly commands: ReadonlySet<IdCommand>;
  /** Who is to give them. */
  readonly user: Text;
  readonly reportFiles: readonly Text[];
}

const maxActions = 4;
const manyNewKinds = 30;

export function actionsOf(context: ActionContext): Actions {
  const { host, commands, user } = context;
  const rows = candidates(context)
    .filter(([name]) => commands.has(name))
    .map(([, action]) => action);
  return {
    heading: `On ${host}, as ${wordOf(user) ?? "root"}:`,
    rows: [...rows, ...always(context)].slice(0, maxActions),
  };
}

type Candidate = readonly [IdCommand, Action];

function candidates({
  urgency,
  worstId,
  isWorstRaised,
  reportId,
  counts,
  alarmRows,
}: ActionContext): readonly Candidate[] {
  const report = propose("report", reportId, "the full report");
  if (worstId === undefined) return hasKinds(counts) ? [report] : [];
  const show = propose("show", worstId, "what is known of it, and all its lines");
  if (urgency === "alarm") {
    const noisy = alarmRows.rows.find(({ novelty, count }) => novelty === "known" && count > 1);
    return [
      show,
      propose("explain", worstId, "which rule, why an alarm"),
      ...(noisy ? [propose("ack", `${noisy.id} --for 7d`, "digest only for a week")] : []),
      report,
    ];
  }
  const triage = propose("triage", "", "rules for all of it, one kind after the other");
  if (counts.fresh > manyNewKinds)
    return [report, propose("ack", "--new --for 14d", "all of them: digest only for two weeks"), triage];
  return [
    show,
    propose("explain", worstId, "why it is here"),
    propose("ack", `${worstId} --for 7d`, "digest only for a week"),
    isWorstRaised ? triage : propose("ignore", worstId, "a rule for it, to look at first"),
  ];
}

function propose(name: IdCommand, operands: Words, does: Words): Candidate {
  return [name, { command: `logwinnow ${name} ${operands}`.trimEnd(), does }];
}

function hasKinds({ alarms, violations, fresh, known, others }: ActionContext["counts"]): boolean {
  return alarms + violations + fresh + known + others > 0;
}

/** What works without ids. */
function always({ reportFiles, commands, worstId, counts }: ActionContext): readonly Action[] {
  const file = reportFiles.at(-1);
  const path = file === undefined ? undefined : pathWord(file);
  return [
    ...(path === undefined ? [] : [{ command: `zless ${path}`, does: "the lines that are only counted" }]),
    ...(!hasKinds(counts) || (worstId !== undefined && commands.has("explain"))
      ? []
      : [{ command: "logwinnow explain", does: "then a line: which rule decides it" }]),
  ];
}

/** A path that a shell takes as it stands. */
function pathWord(path: Text): Words | undefined {
  const parts = path.split("/").map((part) => (part === "" ? "" : wordOf(part)));
  return parts.includes(undefined) ? undefined : parts.join("/");
}
