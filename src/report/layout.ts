/**
 * Lays a report out as blocks, in the order in which they are read.
 * Promise: what is worst comes first, and each group is there with its exact count, however few lines are shown of it.
 */
import { isUngrouped, type Group, type Sample } from "../group/group.js";
import type { Notice } from "../std/notice.js";
import type { Block, LedgerBlock } from "./block.js";
import type { Report, Section } from "./document.js";

/** The lines that are shown of a group, in their order. */
export type SamplesShown = (group: Group) => readonly Sample[];

/** Of notices that say the same about different places; a whole file of bad rules must not fill the mail. */
const maxNoticesAlike = 20;

/** Everything but the ledger, whose figures depend on which blocks are shown. */
export function reportBlocks(report: Report, samplesShown: SamplesShown): Block[] {
  const { hostname, from, to, headline, notices, sections } = report;
  return [
    { kind: "head", hostname, ...(from && { from }), to, headline },
    ...noticeBlocks(notices),
    ...sectionBlocks(sections, to, samplesShown),
  ];
}

/** The last block; none where nothing was read. */
export function ledgerBlocks({ ledger, tallies, reportFiles }: Report): LedgerBlock[] {
  return ledger.length > 0 ? [{ kind: "ledger", ledger, tallies, reportFiles }] : [];
}

/** Each section's heading and groups. Times of another day than `today` are shown with their day. */
export function sectionBlocks(
  sections: readonly Section[],
  today: Date,
  samplesShown: SamplesShown,
): Block[] {
  return sections.flatMap(({ layer, lines, groups }): Block[] => {
    let wasBare = true;
    const blocks = groups.flatMap((group) => {
      const shown = samplesShown(group);
      const isAlone = group.count === 1 && group.rule === undefined;
      const isBare = shown.length > 0 && (isUngrouped(group) || isAlone);
      const isSetApart = !(isBare && wasBare);
      wasBare = isBare;
      return groupBlocks(group, shown, { isBare, isSetApart, today });
    });
    return [{ kind: "section heading", layer, lines, groupCount: groups.length }, ...blocks];
  });
}

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
  const rest = group.count - shown.length;
  return [
    { kind: "group", group, sample: first, ...layout },
    ...further.map((sample): Block => ({ kind: "sample", sample, isBare })),
    ...(rest > 0 ? [{ kind: "more", group, count: rest, isBare } as const] : []),
  ];
}

function noticeBlocks(notices: readonly Notice[]): Block[] {
  if (notices.length === 0) return [];
  const alike = new Map<string, Notice[]>();
  for (const notice of notices) {
    const said = `${notice.what}\n${notice.done}`;
    const group = alike.get(said);
    if (group) group.push(notice);
    else alike.set(said, [notice]);
  }
  const rows = [...alike.values()].flatMap((group): Block[] => {
    const shown = group.slice(0, maxNoticesAlike).map((notice): Block => ({ kind: "notice", notice }));
    const [next, ...others] = group.slice(maxNoticesAlike);
    if (next === undefined) return shown;
    const { what, done } = next;
    return [...shown, { kind: "more notices", count: 1 + others.length, what, done }];
  });
  return [{ kind: "notices heading" }, ...rows];
}
