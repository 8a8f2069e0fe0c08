/**
 * Decides what comes of a run's kept lines, as logcheck would: nothing, a report, or an error.
 * Promise: each kept line is in the report, under the headings that logcheck would put it under.
 */
import { basename } from "node:path";
import { collate, sortNames, type SystemSort } from "./collate.js";
import type { ToolLocale } from "../tools/tool-locale.js";
import {
  firstJournalNotice,
  renderReport,
  reportSubject,
  type HeadedSection,
  type Summarize,
} from "./render.js";
import type { FileRules, RuleTree } from "../rules/rule-tree.js";
import type { Placement } from "../rules/sections.js";
import type { Settings } from "../conf/settings.js";

/** A line that is reported, without its newline but with its trailing white space. */
export interface KeptLine {
  readonly bytes: Uint8Array;
  readonly placement: Placement;
}

/** The kept lines of one log, in order. `name` is its path, or "journal". */
export interface KeptOfLog {
  readonly name: string;
  readonly lines: readonly KeptLine[];
}

export interface RunResult {
  /** In the order in which the logs were read. */
  readonly logs: readonly KeptOfLog[];
  /** Logs that could not be read, one line each. */
  readonly errors: readonly string[];
  /** Rules that are switched off, one line each. */
  readonly ruleErrors: readonly string[];
  /** What was noticed about the logs, one line each. */
  readonly warnings: readonly string[];
  /** Whether the rules' errors and the warnings alone are worth a report. */
  readonly hasNews: boolean;
  /** Whether the journal was read for the first time. */
  readonly isFirstJournal: boolean;
  readonly header: Uint8Array;
  readonly footer: Uint8Array;
}

export type Outcome =
  | { readonly kind: "silence" }
  | { readonly kind: "report"; readonly subject: string; readonly body: Buffer }
  /** Only errors, and no lines: the errors are mailed alone, and the run fails. */
  | { readonly kind: "error"; readonly message: string };

export interface HostTools {
  /** Used only where the locale does not sort by bytes. */
  readonly systemSort: SystemSort;
  readonly summarize: Summarize;
}

/** The outcome of a run. Pure, except for the host's tools. */
export function outcomeOf(
  result: RunResult,
  tree: RuleTree,
  settings: Settings,
  locale: ToolLocale,
  { systemSort, summarize }: HostTools,
): Outcome {
  const kept = inInputOrder(result.logs, locale, systemSort).flatMap((log) => log.lines);
  const hasAlerts = kept.some(({ placement }) => placement.alerts.length > 0);

  function section(heading: string, isIn: (placement: Placement) => boolean): HeadedSection {
    const lines = kept.filter(({ placement }) => isIn(placement)).map(({ bytes }) => bytes);
    return { heading, lines: collate(lines, settings.dropsDuplicates, locale, systemSort) };
  }

  function sectionsOf(
    files: readonly FileRules[],
    heading: string,
    placesOf: (placement: Placement) => readonly number[],
  ): HeadedSection[] {
    const names = files.map((file) => file.name);
    return sortNames(names, locale, systemSort).map((name) =>
      section(name === "logcheck" ? heading : `${heading} for ${name}`, (placement) =>
        placesOf(placement).includes(names.indexOf(name)),
      ),
    );
  }

  const { alerts, securityEvents, systemEvents } = settings.headings;
  const layers: readonly (readonly [heading: string, sections: readonly HeadedSection[]])[] = [
    [alerts, sectionsOf(tree.files.cracking, alerts, (placement) => placement.alerts)],
    [
      securityEvents,
      sectionsOf(tree.files.violations, securityEvents, (placement) =>
        hasAlerts ? placement.eventsBesideAlerts : placement.events,
      ),
    ],
    [systemEvents, [section(systemEvents, (placement) => placement.isSystemEvent)]],
  ];

  const highest = layers.find(([, sections]) => sections.some(({ lines }) => lines.length > 0));
  if (!highest && result.errors.length > 0) return { kind: "error", message: result.errors.join("\n") };
  if (highest || result.hasNews)
    return {
      kind: "report",
      subject: reportSubject(settings, highest?.[0] ?? systemEvents),
      body: renderReport(
        {
          preamble: result.isFirstJournal ? firstJournalNotice : [],
          header: settings.hasIntroduction ? result.header : Buffer.of(),
          footer: settings.hasIntroduction ? result.footer : Buffer.of(),
          errors: [...result.errors, ...result.ruleErrors],
          warnings: result.warnings,
          sections: layers.flatMap(([, sections]) => sections),
        },
        locale.characters,
        summarize,
      ),
    };
  return { kind: "silence" };
}

/**
 * The logs in the order in which logcheck passes them to sort: by the last part of their names. Lines of the same
 * second keep that order. Of two logs with the same last part, the one read first comes first.
 */
function inInputOrder(
  logs: readonly KeptOfLog[],
  locale: ToolLocale,
  systemSort: SystemSort,
): readonly KeptOfLog[] {
  const names = sortNames([...new Set(logs.map((log) => basename(log.name)))], locale, systemSort);
  return names.flatMap((name) => logs.filter((log) => basename(log.name) === name));
}
