/**
 * Which names a rotation gives to a log.
 * Promise: no name decides what a file holds; names only choose where to look.
 */
import { splitCompression } from "../bytes/compression.js";

/** logrotate's ".1", savelog's ".0". */
const numbered = /^\.\d+$/;
/** dateext in any dateformat: "-20261122", ".2026-11-22-14", "_22.11.2026", "-1795305600". */
const dated = /^[-._+~@]?\d[\dTZ.:_+-]*$/;
/** What people and older tools call the file before, alone or with a number. */
const former = /^[-._~](old|bak|backup|prev|previous|save|saved|orig)\d?$|^~$/;
const formerBefore = /^(old|bak|backup|prev|previous|save|saved)[-._~]$/;
/** multilog's and s6-log's own names, which do not repeat the log's: "@4000000065a1…" with ".s" or ".u". */
const tai64 = /^@[0-9a-f]{24}(\.[a-z]+)?$/;

/** A directory that is named for a year, a month or a day. */
export const datedDirectory = /^\d{2}$|^\d{4}$|^\d{4}[-._]?\d{2}([-._]?\d{2})?$/;

// "worker-1.log" beside "worker.log" is another worker; four digits and more are a date.
const isDate = (middle: string): boolean => dated.test(middle) && middle.replace(/\D/g, "").length >= 4;

/** Whether `name` is what a rotation may have made of the log `base`: both without their directories. */
export function isRotatedName(name: string, base: string): boolean {
  if (name === base) return false;
  const { stem } = splitCompression(name);
  if (stem === base) return true;
  // multilog writes to "current", and names what it finished by the time alone.
  if (base === "current" && tai64.test(stem)) return true;
  const dot = base.lastIndexOf(".");
  const hasExtension = dot > 0;
  if (stem.startsWith(base)) {
    const suffix = stem.slice(base.length);
    if (numbered.test(suffix) || isDate(suffix) || (hasExtension && /^[-._]\d+$/.test(suffix))) return true;
    if (former.test(suffix) || tai64.test(suffix.replace(/^\./, ""))) return true;
  }
  // "old-app.log", "20261125-app.log".
  if (stem.endsWith(base)) {
    const prefix = stem.slice(0, -base.length);
    if (formerBefore.test(prefix) || (/\D$/.test(prefix) && isDate(prefix))) return true;
  }
  if (!hasExtension) return false;
  // logrotate's `extension .log` rotates "mail.log" to "mail.1.log" or "mail-20261122.log".
  const [before, extension] = [base.slice(0, dot), base.slice(dot)];
  if (!stem.startsWith(before) || !stem.endsWith(extension) || stem.length <= base.length) return false;
  const middle = stem.slice(before.length, -extension.length);
  return numbered.test(middle) || isDate(middle) || former.test(middle);
}

/** Where to look for the rotated names of a log: each begins or ends in one of these, or begins and ends in both. */
export function likelyNames(base: string): {
  readonly beginnings: readonly string[];
  /** What comes before an archive's suffix, if there is one. */
  readonly ending: string;
  readonly both: { readonly beginning: string; readonly ending: string } | undefined;
} {
  const dot = base.lastIndexOf(".");
  return {
    beginnings: base === "current" ? [base, "@"] : [base],
    ending: base,
    both: dot > 0 ? { beginning: base.slice(0, dot), ending: base.slice(dot) } : undefined,
  };
}

/** The names of the logs that may have been rotated to this name, and others: none that may is left out. */
export function likelyBases(name: string): readonly string[] {
  const { stem } = splitCompression(name);
  const bases = new Set([stem, "current"]);
  // A rotation adds one run of characters: to the end, to the beginning, or before the extension.
  for (let length = 1; length < stem.length; length++) {
    bases.add(stem.slice(0, length));
    bases.add(stem.slice(-length));
  }
  const dot = stem.lastIndexOf(".");
  if (dot > 0)
    for (let length = 1; length < dot; length++) bases.add(stem.slice(0, length) + stem.slice(dot));
  return [...bases];
}
