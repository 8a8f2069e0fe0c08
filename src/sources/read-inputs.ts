/**
 * Reads logs and standard input one after the other, each in whatever form it is.
 * Promise: an input that cannot be read, or not to its end, is named, and the next one is read.
 */
import type { LinesChunk } from "../rules/classify/classified-lines.js";
import { sayNotices } from "../std/standard-error.js";
import { standardInput } from "../std/standard-input.js";
import type { Text } from "../std/text/byte-string.js";
import { inputInItsForm } from "./forms/input-forms.js";
import { fromInput, InputError } from "./input-error.js";
import { openInput } from "./input.js";

/**
 * In: paths, none for standard input; where the reader puts the next lines; and what is done with a chunk of them. Out:
 * whether all was read.
 */
export async function readInputs(
  files: readonly Text[],
  buffer: () => Uint8Array,
  take: (chunk: LinesChunk, file: Text) => void,
): Promise<boolean> {
  let isWhole = true;
  for (const file of files.length > 0 ? files : [standardInput]) {
    try {
      const reader = inputInItsForm(await fromInput(openInput(file === standardInput ? "-" : file)), file);
      try {
        for (;;) {
          const chunk = await fromInput(reader.read(buffer()));
          if (chunk.kind === "end") break;
          take(chunk, file);
        }
      } finally {
        sayNotices(reader.notices());
        await reader.close();
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      isWhole = false;
      sayNotices([{ where: file, what: error.message, done: "not read further" }]);
    }
  }
  return isWhole;
}
