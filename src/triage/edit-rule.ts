/**
 * Lets somebody edit a text with the editor of his choice.
 * Promise: the text is in a private file, which is gone when the editor ends.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemReason } from "../std/system-error.js";
import type { ByteString } from "../std/text/byte-string.js";

/**
 * In: the text as bytes, what $VISUAL and $EDITOR say, and the terminal as an open file. Out: the text as it was left.
 * Throws an error that says why there is none.
 */
export function edited(
  text: ByteString,
  { VISUAL, EDITOR }: NodeJS.ProcessEnv,
  terminal: number,
): ByteString {
  const editor = VISUAL || EDITOR || "vi";
  const directory = mkdtempSync(join(tmpdir(), "logwinnow-"));
  const path = join(directory, "rule");
  try {
    writeFileSync(path, text, "latin1");
    // As git does it: the variable may hold options, which a shell reads.
    const { status, signal, error } = spawnSync("sh", ["-c", `${editor} "$@"`, editor, path], {
      stdio: [terminal, terminal, terminal],
    });
    if (error)
      throw new Error(`the editor "${editor}" cannot be run: ${systemReason(error)}`, { cause: error });
    if (status !== 0)
      throw new Error(`the editor "${editor}" failed (${signal ?? `status ${status}`}): nothing changed`);
    return readFileSync(path, "latin1");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
