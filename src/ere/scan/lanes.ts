/**
 * The inner loop as WebAssembly: several lines in lockstep, each in its lane.
 * Promise: leaves in memory exactly what the plain loop of `chunk-scanner.ts` would.
 *
 * A step down a table waits for the one before it: about 5 cycles from the first-level cache, 14 from the second. The
 * processor can have many loads under way, but one line alone never asks for more than one. So a chunk is cut into
 * sixteen pieces at newlines, and sixteen lines are walked at once, eight and eight in turns.
 *
 * Nothing in a lane's step branches. A newline leads into the sink of the line's match set and a missing transition
 * into row 0; both lead to themselves, so it is enough to look once in eight bytes. A sink costs the walk over the rest
 * of the eight bytes, 3.5 on average for lines of 120. As many are saved at the next line's start, which is mostly the
 * same as that of the line before.
 */
import { afterBlock, blockBytes, endLine, step, type LaneRows } from "./lane-code.js";
import { activeLanesAt, chunkAt, lane, laneCount, lanesAt, type ScanMemory } from "../dfa/scan-memory.js";
import { webAssembly, type WebAssemblyMemory } from "../dfa/web-assembly.js";
import { op, wasmModule, type Code, type WasmFunction } from "./wasm-writer.js";

/** Lanes whose steps are interleaved one by one. Of four, which fit the registers, or of all sixteen it takes a tenth longer. */
const groupLanes = 8;
/** Eight of these bytes begin no line of text. One that they do begin is finished the slow way, by row 0. */
const noHead = 0xff;

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

const endLineFunction = 1;

function walkLanes(memory: ScanMemory, { startRow, parkRow }: LaneRows): WasmFunction {
  const lanes = Array.from({ length: laneCount }, (_, index) => index);
  const offsetOf = (index: number) => 2 * index;
  const rowOf = (index: number) => 2 * index + 1;
  const recordOf = (index: number) => lanesAt + index * lane.bytes;
  // Rows mean nothing after a flush, so lanes enter without a head that they remember.
  const enter = (index: number): Code => [
    ...op.constant(recordOf(index)),
    ...op.repeatedByte(noHead),
    ...op.store64(lane.head),
    ...op.constant(recordOf(index)),
    ...op.constant(0),
    ...op.store32(lane.headRow),
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
  const advance = (index: number): Code => [...afterBlock(offsetOf(index)), ...op.set(offsetOf(index))];
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
  const body: Code[] = [];
  for (let first = 0; first < laneCount; first += groupLanes) {
    const group = lanes.slice(first, first + groupLanes);
    for (let byte = 0; byte < blockBytes; byte++)
      body.push(...group.map((index) => step(offsetOf(index), rowOf(index), byte)));
    body.push(...group.map(advance), ...group.map(look));
  }
  return {
    parameterCount: 0,
    resultCount: 0,
    locals: [2 * laneCount, 0],
    body: [...lanes.map(enter), op.loop(...body, op.branch(0))],
  };
}
