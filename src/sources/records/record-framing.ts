/**
 * Finds where records begin in a file in which some are torn: a full disk or a crash leaves a part of one, and all that
 * follow are out of step with it.
 * Promise: what follows a torn record is read, from the first place on where two records in a row make sense.
 */
import type { Framing } from "../bytes/framing.js";

/** How records are laid out. */
export interface RecordLayout {
  readonly recordBytes: number;
  /** Whether a record may begin at a place, whatever comes before it. In: bytes that reach to its end. */
  isPlausible(bytes: Buffer, start: number): boolean;
  /** When it was written, in ms since the epoch, if it says so. */
  timestampOf(record: Buffer): number | undefined;
}

/** How many records must be seen to tell whether the first is torn: it, and the two after it. */
const contextRecords = 3;

/**
 * Units are records, and what is left of torn ones. What `wholeLength` gives is either whole records of one layout or
 * one torn record. A file may be of any of the layouts: the first is expected until two records in a row say otherwise.
 */
export class RecordFraming<Layout extends RecordLayout> implements Framing {
  readonly isTextual = false;
  /** What may have to be seen after the start of a record. */
  readonly contextBytes: number;
  readonly leastRecordBytes: number;
  private readonly layouts: readonly [Layout, ...Layout[]];
  private current: Layout;
  private isTorn = false;

  constructor(layouts: readonly [Layout, ...Layout[]]) {
    this.layouts = layouts;
    this.current = layouts[0];
    const sizes = layouts.map(({ recordBytes }) => recordBytes);
    this.contextBytes = contextRecords * Math.max(...sizes);
    this.leastRecordBytes = Math.min(...sizes);
  }

  /** Of the records that `wholeLength` gave last; undefined where it gave what is left of a torn one. */
  get given(): Layout | undefined {
    return this.isTorn ? undefined : this.current;
  }

  wholeLength(bytes: Uint8Array, lengthBytes: number): number {
    const records = asBuffer(bytes);
    this.isTorn = false;
    let whole = 0;
    for (;;) {
      const { recordBytes } = this.current;
      // Where more may follow, a record waits until what comes after it is known.
      const neededBytes = lengthBytes === bytes.length ? contextRecords * recordBytes : recordBytes;
      if (whole + neededBytes > lengthBytes) return whole;
      const { layout, tornBytes } = this.recordAt(records, whole, lengthBytes);
      if (tornBytes > 0 || layout !== this.current) {
        if (whole > 0) return whole;
        this.current = layout;
        if (tornBytes > 0) {
          this.isTorn = true;
          return tornBytes;
        }
      }
      whole += layout.recordBytes;
    }
  }

  boundaryIn(bytes: Uint8Array, offsetBytes: number): number | undefined {
    const records = asBuffer(bytes);
    const { recordBytes } = this.current;
    for (let place = 1; place <= recordBytes; place++) {
      const layout = this.byPreference().find((one) => isRun(one, records, place));
      if (!layout || place + contextRecords * layout.recordBytes > bytes.length) continue;
      this.current = layout;
      return place;
    }
    const boundary = recordBytes - (offsetBytes % recordBytes);
    return boundary <= bytes.length ? boundary : undefined;
  }

  endOf(bytes: Uint8Array, start: number): number | undefined {
    const records = asBuffer(bytes);
    const isCurrent = isRecordAt(this.current, records, start, bytes.length);
    if (!isCurrent)
      this.current =
        this.layouts.find((layout) => isFileOf(layout, records, start, bytes.length)) ?? this.current;
    const end = start + this.current.recordBytes;
    return end <= bytes.length ? end : undefined;
  }

  /** Of a unit that `endOf` was just asked about. */
  timestampOf(unit: Uint8Array): number | undefined {
    return this.current.timestampOf(asBuffer(unit));
  }

  /**
   * How many bytes at `start` belong to a torn record: 0 where a whole record begins there, or one that is odd but in
   * step; and how what begins there is laid out. In: `end`, up to where the bytes are known.
   */
  private recordAt(bytes: Buffer, start: number, end: number): { layout: Layout; tornBytes: number } {
    const { current } = this;
    if (isRecordAt(current, bytes, start, end)) return { layout: current, tornBytes: 0 };
    for (let place = start; place < start + current.recordBytes; place++)
      for (const layout of this.byPreference())
        if (layout === current ? isRecordAt(layout, bytes, place, end) : isFileOf(layout, bytes, place, end))
          return { layout, tornBytes: place - start };
    return { layout: current, tornBytes: 0 };
  }

  private byPreference(): readonly Layout[] {
    return this.layouts.length === 1
      ? this.layouts
      : [this.current, ...this.layouts.filter((layout) => layout !== this.current)];
  }
}

/** Whether a record begins here, as far as the bytes are known. */
function isRecordAt(layout: RecordLayout, bytes: Buffer, start: number, end: number): boolean {
  const next = start + layout.recordBytes;
  if (next > end || !layout.isPlausible(bytes, start)) return false;
  return next + layout.recordBytes > end || layout.isPlausible(bytes, next);
}

/** Whether two records begin here, or the only one that there is. */
function isFileOf(layout: RecordLayout, bytes: Buffer, start: number, end: number): boolean {
  const next = start + layout.recordBytes;
  if (next === end) return layout.isPlausible(bytes, start);
  return next + layout.recordBytes <= end && isRecordAt(layout, bytes, start, end);
}

function isRun(layout: RecordLayout, bytes: Buffer, start: number): boolean {
  const next = start + layout.recordBytes;
  return (
    next + layout.recordBytes <= bytes.length &&
    layout.isPlausible(bytes, start) &&
    layout.isPlausible(bytes, next)
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
