/**
 * Reads all there is of process accounting, rotated and compressed files too, to learn what was run.
 * Promise: keeps no position; a record that cannot be read is passed over.
 */
import { closeSync } from "node:fs";
import { accountingLayout, endOf, faultOf, recordBytes, RecordWriter } from "./accounting-record.js";
import { RecordFraming } from "./record-framing.js";
import { fileStream, fill, type ByteStream } from "../bytes/byte-stream.js";
import { plainContentOf } from "../bytes/compressed.js";
import { compressionAt } from "../bytes/compression.js";
import { openRegularFile } from "../bytes/open.js";
import { siblingsOf } from "../rotation/siblings.js";

/** A record as the line that rules see. */
export interface AccountedCommand {
  /** As in the line: unusual bytes escaped. */
  readonly command: string;
  readonly user: string;
  /** ms since the epoch. */
  readonly endMs: number;
}

const recordsAtOnce = 1024;

/** The commands that `path`, such as /var/log/account/pacct, and its rotated files tell of. Throws the system's error. */
export async function* accountingHistory(path: string): AsyncGenerator<AccountedCommand> {
  const writer = new RecordWriter("host");
  const line = Buffer.alloc(writer.lineLimitBytes);
  const buffer = Buffer.alloc(recordsAtOnce * recordBytes);
  const framing = new RecordFraming([accountingLayout]);
  for (const file of [path, ...siblingsOf(path, false).map((sibling) => sibling.path)]) {
    const { descriptor } = openRegularFile(file, true);
    const stream = contentOf(descriptor);
    try {
      for (let carriedBytes = 0; ;) {
        const lengthBytes = carriedBytes + (await fill(stream, buffer.subarray(carriedBytes)));
        const whole = framing.wholeLength(buffer, lengthBytes);
        if (whole === 0) break;
        for (let start = 0; start + recordBytes <= whole; start += recordBytes) {
          const record = buffer.subarray(start, start + recordBytes);
          if (faultOf(record) !== undefined) continue;
          const text = line.toString("latin1", 0, writer.write(record, line, 0));
          const [, command = "", user = ""] = /command=(\S+) uid=\d+ user=(\S+)/.exec(text) ?? [];
          yield { command, user, endMs: endOf(record) };
        }
        buffer.copyWithin(0, whole, lengthBytes);
        carriedBytes = lengthBytes - whole;
      }
    } finally {
      await stream.close();
      closeSync(descriptor);
    }
  }
}

function contentOf(descriptor: number): ByteStream {
  const compression = compressionAt(descriptor);
  return compression === undefined ? fileStream(descriptor) : plainContentOf(descriptor, compression);
}
