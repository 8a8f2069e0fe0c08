/**
 * Writes WebAssembly, byte by byte.
 * Promise: knows the few instructions that the lanes need, and nothing of what they are for.
 * Source: WebAssembly Core Specification 2.0, chapter 5 (binary format).
 */

export type Code = readonly number[];

/** One piece of many. Several thousand bytes are written each time; flat() and spreading take ten times as long. */
export function together(codes: readonly Code[]): Code {
  return ([] as number[]).concat(...codes);
}

/** LEB128, unsigned. */
function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** LEB128, signed, of 32 bits. */
function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
    bytes.push(isLast ? byte : byte | 0x80);
    if (isLast) return bytes;
  }
}

function vector(items: readonly Code[]): Code {
  return together([unsigned(items.length), ...items]);
}

const i32Type = 0x7f;
const blockWithoutResult = 0x40;

const load = (opcode: number, alignment: number) => (offset: number) => [
  opcode,
  alignment,
  ...unsigned(offset),
];

/** Instructions. Operands come from the stack, as in WebAssembly itself. */
export const op = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  /** The 64-bit constant whose eight bytes are all `byte`. */
  repeatedByte: (byte: number): Code => {
    const bytes: number[] = [];
    let rest = BigInt.asIntN(64, BigInt(byte) * 0x0101010101010101n);
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      const isLast = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
      bytes.push(isLast ? low : low | 0x80);
      if (isLast) return [0x42, ...bytes];
    }
  },
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  tee: (local: number): Code => [0x22, ...unsigned(local)],
  load32: load(0x28, 2),
  load64: load(0x29, 0),
  load8: load(0x2d, 0),
  load16: load(0x2f, 1),
  store32: load(0x36, 2),
  store64: load(0x37, 0),
  /** Twice the number: a shift by one. */
  double: [0x41, 0x01, 0x74],
  add: [0x6a],
  subtract: [0x6b],
  isZero: [0x45],
  isBelow: [0x49],
  isNotBelow: [0x4f],
  isEqual64: [0x51],
  xor64: [0x85],
  subtract64: [0x7d],
  and64: [0x83],
  not64: [0x42, 0x7f, 0x85],
  trailingZeros64: [0x7a],
  shiftRight64: [0x88],
  low32: [0xa7],
  constant64: (value: number): Code => [0x42, ...signed(value)],
  call: (index: number): Code => [0x10, ...unsigned(index)],
  returnNow: [0x0f],
  branch: (depth: number): Code => [0x0c, ...unsigned(depth)],
  loop: (...body: readonly Code[]): Code => together([[0x03, blockWithoutResult], ...body, [0x0b]]),
  ifThen: (...body: readonly Code[]): Code => together([[0x04, blockWithoutResult], ...body, [0x0b]]),
  ifElse: (whenTrue: Code, whenFalse: Code): Code => [
    0x04,
    blockWithoutResult,
    ...whenTrue,
    0x05,
    ...whenFalse,
    0x0b,
  ],
} as const;

export interface WasmFunction {
  readonly parameterCount: number;
  readonly resultCount: number;
  /** Locals beyond the parameters: how many of 32 bits, then how many of 64. */
  readonly locals: readonly [number, number];
  readonly body: readonly Code[];
}

/** A module that imports a memory `scan.memory` and functions, and exports its last function as `walk`. */
export function wasmModule(
  imports: readonly { readonly name: string; readonly parameterCount: number }[],
  functions: readonly WasmFunction[],
): Uint8Array<ArrayBuffer> {
  const types = [
    ...imports.map(({ parameterCount }) => signature(parameterCount, 0)),
    ...functions.map(({ parameterCount, resultCount }) => signature(parameterCount, resultCount)),
  ];
  const importEntries = [
    [...text("scan"), ...text("memory"), 0x02, 0x00, 0x01],
    ...imports.map(({ name }, index) => [...text("scan"), ...text(name), 0x00, ...unsigned(index)]),
  ];
  const last = types.length - 1;
  const sections = [
    header,
    section(1, vector(types)),
    section(2, vector(importEntries)),
    section(3, vector(functions.map((_, index) => unsigned(imports.length + index)))),
    section(7, vector([[...text("walk"), 0x00, ...unsigned(last)]])),
    section(10, vector(functions.map(functionBody))),
  ];
  return new Uint8Array(together(sections));
}

/** "\0asm", version 1. */
const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function signature(parameterCount: number, resultCount: number): Code {
  const types = (count: number) => vector(Array.from({ length: count }, () => [i32Type]));
  return [0x60, ...types(parameterCount), ...types(resultCount)];
}

function functionBody({ locals, body }: WasmFunction): Code {
  const [of32, of64] = locals;
  const variables = vector([
    [...unsigned(of32), 0x7f],
    [...unsigned(of64), 0x7e],
  ]);
  const code = together([variables, ...body, [0x0b]]);
  return together([unsigned(code.length), code]);
}

function section(id: number, content: Code): Code {
  return together([[id], unsigned(content.length), content]);
}

function text(name: string): Code {
  return [...unsigned(name.length), ...Buffer.from(name, "latin1")];
}
