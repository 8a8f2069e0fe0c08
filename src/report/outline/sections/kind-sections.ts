/**
 * The kinds of a report as the sections of its outline, within limits.
 * Promise: each kind of alarm has its first line before any has two, and each rule before any kind of it has two; a kind
 * without room is counted.
 */
import type { Group } from "../../../group/group.js";
import { inFairOrder } from "../../priority.js";
import { countOf, formatCount } from "../../render/wording.js";
import type { Words } from "../../../std/text/byte-string.js";
import { withAround } from "../kind/around-lines.js";
import type { Evidence } from "../kind/evidence.js";
import type { Limits } from "../limits.js";
import type { KindBlock, KindSection, Listed, ProgramRow, AlarmRows, RuleRow } from "../outline.js";
import { quotedBytes } from "../kind/quoted.js";
import { titleOf } from "../summary/subject.js";
import { talliesOf } from "../summary/tallied.js";
import type { OutlineKind } from "../parts.js";
import { evidenceOf, type LineContext, type LineLimits } from "../kind/show-lines.js";

/** A group, and what headings tell of it. */
export interface RankedKind {
  readonly group: Group;
  readonly kind: OutlineKind;
}

/** What is computed of a kind, such as what its address did before. */
export type LeadsOf = (kind: OutlineKind) => readonly Words[];

/** More kinds have rows for their rules, too. */
const manyAlarms = 40;

/** "ALARMS". In: all kinds of alarms, the worst first. */
export function alarmRowsOf(
  alarms: readonly RankedKind[],
  { alarmRows, ruleRows, ruleNames }: Limits,
): AlarmRows {
  const rows = alarms.length <= alarmRows ? alarms.map(({ kind }) => kind) : [];
  if (rows.length === alarms.length && alarms.length <= manyAlarms) return { rows, rules: [] };
  const byRule = new Map<string, RankedKind[]>();
  for (const alarm of alarms) {
    const rule = alarm.group.rule ?? "";
    const ofRule = byRule.get(rule);
    if (ofRule) ofRule.push(alarm);
    else byRule.set(rule, [alarm]);
  }
  const all = [...byRule.values()];
  const rest = all.slice(ruleRows);
  return {
    rows,
    rules: all.slice(0, ruleRows).map(ruleRowOf),
    ...(rest.length > 0 && { more: restWords(rest, ruleNames) }),
  };
}

function ruleRowOf(ofRule: readonly RankedKind[]): RuleRow {
  const [first] = ofRule;
  const count = ofRule.reduce((sum, { kind }) => sum + kind.count, 0);
  const facts = `${countOf(ofRule.length, "kind")}, x${formatCount(count)}`;
  return { name: first?.kind.name ?? [], facts };
}

/** "3 more rules: disk read error x300, rule ssh:4 x12, 1 more x2". */
function restWords(rules: readonly (readonly RankedKind[])[], most: number): Words {
  const countIn = (kinds: readonly RankedKind[]): number =>
    kinds.reduce((sum, { kind }) => sum + kind.count, 0);
  const named = rules.slice(0, most).map((ofRule) => {
    const [first] = ofRule;
    return `${first ? titleOf(first.kind) : ""} x${formatCount(countIn(ofRule))}`;
  });
  const rest = rules.slice(most);
  const unnamed =
    rest.length > 0 ? [`${formatCount(rest.length)} more x${formatCount(countIn(rest.flat()))}`] : [];
  return `${countOf(rules.length, "more rule")}: ${[...named, ...unnamed].join(", ")}`;
}

/** "THE ALARMS". Each has its first line, as far as there is room, before any has more. */
export function alarmSectionOf(
  alarms: readonly RankedKind[],
  limits: Limits,
  context: LineContext,
  leadsOf: LeadsOf,
): KindSection {
  const { alarmKinds, alarmBytes, alarmLines, alarmLineBytes, lineBytes, kindBytes } = limits;
  const isFew = alarms.length <= alarmKinds;
  const fair = isFew ? alarms : fairly(alarms);
  const shown = new Map<Group, readonly Evidence[]>();
  let bytes = 0;
  const ofEach = Math.floor(alarmBytes / Math.min(alarms.length, alarmKinds)) - 2 * perLineBytes;
  const firstBytes = Math.max(minLineBytes, Math.min(ofEach, lineBytes, alarmLineBytes));
  const floor: LineLimits = { lines: 1, lineBytes: firstBytes, kindBytes };
  for (const { group } of fair) {
    if (shown.size >= alarmKinds) break;
    const evidence = evidenceOf(group, floor, context);
    const more = bytesOf(evidence);
    if (shown.size > 0 && bytes + more > alarmBytes) continue;
    bytes += more;
    shown.set(group, evidence);
  }
  const full: LineLimits = { lines: alarmLines, lineBytes: alarmLineBytes, kindBytes };
  for (const { group } of alarms) {
    const before = shown.get(group);
    if (before === undefined) continue;
    const alone = evidenceOf(group, full, context);
    // What stood around it gives way before its own lines do.
    for (const evidence of [withAround(alone, group, context), alone]) {
      const more = bytesOf(evidence) - bytesOf(before);
      if (bytes + more > alarmBytes) continue;
      bytes += more;
      shown.set(group, evidence);
      break;
    }
  }
  return sectionOf(alarms, shown, leadsOf);
}

