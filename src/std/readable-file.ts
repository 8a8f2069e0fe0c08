/**
 * Writes files that others read: rules, which whoever runs the hourly job reads.
 * Promise: the name shows the old text or the new one, never a part.
 */
import { existsSync, mkdirSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Makes missing directories. A link stays one. Throws the system's error. */
export function replaceReadable(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = existsSync(path) ? realpathSync(path) : path;
  const temporary = join(dirname(target), `.${basename(target)}.tmp`);
  writeFileSync(temporary, bytes, { mode: 0o644 });
  renameSync(temporary, target);
}
