/**
 * Renders logcheck's report as text, and the subjects of its mails.
 * Promise: the bytes that logcheck writes for the same lines.
 */
import type { Locale } from "../../ere/index.js";
import type { Settings } from "../conf/settings.js";

export interface HeadedSection {
  readonly heading: string;
  /** Sorted and trimmed. A section without lines is left out of the report. */
  readonly lines: readonly Uint8Array[];
}

/** Summarizes a section's lines, each ended by a newline; undefined when the lines themselves must be shown. */
export type Summarize = (lines: Uint8Array) => Uint8Array | undefined;

export interface ReportContent {
  /** Lines at the very top: the notice that the journal is read for the first time. */
  readonly preamble: readonly string[];
  /** Contents of header.txt and footer.txt; empty when missing or switched off. */
  readonly header: Uint8Array;
  readonly footer: Uint8Array;
  /** What could not be read or used, one line each. */
  readonly errors: readonly string[];
  readonly sections: readonly HeadedSection[];
  /** What was noticed about the logs, one line each: a section of its own at the end. */
  readonly warnings: readonly string[];
}

const newline = Buffer.from("\n");

/** The whole report. An empty line follows each section; the errors have one before and one after them. */
export function renderReport(parts: ReportContent, locale: Locale, summarize: Summarize): Buffer {
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

/** "=-=-…", as long as the heading: in characters, or in bytes where a character is a byte. */
function underline(heading: string, locale: Locale): string {
  const length = locale === "C" ? Buffer.byteLength(heading) : Array.from(heading).length;
  return "=-".repeat(length).slice(0, length);
}

/** The subject of a report; `heading` is that of its most serious section. */
export function reportSubject(settings: Settings, heading: string): string {
  const tag = settings.hasTag ? "[logcheck] " : "";
  const reboot = settings.isReboot ? "Reboot: " : "";
  return `${tag}${reboot}${settings.hostname} ${settings.date} ${heading}`;
}

/** The subject of the mail that says why there is no report. */
export function errorSubject(settings: Pick<Settings, "hostname" | "date">): string {
  return `Logcheck: ${settings.hostname} ${settings.date} exiting due to errors`;
}

/** What logcheck writes above the first report that includes the journal. */
export const firstJournalNotice: readonly string[] = [
  "This is the first time logcheck has checked the systemd journal.",
  "Only recent entries (from the last 5 hours) will be checked",
  "If you do not wish to check the systemd journal, please see /etc/logcheck/logcheck.logfiles.d/journal.logfiles",
];
