/** The logs that a server usually has, for a run without configuration. */
import { existsSync } from "node:fs";
import type { LookBack, SourceSettings } from "./source.js";

/** Debian's rsyslog writes all but auth to syslog; other systems name these files differently. */
const usualFiles = [
  "/var/log/syslog",
  "/var/log/auth.log",
  "/var/log/messages",
  "/var/log/secure",
  "/var/log/maillog",
];
const usualAccounting = ["/var/log/account/pacct", "/var/account/pacct"];
const usualJournals = ["/var/log/journal", "/run/log/journal"];

/**
 * Those that exist. The journal is read only where no syslog daemon writes files: they would carry the same events.
 */
export function usualLogs(
  firstRun: LookBack,
  exists: (path: string) => boolean = existsSync,
): SourceSettings[] {
  const files = usualFiles.filter(exists);
  const accounting = usualAccounting.filter(exists);
  const settings: SourceSettings[] = [];
  if (files.length > 0) settings.push({ kind: "file", paths: files, firstRun, followLinks: false });
  else if (usualJournals.some(exists)) settings.push({ kind: "journal", journalctlArguments: [], firstRun });
  if (accounting.length > 0)
    settings.push({ kind: "pacct", paths: accounting, firstRun, followLinks: false });
  return settings;
}
