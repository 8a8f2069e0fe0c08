/**
 * Bounds what stands around the lines of a report: names, notices, the rows of the ledger.
 * Promise: each part has a bound and says how much it leaves out, so that no name and no number of sources or notices
 * takes the room of an alarm.
 */
import type { Notice } from "../std/notice.js";
import type { Block, InventoryBlock, LedgerBlock, LedgerRowShown } from "./block.js";
import type { LedgerRow, Report } from "./document.js";
import { addRows, emptyRow, totalOf } from "./ledger.js";

/** How much of each part is shown. */
export interface FrameDetail {
  readonly maxNotices: number;
  /** Of notices that say the same about different places; a whole file of bad rules must not fill the mail. */
  readonly maxNoticesAlike: number;
  /** Rows of sources from which something was read; all others together take one. */
  readonly maxLedgerRows: number;
  /** Of a path or another name as it is shown; a notice may have three times as many. */
  readonly nameCharacters: number;
  readonly maxRuleFiles: number;
  readonly maxReportFiles: number;
  readonly maxInventoryKeys: number;
}

/** From rich to bare. */
export const frameDetails: readonly [FrameDetail, ...FrameDetail[]] = [
  detail({ notices: 200, alike: 20, rows: 100, name: 200, ruleFiles: 12, reportFiles: 20, keys: 1000 }),
  detail({ notices: 50, alike: 5, rows: 30, name: 120, ruleFiles: 12, reportFiles: 5, keys: 200 }),
  detail({ notices: 10, alike: 3, rows: 10, name: 80, ruleFiles: 6, reportFiles: 2, keys: 50 }),
  detail({ notices: 3, alike: 1, rows: 3, name: 60, ruleFiles: 3, reportFiles: 1, keys: 10 }),
  detail({ notices: 1, alike: 1, rows: 0, name: 40, ruleFiles: 0, reportFiles: 1, keys: 0 }),
];

function detail(most: {
  readonly notices: number;
  readonly alike: number;
  readonly rows: number;
  readonly name: number;
  readonly ruleFiles: number;
  readonly reportFiles: number;
  readonly keys: number;
}): FrameDetail {
  return {
    maxNotices: most.notices,
    maxNoticesAlike: most.alike,
    maxLedgerRows: most.rows,
    nameCharacters: most.name,
    maxRuleFiles: most.ruleFiles,
    maxReportFiles: most.reportFiles,
    maxInventoryKeys: most.keys,
  };
}

/** The first blocks: host, period, headline, notices. */
export function headBlocks(report: Report, frame: FrameDetail): Block[] {
  const { hostname, from, to, headline, packages, notices } = report;
  const { nameCharacters } = frame;
  return [
    {
      kind: "head",
      hostname,
      ...(from && { from }),
      to,
      headline,
      ...(packages && { packages }),
      nameCharacters,
    },
    ...noticeBlocks(notices, frame),
  ];
}

/** What is known on this host from now on; none where it was told. Each family is shown before any has a second key. */
export function inventoryBlocks(
  { inventory = [] }: Report,
  { maxInventoryKeys }: FrameDetail,
): InventoryBlock[] {
  if (inventory.length === 0) return [];
  const longest = Math.max(...inventory.map(({ keys }) => keys.length));
  const keyCount = inventory.reduce((sum, { keys }) => sum + keys.length, 0);
  const shownUpTo = (ofEach: number): number =>
    inventory.reduce((sum, { keys }) => sum + Math.min(keys.length, ofEach), 0);
  let ofEach = 0;
  while (ofEach < longest && shownUpTo(ofEach + 1) <= maxInventoryKeys) ofEach++;
  const families = inventory.map(({ family, keys }) => ({ family, keys: keys.slice(0, ofEach) }));
  return [{ kind: "inventory", families: families.filter(({ keys }) => keys.length > 0), keyCount }];
}

/** The last block; none where there is no source. */
export function ledgerBlocks(
  { ledger, tallies, reportFiles }: Pick<Report, "ledger" | "tallies" | "reportFiles">,
  shownCut: number,
  frame: FrameDetail,
): LedgerBlock[] {
  if (ledger.length === 0) return [];
  const { maxLedgerRows, nameCharacters, maxRuleFiles, maxReportFiles } = frame;
  return [
    {
      kind: "ledger",
      rows: rowsShown(ledger, maxLedgerRows),
      total: totalOf(ledger),
      tallies,
      reportFiles,
      shownCut,
      maxRuleFiles,
      maxReportFiles,
      nameCharacters,
    },
  ];
}

/** Each sort of notice is named before any is named again. */
function noticeBlocks(
  notices: readonly Notice[],
  { maxNotices, maxNoticesAlike, nameCharacters }: FrameDetail,
): Block[] {
  if (notices.length === 0) return [];
  const alike = new Map<string, Notice[]>();
  for (const notice of notices) {
    const said = `${notice.what}\n${notice.done}`;
    const group = alike.get(said);
    if (group) group.push(notice);
    else alike.set(said, [notice]);
  }
  const named = [...alike.values()].slice(0, maxNotices);
  const maxOfGroup = Math.max(1, Math.min(maxNoticesAlike, Math.floor(maxNotices / alike.size)));
  const rows = named.flatMap((group): Block[] => {
    const shown = group
      .slice(0, maxOfGroup)
      .map((notice): Block => ({ kind: "notice", notice, nameCharacters }));
    const [next, ...others] = group.slice(maxOfGroup);
    if (next === undefined) return shown;
    const { what, done } = next;
    return [...shown, { kind: "more notices", count: 1 + others.length, what, done, nameCharacters }];
  });
  const count = notices.length - named.reduce((sum, group) => sum + group.length, 0);
  return [
    { kind: "notices heading" },
    ...rows,
    ...(count > 0 ? [{ kind: "omitted notices", count } as const] : []),
  ];
}

/** Sources that gave no line share a row; of the others those with most to tell have one of their own. */
function rowsShown(ledger: readonly LedgerRow[], maxRows: number): LedgerRowShown[] {
  const isIdle = ({ read }: LedgerRow): boolean => read === 0;
  const [firstIdle, ...furtherIdle] = ledger.filter(isIdle);
  const idle = firstIdle && furtherIdle.length === 0 && maxRows > 0 ? undefined : firstIdle;
  const busy = ledger.filter((row) => !isIdle(row) || (row === firstIdle && idle === undefined));
  const told = ({ reported, counted }: LedgerRow): number => reported + counted;
  const ranked = busy.toSorted((one, other) => told(other) - told(one) || other.read - one.read);
  const named = new Set(ranked.slice(0, maxRows));
  const others = busy.filter((row) => !named.has(row));
  return [
    ...busy.filter((row) => named.has(row)).map((row) => ({ ...row, kind: "source" as const })),
    ...(others.length > 0
      ? [{ ...others.reduce(addRows, emptyRow("")), kind: "others" as const, sources: others.length }]
      : []),
    ...(idle ? [{ ...emptyRow(""), kind: "idle" as const, sources: 1 + furtherIdle.length }] : []),
  ];
}
