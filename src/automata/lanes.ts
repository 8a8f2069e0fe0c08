/**
 * The inner loop as WebAssembly: several lines in lockstep, each in its lane.
 * Promise: leaves behind in memory exactly what the plain loop of `line-scanner.ts` would.
 *
 * A step down a table waits for the one before it: about 5 cycles from the first-level cache, 14 from the second. The
 * processor can have many loads under way, but one line alone never asks for more than one. So a chunk is cut into
 * eight pieces at newlines, and eight lines are walked at once.
 *
 * Nothing in a lane's step branches. A newline leads into the trap of the line's match set and a missing transition
 * into row 0; both lead to themselves, so it is enough to look after eight bytes. A trap costs the walk over the rest
 * of the eight bytes, 3.5 on average for lines of 120.
 */
import {
  activeLanesAt,
  classesAt,
  lane,
  laneCount,
  lanesAt,
  chunkAt,
  trapFields,
  type ScanMemory,
} from "./scan-memory.js";
import { webAssembly, type WebAssemblyMemory } from "./web-assembly.js";
import { op, wasmModule, type Code, type WasmFunction } from "./wasm-writer.js";

const blockBytes = 8;

export interface LaneRows {
  readonly startRow: number;
  readonly parkRow: number;
}

/** Compiles the loop for one memory. `onMissing(lane)` finishes the lane's line in another way. */
export function compileLanes(
  memory: ScanMemory,
  webAssemblyMemory: WebAssemblyMemory,
  rows: LaneRows,
  onMissing: (laneIndex: number) => void,
): () => void {
  const code = wasmModule(
    [{ name: "missing", parameterCount: 1 }],
    [endLine(memory, rows), walkLanes(memory, rows)],
  );
  if (webAssembly === undefined) throw new Error("bug: there is no WebAssembly here");
  const instance = new webAssembly.Instance(new webAssembly.Module(code), {
    scan: { memory: webAssemblyMemory, missing: onMissing },
  });
  const { walk } = instance.exports;
  if (walk === undefined) throw new Error("bug: the lanes export no walk");
  return walk;
}

const missingFunction = 0;
const endLineFunction = 1;

/** (record, lane, offset, row) → (offset, row): what a lane goes on with after a trap. */
function endLine(memory: ScanMemory, { startRow, parkRow }: LaneRows): WasmFunction {
  const [record, laneIndex, offset, row, end, listed, block] = [0, 1, 2, 3, 4, 5, 6];
  const fields = memory.rowBytes;
  return {
    parameterCount: 4,
    resultCount: 2,
    locals: [2, 1],
    body: [
      op.get(row),
      op.isZero,
      op.ifElse(
        [...op.get(laneIndex), ...op.call(missingFunction)],
        [
          // The first newline of the block: the lowest byte that is 0 after the exclusive or.
          ...op.get(offset),
          ...op.constant(blockBytes),
          ...op.subtract,
          ...op.tee(end),
          ...op.load64(0),
          ...op.repeatedByte(0x0a),
          ...op.xor64,
          ...op.set(block),
          ...op.get(block),
          ...op.repeatedByte(0x01),
          ...op.subtract64,
          ...op.get(block),
          ...op.not64,
          ...op.and64,
          ...op.repeatedByte(0x80),
          ...op.and64,
          ...op.trailingZeros64,
          ...op.constant64(3),
          ...op.shiftRight64,
          ...op.low32,
          ...op.get(end),
          ...op.add,
          ...op.constant(1),
          ...op.add,
          ...op.set(end),
          // The line is written down in any case; only a listed one moves on.
          ...op.get(record),
          ...op.load32(lane.listedEnd),
          ...op.tee(listed),
          ...op.get(record),
          ...op.load32(lane.lineStart),
          ...op.store32(0),
          ...op.get(listed),
          ...op.get(end),
          ...op.store32(4),
          ...op.get(listed),
          ...op.get(row),
          ...op.load32(fields + trapFields.matchSet),
          ...op.store32(8),
          ...op.get(record),
          ...op.get(listed),
          ...op.get(row),
          ...op.load32(fields + trapFields.listedStep),
          ...op.add,
          ...op.store32(lane.listedEnd),
          ...op.get(row),
          ...op.get(row),
          ...op.load32(fields + trapFields.count),
          ...op.constant(1),
          ...op.add,
          ...op.store32(fields + trapFields.count),
          ...op.get(record),
          ...op.get(end),
          ...op.store32(lane.lineStart),
        ],
      ),
      [...op.get(record), ...op.load32(lane.lineStart), ...op.tee(end)],
      [...op.get(record), ...op.load32(lane.end), ...op.isNotBelow],
      op.ifThen(
        [
          ...op.constant(0),
          ...op.constant(0),
          ...op.load32(activeLanesAt),
          ...op.constant(1),
          ...op.subtract,
        ],
        op.store32(activeLanesAt),
        [...op.constant(chunkAt), ...op.constant(parkRow), ...op.returnNow],
      ),
      [...op.get(end), ...op.constant(startRow)],
    ],
  };
}

function walkLanes(memory: ScanMemory, { startRow, parkRow }: LaneRows): WasmFunction {
  const lanes = Array.from({ length: laneCount }, (_, index) => index);
  const offsetOf = (index: number) => 2 * index;
  const rowOf = (index: number) => 2 * index + 1;
  const recordOf = (index: number) => lanesAt + index * lane.bytes;
  const enter = (index: number): Code => [
    ...op.constant(recordOf(index)),
    ...op.load32(lane.lineStart),
    ...op.tee(offsetOf(index)),
    ...op.constant(recordOf(index)),
    ...op.load32(lane.end),
    ...op.isBelow,
    ...op.ifElse(
      [...op.constant(startRow), ...op.set(rowOf(index))],
      [...op.constant(parkRow), ...op.set(rowOf(index)), ...op.constant(chunkAt), ...op.set(offsetOf(index))],
    ),
  ];
  const step = (index: number, byte: number): Code => [
    ...op.get(offsetOf(index)),
    ...op.load8(byte),
    // Two bytes for each class: the address is twice the byte.
    ...op.double,
    ...op.load16(classesAt),
    ...op.get(rowOf(index)),
    ...op.add,
    ...op.load32(0),
    ...op.set(rowOf(index)),
  ];
  const advance = (index: number): Code => [
    ...op.get(offsetOf(index)),
    ...op.constant(blockBytes),
    ...op.add,
    ...op.set(offsetOf(index)),
  ];
  const look = (index: number): Code => [
    ...op.get(rowOf(index)),
    ...op.constant(memory.statesAt),
    ...op.isBelow,
    ...op.ifThen(
      [
        ...op.constant(recordOf(index)),
        ...op.constant(index),
        ...op.get(offsetOf(index)),
        ...op.get(rowOf(index)),
      ],
      [...op.call(endLineFunction), ...op.set(rowOf(index)), ...op.set(offsetOf(index))],
      [...op.constant(0), ...op.load32(activeLanesAt), ...op.isZero, ...op.ifThen(op.returnNow)],
    ),
  ];
  // Lane by lane for each byte: in two groups of four, which fit the registers, it takes an eighth longer.
  const steps = Array.from({ length: blockBytes }, (_, byte) => lanes.map((index) => step(index, byte)));
  const body = [...steps.flat(), ...lanes.map(advance), ...lanes.map(look)];
  return {
    parameterCount: 0,
    resultCount: 0,
    locals: [2 * laneCount, 0],
    body: [...lanes.map(enter), op.loop(...body, op.branch(0))],
  };
}
