/**
 * Lays the groups of a report out as blocks, in the order in which they are read.
 * Promise: what is worst comes first, and each group is there with its exact count, however few lines are shown of it.
 */
import { isUngrouped, linesOf, type Group, type Sample } from "../group/group.js";
import type { Block } from "./block.js";
import type { Section } from "./document.js";

/** The lines that are shown of a group, in their order. Undefined where the group itself is not shown. */
export type SamplesShown = (group: Group) => readonly Sample[] | undefined;

/**
 * Each section's heading and groups; a section without any group that is shown is left out. Times of another day than
 * `today` are shown with their day.
 */
export function sectionBlocks(
  sections: readonly Section[],
  today: Date,
  samplesShown: SamplesShown,
): Block[] {
  return sections.flatMap(({ layer, lines, groups }): Block[] => {
    let wasBare = true;
    const blocks = groups.flatMap((group) => {
      const shown = samplesShown(group);
      if (shown === undefined) return [];
      const isAlone = linesOf(group) === 1 && group.rule === undefined;
      const isBare = shown.length > 0 && (isUngrouped(group) || isAlone);
      const isSetApart = !(isBare && wasBare);
      wasBare = isBare;
      return groupBlocks(group, shown, { isBare, isSetApart, today });
    });
    if (blocks.length === 0) return [];
    return [{ kind: "section heading", layer, lines, groupCount: groups.length }, ...blocks];
  });
}

/** Of the lines that came before a minimum was reached. */
const maxEarlierShown = 20;

interface GroupLayout {
  readonly isBare: boolean;
  readonly isSetApart: boolean;
  readonly today: Date;
}

/** The head and the first line make one block, then each further line its own. */
function groupBlocks(group: Group, shown: readonly Sample[], layout: GroupLayout): Block[] {
  const { isBare } = layout;
  const [first, ...further] = shown;
  if (first === undefined) return [{ kind: "group", group, ...layout }];
  const events = shown.filter((sample) => sample.folded === undefined).length;
  const rest = group.count - events;
  const restFolded = (group.folded ?? 0) - (shown.length - events);
  const earlier = (group.earlier ?? []).slice(0, maxEarlierShown);
  return [
    { kind: "group", group, sample: first, ...layout },
    ...further.map((sample): Block => ({ kind: "sample", sample, isBare })),
    ...(rest > 0 || restFolded > 0
      ? [{ kind: "more", group, count: rest, folded: restFolded, isBare } as const]
      : []),
    ...earlier.map((sample, index): Block => {
      const count = index === 0 ? { count: group.earlier?.length ?? 0 } : {};
      return { kind: "earlier", sample, ...count };
    }),
  ];
}
