/**
 * Collects the selected lines of a run, and turns them into what logcheck would report.
 * Promise: what an interrupted run collected and stored is part of the next report.
 */
import { join } from "node:path";
import { hasNews } from "../memory/told-notices.js";
import type { Collector } from "../run/product.js";
import { lineText, nulBytesText } from "../std/text/line-text.js";
import { formatNotice, type Notice } from "../std/notice.js";
import type { Settings } from "./conf/settings.js";
import { encodeOpenReport, type OpenLogcheckReport } from "./open-report.js";
import type { LogcheckRules } from "./load-rules.js";
import { outcomeOf, type Outcome } from "./report/outcome.js";
import { isPlaced, place, type Placement } from "./rules/sections.js";
import { readOptionalFile } from "./tools/etc.js";
import { summaryOf, systemSort } from "./tools/host-tools.js";
import type { ToolLocale } from "./tools/tool-locale.js";

/** The result of a run: a report, or the reason why there is none. */
export interface LogcheckReport {
  readonly outcome: Exclude<Outcome, { readonly kind: "silence" }>;
}

export interface LogcheckCollectorOptions {
  readonly settings: Settings;
  readonly locale: ToolLocale;
  readonly rules: LogcheckRules;
  /** The report that an earlier run began. */
  readonly begun: OpenLogcheckReport;
  /** What was noticed about the sources. */
  readonly notices: readonly Notice[];
  /** Logs in the lists that do not exist. */
  readonly missing: readonly string[];
  readonly isFirstJournal: boolean;
}

/** Today's rules place the lines of a report that an earlier run began. */
export function createLogcheckCollector(
  options: LogcheckCollectorOptions,
): Collector<Placement, LogcheckReport> {
  const { settings, locale, rules, notices, missing, isFirstJournal } = options;
  const { begun } = options;
  const logs = new Map<string, { readonly text: string; readonly placement: Placement }[]>();
  const add = (source: string, text: string, placement: Placement): void => {
    const lines = logs.get(source) ?? [];
    logs.set(source, lines);
    lines.push({ text, placement });
  };
  /** Of a line as it was stored. One that was cut is placed whatever the rules say of what is left of it. */
  const placementOf = (text: string): Placement => {
    const { line, isCut } = unmarked(text);
    const placement = rules.classifier.verdictOn(Buffer.from(line, "latin1"));
    return isCut && !isPlaced(placement) ? place(rules.tree, []) : placement;
  };
  for (const [source, lines] of Object.entries(begun.lines))
    for (const text of lines) add(source, text, placementOf(text));

  return {
    accept({ source, bytes, trueLengthBytes, leadingNulBytes = 0, verdict }) {
      const text = nulBytesText(leadingNulBytes) + lineText(bytes);
      const cut = trueLengthBytes > bytes.length ? ` [cut: the line has ${trueLengthBytes} bytes]` : "";
      add(source, text + cut, verdict);
      return "reported";
    },
    checkpoint(progress) {
      const lines = [...logs].map(([name, kept]) => [name, kept.map(({ text }) => text)]);
      const data = { lines: Object.fromEntries(lines), notices: [...begun.notices, ...progress.notices] };
      return encodeOpenReport(data);
    },
    finish(progress, ending) {
      const { failed } = progress;
      // logcheck says only of the journal that it is read for the first time.
      const warnings = [...begun.notices, ...ending.notices, ...notices, ...progress.notices].filter(
        ({ where, what }) => what !== "first run" && !failed.includes(where),
      );
      const told = [...rules.notices, ...warnings];
      const { summaryProgram } = settings;
      const outcome = outcomeOf(
        {
          logs: [...logs].map(([name, kept]) => ({
            name,
            lines: kept.map(({ text, placement }) => ({ bytes: Buffer.from(text, "latin1"), placement })),
          })),
          errors: [...missing, ...failed].map((name) => `E: File could not be read: ${name}`),
          ruleErrors: rules.notices.map((notice) => `E: ${formatNotice(notice)}`),
          warnings: warnings.map(formatNotice),
          hasNews: hasNews(told, ending.toldNotices, ending.now),
          isFirstJournal,
          header: readOptionalFile(join(settings.ruleDirectory, "header.txt")),
          footer: readOptionalFile(join(settings.ruleDirectory, "footer.txt")),
        },
        rules.tree,
        settings,
        locale,
        {
          systemSort,
          summarize: (lines) => (summaryProgram === undefined ? undefined : summaryOf(summaryProgram, lines)),
        },
      );
      return {
        ...(outcome.kind !== "silence" && { report: { outcome } }),
        told: outcome.kind === "report" ? told : [],
        counted: [],
      };
    },
  };
}

/** A shown line without what was added to it, and whether it was cut. */
function unmarked(text: string): { readonly line: string; readonly isCut: boolean } {
  const line = text.replace(/^\[[\d,]+ NUL bytes?\] /, "").replace(/ \[cut: the line has \d+ bytes\]$/, "");
  return { line, isCut: line !== text };
}
