/**
 * Decides where the first run on a log begins.
 * Promise: years of history are never mailed, and the notice says how much was read.
 */
import type { Notice } from "../../std/notice.js";
import type { Framing } from "../bytes/framing.js";
import { blockAt, blockBytes, boundaryAfter } from "../bytes/boundaries.js";
import type { ByteStream } from "../bytes/byte-stream.js";
import type { OpenFile } from "../bytes/open.js";
import type { LookBack } from "../source.js";

/** How much is read of a log whose lines state no time. */
const undatedBytes = 1024 * 1024;

/** The offset at which the first run begins, always a boundary, and what to say about it. */
export function firstOffset(
  file: OpenFile,
  framing: Framing,
  lookBack: LookBack,
  now: Date,
): { readonly offsetBytes: number; readonly notices: readonly Notice[] } {
  if (file.sizeBytes === 0) return { offsetBytes: 0, notices: [] };
  const { offsetBytes, extent } = chooseOffset(file, framing, lookBack, now);
  const done = `reading ${extent} (${file.sizeBytes - offsetBytes} of ${file.sizeBytes} bytes)`;
  return { offsetBytes, notices: [{ where: file.path, what: "first run", done }] };
}

function chooseOffset(file: OpenFile, framing: Framing, lookBack: LookBack, now: Date) {
  switch (lookBack.kind) {
    case "all":
      return { offsetBytes: 0, extent: "all of it" };
    case "none":
      return { offsetBytes: boundaryAfter(file, framing, file.sizeBytes), extent: "nothing of it" };
    case "bytes":
      return {
        offsetBytes: boundaryAfter(file, framing, file.sizeBytes - lookBack.bytes),
        extent: "its end",
      };
    case "duration": {
      const offsetBytes = offsetOfTime(file, framing, now.getTime() - lookBack.milliseconds);
      if (offsetBytes !== undefined)
        return { offsetBytes, extent: `the last ${lookBack.milliseconds / 3_600_000}h` };
      const undated = boundaryAfter(file, framing, file.sizeBytes - undatedBytes);
      return { offsetBytes: undated, extent: "its end, since its lines state no time" };
    }
  }
}

/**
 * Where the first line begins that states the time or a later one; what states none belongs to the line before.
 * Undefined when no line that was looked at states a time. Looks from the end backwards in growing steps, then in
 * halves: in a log that goes back more than a year, the lines of last year's November, without a year in their
 * header, look like this year's, so that a search from the middle could end there.
 */
export function offsetOfTime(file: OpenFile, framing: Framing, time: number): number | undefined {
  let [early, late] = [0, file.sizeBytes];
  let isDated = false;
  for (let distance = blockBytes; ; distance *= 2) {
    const start = Math.max(0, file.sizeBytes - distance);
    const dated = firstDated(file, framing, start);
    if (dated) isDated = true;
    if (dated && dated.time < time) {
      early = dated.offsetBytes;
      break;
    }
    if (dated) late = dated.offsetBytes;
    if (start === 0) return isDated ? 0 : undefined;
  }
  while (late - early > blockBytes) {
    const middle = Math.floor((early + late) / 2);
    const dated = firstDated(file, framing, middle);
    if (dated && dated.time < time) early = dated.offsetBytes;
    else late = middle;
  }
  return firstDated(file, framing, early, time)?.offsetBytes ?? boundaryAfter(file, framing, file.sizeBytes);
}

/**
 * The same of bytes that can only be read from their start: where the first unit begins that states the time or a later
 * one. Undefined when none does. Of a unit longer than a block only the beginning is looked at. Throws as the stream does.
 */
export async function offsetOfTimeIn(
  stream: ByteStream,
  framing: Framing,
  time: number,
): Promise<number | undefined> {
  const block = new Uint8Array(blockBytes);
  let [start, heldBytes] = [0, 0];
  let isInside = false;
  for (;;) {
    const count = await stream.read(block.subarray(heldBytes));
    if (count === 0) return undefined;
    const filled = block.subarray(0, heldBytes + count);
    let index = 0;
    for (let end = framing.endOf(filled, 0); end !== undefined; end = framing.endOf(filled, index)) {
      const stated = isInside ? undefined : framing.timestampOf(filled.subarray(index, end));
      if (stated !== undefined && stated >= time) return start + index;
      isInside = false;
      index = end;
    }
    if (index === 0 && filled.length === block.length) {
      isInside = true;
      index = filled.length;
    }
    heldBytes = filled.length - index;
    block.copyWithin(0, index, filled.length);
    start += index;
  }
}

interface Dated {
  readonly offsetBytes: number;
  readonly time: number;
}

/** The first unit from an offset on that states a time; with `time`, the first one of then or later, however far. */
function firstDated(file: OpenFile, framing: Framing, from: number, time?: number): Dated | undefined {
  let start = boundaryAfter(file, framing, from);
  for (;;) {
    const block = blockAt(file, start);
    let index = 0;
    for (let end = framing.endOf(block, 0); end !== undefined; end = framing.endOf(block, index)) {
      const stated = framing.timestampOf(block.subarray(index, end));
      if (stated !== undefined && (time === undefined || stated >= time))
        return { offsetBytes: start + index, time: stated };
      index = end;
    }
    if (time === undefined) return undefined;
    // A line longer than a block states its time, if at all, where no block holds it whole: passed over.
    const next = index > 0 ? start + index : boundaryAfter(file, framing, start + 1);
    if (next <= start) return undefined;
    start = next;
  }
}
