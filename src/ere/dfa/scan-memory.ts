/**
 * The one piece of memory that a scanner works in, and what lies where in it.
 * Promise: code in TypeScript and code in WebAssembly read the same places.
 *
 * | from          | what                                                                          |
 * |---------------|-------------------------------------------------------------------------------|
 * | 0             | zeros: the row of the missing transition, which leads to itself               |
 * | classesAt     | by byte, four times its class, 16 bits each                                   |
 * | lanesAt       | a record per lane                                                             |
 * | chunkAt       | the lines to scan, with room for a newline and for reading past the end       |
 * | selectedAt    | per lane, the selected lines: start, end, match set. A lane that starts at a  |
 * |               | byte writes from 12 times that byte, no line being shorter than its newline  |
 * | sinksAt       | a row per match set: where a newline leads. All its entries lead to itself    |
 * | statesAt      | a row per state, to the end of the memory                                     |
 *
 * A state is known by the address of its row, so a step is one addition and one load. What no line touches of this
 * is never backed by real memory.
 */

import { webAssembly, type WebAssemblyMemory } from "./web-assembly.js";

export const chunkBytes = 1 << 20;
export const laneCount = 16;
export const selectedLineBytes = 12;

export const classesAt = 1024;
export const lanesAt = 2048;
/** How many lanes are still walking. */
export const activeLanesAt = lanesAt - 4;
export const lane = {
  bytes: 32,
  lineStart: 0,
  end: 4,
  selectedStart: 8,
  selectedEnd: 12,
  /** The first eight bytes of a line before, and the row after them. */
  head: 16,
  headRow: 24,
} as const;
export const chunkAt = 4096;
/** Lanes read blocks of eight bytes and may read the one after the last line. */
const chunkRoom = 64;
export const selectedAt = chunkAt + chunkBytes + chunkRoom;
export const sinksAt = selectedAt + selectedLineBytes * (chunkBytes + chunkRoom);
/** Lines of later match sets take the slow way. */
export const mostSinks = 2048;
/** After the row of a match set: how many lines it has had, by how much a selected line moves `selectedEnd`, its number. */
export const sinkFields = { count: 0, selectedStep: 4, matchSet: 8, bytes: 12 } as const;

const pageBytes = 65536;

/** A buffer that can grow; growing it makes older views useless. */
interface GrowingBuffer {
  readonly buffer: ArrayBuffer;
  /** Throws RangeError where the memory is refused. */
  grow(bytes: number): void;
}

class PlainBuffer implements GrowingBuffer {
  buffer: ArrayBuffer;

  constructor(bytes: number) {
    this.buffer = new ArrayBuffer(bytes);
  }

  grow(bytes: number): void {
    const grown = new Uint8Array(bytes);
    grown.set(new Uint8Array(this.buffer));
    this.buffer = grown.buffer;
  }
}

class WebAssemblyBuffer implements GrowingBuffer {
  readonly memory: WebAssemblyMemory;

  constructor(api: NonNullable<typeof webAssembly>, bytes: number) {
    this.memory = new api.Memory({ initial: Math.ceil(bytes / pageBytes) });
  }

  get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  grow(bytes: number): void {
    this.memory.grow(Math.ceil((bytes - this.buffer.byteLength) / pageBytes));
  }
}

/** Undefined where there is no WebAssembly, or no address space for it: it reserves gigabytes, which `ulimit -v` refuses. */
function webAssemblyBuffer(bytes: number): WebAssemblyBuffer | undefined {
  try {
    return webAssembly && new WebAssemblyBuffer(webAssembly, bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export class ScanMemory {
  bytes: Uint8Array<ArrayBuffer>;
  words: Int32Array<ArrayBuffer>;
  /** Undefined where WebAssembly is not to be had, as under `--jitless`, or its memory is refused. */
  readonly webAssemblyMemory: WebAssemblyMemory | undefined;
  readonly classCount: number;
  readonly rowBytes: number;
  readonly sinkBytes: number;
  readonly statesAt: number;
  private readonly growing: GrowingBuffer;
  private isRefused = false;

  /** `classOfByte` gives the class of each of the 256 bytes. */
  constructor(classOfByte: Uint8Array, classCount: number, usesWebAssembly: boolean) {
    this.classCount = classCount;
    this.rowBytes = 4 * classCount;
    this.sinkBytes = this.rowBytes + sinkFields.bytes;
    this.statesAt = sinksAt + mostSinks * this.sinkBytes;
    const initialBytes = this.statesAt + 64 * this.rowBytes;
    const shared = usesWebAssembly ? webAssemblyBuffer(initialBytes) : undefined;
    this.webAssemblyMemory = shared?.memory;
    this.growing = shared ?? new PlainBuffer(initialBytes);
    this.bytes = new Uint8Array(this.growing.buffer);
    this.words = new Int32Array(this.growing.buffer);
    const classes = new Uint16Array(this.growing.buffer, classesAt, 256);
    for (let byte = 0; byte < 256; byte++) classes[byte] = 4 * (classOfByte[byte] ?? 0);
  }

  /**
   * Makes the memory reach to `end`. Out: whether it does; memory that was refused once is not asked for again. Views
   * taken before may be useless afterwards.
   */
  reserve(end: number): boolean {
    if (end <= this.bytes.length) return true;
    if (this.isRefused) return false;
    const stateBytes = end - this.statesAt;
    try {
      this.growing.grow(this.statesAt + Math.ceil((1.5 * stateBytes) / pageBytes) * pageBytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.isRefused = true;
      return false;
    }
    this.bytes = new Uint8Array(this.growing.buffer);
    this.words = new Int32Array(this.growing.buffer);
    return true;
  }
}
