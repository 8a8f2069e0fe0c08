/**
 * Puts what stood around a kind's first line beside its lines.
 * Promise: the kind's own lines are marked, all are in the order of time, and none of the others is counted for the kind.
 */
import type { Group, Sample } from "../../../group/group.js";
import type { NearLine } from "../../around.js";
import type { Evidence, ShownLine } from "./evidence.js";
import { readSample, shownLine, type LineContext } from "./show-lines.js";

/** Of one such line: it is only there to be understood by. */
const maxLineBytes = 400;

/** In: what is shown of the group alone. */
export function withAround(
  evidence: readonly Evidence[],
  { kind = "" }: Pick<Group, "kind">,
  context: LineContext,
): readonly Evidence[] {
  const around = context.around?.get(kind);
  if (around === undefined) return evidence;
  const { middle, before, after: later } = around;
  const isMiddle = (part: Evidence): boolean => {
    const [sample] = part.kind === "line" ? part.samples : [];
    return sample !== undefined && sample.source === middle.source && sample.line === middle.line;
  };
  const middleIndex = evidence.findIndex(isMiddle);
  // What is shown first of a kind is not always what came first.
  if (middleIndex < 0) return evidence;
  const after = later.map((line) => ({ timeMs: timeOf(line, context), shown: nearLine(line, context) }));
  const placed: Evidence[] = [];
  for (const [index, part] of evidence.entries()) {
    const [sample] = part.kind === "line" ? part.samples : [];
    // What is left out of the kind came later.
    const timeMs = sample === undefined ? Infinity : timeOf(sample, context);
    if (index > middleIndex)
      while (after[0] !== undefined && after[0].timeMs <= timeMs) placed.push(...shownOf(after.shift()));
    if (index === middleIndex) placed.push(...before.map((line) => nearLine(line, context)));
    placed.push(sample !== undefined && part.kind === "line" ? { ...part, isMarked: true } : part);
  }
  return [...placed, ...after.flatMap(shownOf)];
}

function shownOf(near: { readonly shown: ShownLine } | undefined): ShownLine[] {
  return near ? [near.shown] : [];
}

function nearLine(line: NearLine, context: LineContext): ShownLine {
  const read = readSample(line, context);
  return { ...shownLine({ ...read, samples: [] }, maxLineBytes, context), isContext: true, repeats: 1 };
}

function timeOf(line: NearLine | Sample, context: LineContext): number {
  return readSample(line, context).timeMs ?? 0;
}
