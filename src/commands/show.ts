/** `logwinnow show`: what is remembered of a kind of lines that a report named, and its lines in the logs. */
import { linesOfKinds, type LineOfKind } from "../check/history/lines-of-kind.js";
import type { HistoryRead } from "../check/history/kept-history.js";
import type { Config } from "../config/config.js";
import { readEntryOf } from "../entry/header.js";
import { idPattern, kindNamed, rememberedKinds } from "../memory/kinds/named.js";
import { terminalLine } from "../report/render/terminal.js";
import { countOf, formatDayAndTime } from "../report/render/wording.js";
import { realDisk } from "../std/disk.js";
import { paged, type Write } from "../std/pager.js";
import { sayNotices } from "../std/standard-error.js";
import { writeAll } from "../std/standard-output.js";
import { isTerminal, showsColours } from "../std/terminal.js";
import { escaped, escapedText, jsonText } from "../std/text/escape.js";
import { lineText } from "../std/text/line-text.js";
import { openCache } from "../store/caches/open-cache.js";
import { requireOwnDirectory } from "../store/owner.js";
import { sayHistory } from "./rules/history.js";
import { ownStateDirectory } from "../store/places.js";
import { readOnlyStore } from "../store/store.js";
import { factsOf, factsText, type KindFacts } from "./kind-facts.js";

export interface ShowOptions {
  /** The first digits of an id, as a report shows it. */
  readonly id: string;
  /** How far back its lines are looked for. */
  readonly sinceMs: number;
  readonly json: boolean;
  readonly config?: string;
  readonly state?: string;
}

export type ShowOutcome = "shown" | "no such kind";

export async function show(options: ShowOptions, config: Config, now: Date): Promise<ShowOutcome> {
  const { id, sinceMs, json, state } = options;
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
  const facts = "problem" in kind ? undefined : factsOf(kind, store, now);
  const since = new Date(now.getTime() - sinceMs);
  let lines = 0;
  const history = { state: directory, lookBackMs: sinceMs, now };
  let read: HistoryRead | undefined;
  await paged(async (write) => {
    const printer = json ? jsonPrinter(write, now) : wordPrinter(write);
    if (facts !== undefined) printer.facts(facts);
    read = await linesOfKinds(config, { ids: [facts?.kind ?? id] }, history, openCache(), (line) => {
      lines += 1;
      printer.line(line);
    });
    printer.end(lines, since);
  });
  if (read) sayHistory(read, "the rest is not shown");
  return lines > 0 || facts !== undefined ? "shown" : "no such kind";
}

interface Printer {
  facts(facts: KindFacts): void;
  line(line: LineOfKind): void;
  end(lines: number, since: Date): void;
}

/** Lines byte for byte; on a terminal, which would obey control bytes, escaped and coloured. */
function wordPrinter(write: Write): Printer {
  const isSeen = isTerminal();
  const hasColours = showsColours();
  let source = "";
  return {
    facts: (facts) => write(`${factsText(facts)}\n`),
    line(line) {
      if (line.source !== source) write(`${escapedText(line.source)}:\n`);
      source = line.source;
      if (isSeen) write(`${terminalLine(lineText(line.bytes), line.layer, hasColours)}\n`);
      else writeAll(Buffer.concat([line.bytes, Buffer.from("\n")]));
    },
    end(lines, since) {
      const found = lines === 0 ? "no line" : countOf(lines, "line");
      write(`${lines === 0 ? "" : "\n"}${found} since ${formatDayAndTime(since)}\n`);
    },
  };
}

/** An object for the kind, if it is remembered, then one for each line. */
function jsonPrinter(write: Write, now: Date): Printer {
  return {
    facts: (facts) => write(`${jsonText(facts)}\n`),
    line({ source, layer, bytes }) {
      const line = lineText(bytes);
      const { timestampMs } = readEntryOf(line, undefined, now);
      const time = timestampMs === undefined ? undefined : new Date(timestampMs).toISOString();
      write(`${jsonText({ source: escapedText(source), layer, time, line: escaped(line) })}\n`);
    },
    end() {},
  };
}
