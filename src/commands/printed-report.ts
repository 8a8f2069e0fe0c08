/**
 * A report on standard output: as a terminal shows it, through a pager; elsewhere as the text of a mail.
 * Promise: both say the same.
 */
import { localeOf } from "../config/locale.js";
import type { Block } from "../report/render/page.js";
import { terminalText } from "../report/render/terminal.js";
import { paged } from "../std/pager.js";
import { forcesColours, isTerminal, showsColours, terminalColumns } from "../std/terminal.js";

/** Whether a report is printed as a terminal shows it. */
export function printsForTerminal(): boolean {
  return isTerminal() || forcesColours();
}

/** Returns when the reader has left the pager. Throws BrokenPipe as `writeText` does. */
export async function printPage(blocks: readonly Block[]): Promise<void> {
  const isUtf8 = localeOf(process.env) === "UTF-8";
  const text = terminalText(blocks, { columns: terminalColumns(), hasColours: showsColours(), isUtf8 });
  await paged((write) => write(text));
}
