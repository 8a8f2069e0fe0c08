/**
 * Writes the report as logcheck writes it, and the subjects of its mails.
 * Promise: the same bytes for the same lines.
 */
import type { Locale } from "../../ere/index.js";
import type { Settings } from "../conf/settings.js";

export interface Section {
  readonly heading: string;
  /** Sorted and trimmed. A section without lines is left out of the report. */
  readonly lines: readonly Uint8Array[];
}

/** Sums a section's lines up, each ended by its newline; undefined when the lines themselves are to be shown. */
export type Summarize = (lines: Uint8Array) => Uint8Array | undefined;

export interface ReportParts {
  /** Lines that stand above everything: the notice of the first look into the journal. */
  readonly preamble: readonly string[];
  /** Contents of header.txt and footer.txt; empty when there is none or it is not wanted. */
  readonly header: Uint8Array;
  readonly footer: Uint8Array;
  /** What could not be read or used, one line each. */
  readonly errors: readonly string[];
  readonly sections: readonly Section[];
  /** What was noticed about the logs, one line each: a section of its own at the end. */
  readonly warnings: readonly string[];
}

const newline = Buffer.from("\n");

/** The whole report. A section's lines are followed by an empty line; the errors stand between two of them. */
export function renderReport(parts: ReportParts, locale: Locale, summarize: Summarize): Buffer {
  const pieces: Uint8Array[] = [];
  for (const line of parts.preamble) pieces.push(Buffer.from(line), newline);
  pieces.push(parts.header);
  if (parts.errors.length > 0) pieces.push(Buffer.from(`\n${parts.errors.join("\n")}\n\n`));
  const warnings = parts.warnings.map((warning) => Buffer.from(warning));
  for (const section of [...parts.sections, { heading: "Logcheck Warnings", lines: warnings }]) {
    if (section.lines.length === 0) continue;
    pieces.push(Buffer.from(`${section.heading}\n${underline(section.heading, locale)}\n`));
    const lines = Buffer.concat(section.lines.flatMap((line) => [line, newline]));
    pieces.push(summarize(lines) ?? lines, newline);
  }
  pieces.push(parts.footer);
  return Buffer.concat(pieces);
}

/** A rule of "=-=-…" as long as the heading has characters, or bytes where a character is a byte. */
function underline(heading: string, locale: Locale): string {
  const length = locale === "C" ? Buffer.byteLength(heading) : Array.from(heading).length;
  return "=-".repeat(length).slice(0, length);
}

/** The subject of a report; `heading` is that of its highest kind of section. */
export function reportSubject(settings: Settings, heading: string): string {
  const tag = settings.hasTag ? "[logcheck] " : "";
  const reboot = settings.isReboot ? "Reboot: " : "";
  return `${tag}${reboot}${settings.hostname} ${settings.date} ${heading}`;
}

/** The subject of the mail that says why there is no report. */
export function errorSubject(settings: Pick<Settings, "hostname" | "date">): string {
  return `Logcheck: ${settings.hostname} ${settings.date} exiting due to errors`;
}

/** What stands above the report that looks into the journal for the first time. */
export const firstJournalNotice: readonly string[] = [
  "This is the first time logcheck has checked the systemd journal.",
  "Only recent entries (from the last 5 hours) will be checked",
  "If you do not wish to check the systemd journal, please see /etc/logcheck/logcheck.logfiles.d/journal.logfiles",
];
