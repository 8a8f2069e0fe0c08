/**
 * What one lane does, as WebAssembly: a step by a byte, and the way from the end of a line to the start of the next.
 * Promise: a line that has ended is counted and written down once, and the next one starts after its newline.
 */
import { activeLanesAt, chunkAt, classesAt, lane, sinkFields, type ScanMemory } from "../dfa/scan-memory.js";
import { op, together, type Code, type WasmFunction } from "./wasm-writer.js";

/** How many steps a lane takes before anybody looks where it is. */
export const blockBytes = 8;

export interface LaneRows {
  readonly startRow: number;
  readonly parkRow: number;
}

const missingFunction = 0;

/** (record, lane, offset, row) → (offset, row): what a lane goes on with after a sink. Function 0 finishes a line otherwise. */
export function endLine(memory: ScanMemory, { startRow, parkRow }: LaneRows): WasmFunction {
  const [record, laneIndex, offset, row, end, selected, block, head] = [0, 1, 2, 3, 4, 5, 6, 7];
  const fields = memory.rowBytes;
  return {
    parameterCount: 4,
    resultCount: 2,
    locals: [2, 2],
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
          // The line is written down in any case; only a selected one moves on.
          ...op.get(record),
          ...op.load32(lane.selectedEnd),
          ...op.tee(selected),
          ...op.get(record),
          ...op.load32(lane.lineStart),
          ...op.store32(0),
          ...op.get(selected),
          ...op.get(end),
          ...op.store32(4),
          ...op.get(selected),
          ...op.get(row),
          ...op.load32(fields + sinkFields.matchSet),
          ...op.store32(8),
          ...op.get(record),
          ...op.get(selected),
          ...op.get(row),
          ...op.load32(fields + sinkFields.selectedStep),
          ...op.add,
          ...op.store32(lane.selectedEnd),
          ...op.get(row),
          ...op.get(row),
          ...op.load32(fields + sinkFields.count),
          ...op.constant(1),
          ...op.add,
          ...op.store32(fields + sinkFields.count),
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
      startLine(memory, startRow, { record, start: end, row, head }),
    ],
  };
}

interface LineLocals {
  readonly record: number;
  readonly start: number;
  readonly row: number;
  readonly head: number;
}

/**
 * () → (offset, row): where to go on with a line. Most lines begin as the one before, with the same date: their first
 * eight steps are remembered.
 */
function startLine(memory: ScanMemory, startRow: number, { record, start, row, head }: LineLocals): Code {
  return together([
    [...op.get(start), ...op.load64(0), ...op.tee(head)],
    [...op.get(record), ...op.load64(lane.head), ...op.isEqual64],
    op.ifThen(afterBlock(start), [...op.get(record), ...op.load32(lane.headRow), ...op.returnNow]),
    [...op.constant(startRow), ...op.set(row)],
    ...Array.from({ length: blockBytes }, (_, byte) => step(start, row, byte)),
    // A line that is so short, or lacks a transition so soon, is walked from its start.
    [...op.get(row), ...op.constant(memory.statesAt), ...op.isBelow],
    op.ifThen([...op.get(start), ...op.constant(startRow), ...op.returnNow]),
    [...op.get(record), ...op.get(head), ...op.store64(lane.head)],
    [...op.get(record), ...op.get(row), ...op.store32(lane.headRow)],
    [...afterBlock(start), ...op.get(row)],
  ]);
}

/** One byte of a line: from the row in one local to the row after the byte `byte` after the offset in the other. */
export function step(offset: number, row: number, byte: number): Code {
  return together([op.get(offset), op.load8(byte), classOfByte, op.get(row), rowAfter, op.set(row)]);
}

/** Two bytes for each class: the address is twice the byte. */
const classOfByte: Code = [...op.double, ...op.load16(classesAt)];
const rowAfter: Code = [...op.add, ...op.load32(0)];

/** The offset after the block of bytes at the offset in a local. */
export function afterBlock(offset: number): Code {
  return [...op.get(offset), ...op.constant(blockBytes), ...op.add];
}
