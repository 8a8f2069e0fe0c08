/** `logwinnow show`: what is remembered of a kind of lines that a report named, and its lines in the logs. */
import { linesOfKind } from "../check/lines-of-kind.js";
import type { Config } from "../config/config.js";
import { linesOf } from "../group/group.js";
import { acknowledgedName, decodeAcknowledged } from "../memory/acknowledged.js";
import { idPattern, kindNamed, rememberedKinds, type NamedKind } from "../memory/kinds/named.js";
import { usualPerHour } from "../memory/kinds/usual.js";
import { decodeOpenReport } from "../report/open-report.js";
import type { Layer } from "../rules/layer.js";
import { terminalLine } from "../report/render/terminal.js";
import { countOf, formatCount, formatDay, formatTime } from "../report/render/wording.js";
import { realDisk } from "../std/disk.js";
import { sayNotices } from "../std/standard-error.js";
import { writeAll, writeText } from "../std/standard-output.js";
import { isTerminal } from "../std/terminal.js";
import { escaped, escapedText } from "../std/text/escape.js";
import { lineText } from "../std/text/line-text.js";
import { openCache } from "../store/open-cache.js";
import { requireOwnDirectory } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";
import { readOnlyStore, type Store } from "../store/store.js";

export interface ShowOptions {
  /** The first digits of an id, as a report shows it. */
  readonly id: string;
  /** How far back its lines are looked for. */
  readonly sinceMs: number;
  readonly config?: string;
  readonly state?: string;
}

const names: Readonly<Record<Layer, string>> = {
  never: "an alarm",
  violation: "a violation",
  remainder: "lines that no rule decides",
  ignored: "ignored lines",
};

export type ShowOutcome = "shown" | "no such kind";

export async function show(
  { id, sinceMs, state }: ShowOptions,
  config: Config,
  now: Date,
): Promise<ShowOutcome> {
  const directory = state ?? ownStateDirectory();
  requireOwnDirectory(directory, `show ${id}`);
  const { store } = readOnlyStore(directory, realDisk);
  const { kinds, notices } = rememberedKinds(store);
  sayNotices(notices);
  const kind = kindNamed(id, kinds);
  // What no report has told yet, or what is not remembered, may still be in the logs.
  if ("problem" in kind && (!idPattern.test(id) || kinds.some((each) => each.id.startsWith(id)))) {
    sayNotices([{ where: id, what: kind.problem, done: "nothing shown" }]);
    return "no such kind";
  }
  if (!("problem" in kind)) writeText(`${factsOf(kind, store, now)}\n`);
  const lines = await writeLines("problem" in kind ? id : kind.id, sinceMs, config, now);
  return lines > 0 || !("problem" in kind) ? "shown" : "no such kind";
}

async function writeLines(id: string, lookBackMs: number, config: Config, now: Date): Promise<number> {
  let lines = 0;
  let source = "";
  const isAllRead = await linesOfKind(config, { id, lookBackMs, now }, openCache(), (line) => {
    if (line.source !== source) writeText(`${escapedText(line.source)}:\n`);
    source = line.source;
    lines += 1;
    if (isTerminal()) writeText(`${terminalLine(lineText(line.bytes), line.layer, process.stdout)}\n`);
    else writeAll(Buffer.concat([line.bytes, Buffer.from("\n")]));
  });
  const since = new Date(now.getTime() - lookBackMs);
  const found = lines === 0 ? "no line" : countOf(lines, "line");
  writeText(`${lines === 0 ? "" : "\n"}${found} since ${dayAndTime(since)}\n`);
  if (!isAllRead)
    sayNotices([
      { where: "logs", what: "have more than is read to show a kind", done: "the rest is not shown" },
    ]);
  return lines;
}

/** What is remembered, a line a fact. */
function factsOf({ id, record }: NamedKind, store: Store, now: Date): string {
  const { layer, shape, rule, firstMs, lastMs, reports, counts, values = [], isOfBoot } = record;
  const usual = usualPerHour(counts);
  const { acknowledged } = decodeAcknowledged(store.memory(acknowledgedName));
  const untilMs = acknowledged[id] ?? 0;
  const open = store.openReport();
  const waiting = (open && decodeOpenReport(open)?.groups.filter((group) => group.kind === id)) ?? [];
  const waits = waiting.reduce((sum, group) => sum + linesOf(group), 0);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [id, names[layer]],
    ["reads", escaped(shape)],
    ["rule", rule && escapedText(rule)],
    [
      "told",
      `first ${dayAndTime(new Date(firstMs))}, last ${dayAndTime(new Date(lastMs))}, ${countOf(reports, "report")}`,
    ],
    [
      "usually",
      usual === undefined ? undefined : `${formatCount(Math.round(usual))} an hour, in hours that have any`,
    ],
    ["with", values.length === 0 ? undefined : values.map(escaped).join(", ")],
    ["comes", isOfBoot ? "only while the machine boots" : undefined],
    ["waits", waits === 0 ? undefined : `${countOf(waits, "line")} for the next mail`],
    ["digest", untilMs > now.getTime() ? `only, until ${dayAndTime(new Date(untilMs))}` : undefined],
  ];
  return facts
    .flatMap(([name, fact]) => (fact === undefined ? [] : [`${name.padEnd(12)}  ${fact}\n`]))
    .join("");
}

function dayAndTime(date: Date): string {
  return `${formatDay(date)} ${formatTime(date)}`;
}