/** Round by round a kind of each rule. */
function fairly(kinds: readonly RankedKind[]): readonly RankedKind[] {
  const byGroup = new Map(kinds.map((ranked) => [ranked.group, ranked]));
  return inFairOrder(kinds.map(({ group }) => group)).flatMap((group) => byGroup.get(group) ?? []);
}

/** "WORTH A LOOK". In: violations and new kinds, the worst first. */
export function lookSectionOf(
  kinds: readonly RankedKind[],
  limits: Limits,
  context: LineContext,
  leadsOf: LeadsOf,
): KindSection {
  const { lookKinds, lookBytes, violationLines, newLines, lineBytes, kindBytes } = limits;
  const shown = new Map<Group, readonly Evidence[]>();
  let bytes = 0;
  for (const { group } of kinds.length > lookKinds ? fairly(kinds) : kinds) {
    if (shown.size >= lookKinds) break;
    const lines = group.layer === "violation" ? violationLines : newLines;
    const alone = evidenceOf(group, { lines, lineBytes, kindBytes }, context);
    for (const evidence of [withAround(alone, group, context), alone]) {
      const more = bytesOf(evidence);
      if (bytes + more > lookBytes) continue;
      bytes += more;
      shown.set(group, evidence);
      break;
    }
  }
  return sectionOf(kinds, shown, leadsOf);
}

/** "KNOWN": without lines, but for what was only learnt from the logs of before, and no mail ever told. */
export function knownSectionOf(
  kinds: readonly RankedKind[],
  { knownKinds, knownLines, newLines, lineBytes, kindBytes }: Limits,
  context: LineContext,
): KindSection {
  const evidence = (group: Group): readonly Evidence[] => {
    const lines = Math.max(knownLines, group.history?.reports === 0 ? newLines : 0);
    return lines === 0 ? [] : evidenceOf(group, { lines, lineBytes, kindBytes }, context);
  };
  const shown = new Map(kinds.slice(0, knownKinds).map(({ group }) => [group, evidence(group)]));
  return sectionOf(kinds, shown, () => []);
}

/** Enough for a header and what it is about. */
const minLineBytes = 100;
/** What a line takes beside its text. */
const perLineBytes = 40;

function bytesOf(evidence: readonly Evidence[]): number {
  return evidence.reduce(
    (sum, line) => sum + perLineBytes + (line.kind === "line" ? line.text.quoted.length : 0),
    0,
  );
}

function sectionOf(
  all: readonly RankedKind[],
  shown: ReadonlyMap<Group, readonly Evidence[]>,
  leadsOf: LeadsOf,
): KindSection {
  const rows = all.flatMap(({ group, kind }): KindBlock[] => {
    const evidence = shown.get(group);
    if (evidence === undefined) return [];
    const tallies = talliesOf(group.count > 1 ? group.tallies : []);
    return [{ ...kind, leads: leadsOf(kind), ...(tallies.length > 0 && { tallies }), evidence }];
  });
  const rest = all.filter(({ group }) => !shown.has(group));
  return {
    rows,
    kinds: all.length,
    lines: linesIn(all),
    ...(rest.length > 0 && {
      more: `${countOf(rest.length, "more kind")}, ${countOf(linesIn(rest), "line")}`,
    }),
  };
}

function linesIn(kinds: readonly RankedKind[]): number {
  return kinds.reduce((sum, { kind }) => sum + kind.lines, 0);
}

/** "BY PROGRAM": where more are new than anybody looks at one by one. */
const manyNewKinds = 30;

export function byProgramOf(kinds: readonly RankedKind[], { programRows }: Limits): Listed<ProgramRow> {
  const fresh = kinds.filter(({ kind }) => kind.layer === "remainder");
  if (fresh.length <= manyNewKinds) return { rows: [] };
  const byProgram = new Map<string, { kinds: number; lines: number }>();
  for (const { group, kind } of fresh) {
    const [, program = ""] = /^([^ :]+): /.exec(group.shape) ?? [];
    const sum = byProgram.get(program) ?? { kinds: 0, lines: 0 };
    byProgram.set(program, { kinds: sum.kinds + 1, lines: sum.lines + kind.lines });
  }
  const ordered = [...byProgram].toSorted(([, one], [, other]) => other.lines - one.lines);
  const factsOf = (sums: { readonly kinds: number; readonly lines: number }): Words =>
    `${countOf(sums.kinds, "kind")}, ${countOf(sums.lines, "line")}`;
  const rest = ordered.slice(programRows);
  const sum = { kinds: 0, lines: 0 };
  for (const [, one] of rest) {
    sum.kinds += one.kinds;
    sum.lines += one.lines;
  }
  return {
    rows: ordered.slice(0, programRows).map(([program, sums]) => ({
      ...(program !== "" && { program: quotedBytes(program, 48) }),
      facts: factsOf(sums),
    })),
    ...(rest.length > 0 && { more: `${countOf(rest.length, "more", "more")}  ${factsOf(sum)}` }),
  };
}
