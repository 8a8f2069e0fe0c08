/**
 * Which names a rotation gives to a log.
 * Promise: no name decides what a file holds; names only choose where to look.
 */
import { splitCompression } from "../bytes/compression.js";

/** logrotate's ".1", savelog's ".0". */
const numbered = /^\.\d+$/;
/** dateext in any dateformat: "-20261122", ".2026-11-22-14", "_22.11.2026", "-1795305600". */
const dated = /^[-._+~@]?\d[\dTZ.:_+-]*$/;

// "worker-1.log" beside "worker.log" is another worker; four digits and more are a date.
const isDate = (middle: string): boolean => dated.test(middle) && middle.replace(/\D/g, "").length >= 4;

/** Whether `name` is what a rotation may have made of the log `base`: both without their directories. */
export function isRotatedName(name: string, base: string): boolean {
  if (name === base) return false;
  const { stem } = splitCompression(name);
  if (stem === base) return true;
  const dot = base.lastIndexOf(".");
  const hasExtension = dot > 0;
  if (stem.startsWith(base)) {
    const suffix = stem.slice(base.length);
    if (numbered.test(suffix) || isDate(suffix) || (hasExtension && /^[-._]\d+$/.test(suffix))) return true;
  }
  if (!hasExtension) return false;
  // logrotate's `extension .log` rotates "mail.log" to "mail.1.log" or "mail-20261122.log".
  const [before, extension] = [base.slice(0, dot), base.slice(dot)];
  if (!stem.startsWith(before) || !stem.endsWith(extension) || stem.length <= base.length) return false;
  const middle = stem.slice(before.length, -extension.length);
  return numbered.test(middle) || isDate(middle);
}
