/**
 * Reads a log file as a source in whatever form its lines are.
 * Promise: positions are the file's own; a log that cannot be looked at beforehand is known by what is read of it.
 */
import { closeSync } from "node:fs";
import type { ByteString } from "../../std/text/byte-string.js";
import { openRegularFile, readAt } from "../bytes/open.js";
import type { Source } from "../source.js";
import { podContainerOf } from "./pod-container.js";
import { FileForms } from "./file-forms.js";
import { withReadings } from "./with-readings.js";

const firstBytes = 16_384;
/** What is new counts more: the log may go on in another form. */
const firstLines = 16;

/** In: a source whose name is the path of its log, and the name of this host. */
export function inItsForm(source: Source, hostname: ByteString): Source {
  const { kind, name } = source;
  return {
    kind,
    name,
    async open(from) {
      // Most logs have nothing new in most runs.
      let forms: FileForms | undefined;
      return withReadings(await source.open(from), {
        read: (chunk) => (forms ??= formsOf(name, hostname)).read(chunk),
      });
    },
  };
}

function formsOf(path: string, hostname: ByteString): FileForms {
  const appName = podContainerOf(path);
  const forms = new FileForms({ hostname: oneWord(hostname), ...(appName !== undefined && { appName }) });
  forms.learn(beginningOf(path), firstLines);
  return forms;
}

/** A host may have a name that no header can. */
function oneWord(hostname: string): string {
  return /^[-._A-Za-z0-9]+$/.test(hostname) ? hostname : "-";
}

/** Whole lines of the file's beginning; nothing of an archive, or where it cannot be read. */
function beginningOf(path: string): Uint8Array {
  try {
    const { descriptor } = openRegularFile(path, false);
    try {
      const bytes = Buffer.alloc(firstBytes);
      const read = bytes.subarray(0, readAt(descriptor, bytes, 0));
      return read.includes(0) ? Buffer.alloc(0) : read.subarray(0, read.lastIndexOf("\n") + 1);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return Buffer.alloc(0);
  }
}
