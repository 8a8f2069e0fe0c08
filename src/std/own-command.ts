/** How this program can be started again. Promise: the same program, however it was packaged. */
import { realpathSync } from "node:fs";
import { isSea } from "node:sea";

/** Out: the words before its arguments: Node and the script, or the single executable that is both. */
export function ownCommand(): readonly string[] {
  return isSea() ? [process.execPath] : [process.execPath, realpathSync(process.argv[1] ?? "")];
}
