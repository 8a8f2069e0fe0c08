/**
 * Writes figures where node_exporter's textfile collector reads them.
 * Promise: a reader sees the file of before or the new one, whole; what goes wrong is a notice and stops nothing.
 */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import type { Notice } from "../std/notice.js";
import { systemReason } from "../std/system-error.js";

/** Anybody may read them: they have names of logs, and counts. */
const mode = 0o644;

/** Out: what went wrong. The directory must exist. */
export function writeTextfile(path: string, text: string): Notice | undefined {
  // The collector reads names that end in ".prom" alone.
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx", mode });
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    rmSync(temporary, { force: true });
    return { where: path, what: systemReason(error), done: "figures not written" };
  }
}
