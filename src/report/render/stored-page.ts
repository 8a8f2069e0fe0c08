/**
 * A page as it is stored with a report, so that a terminal of any width can show it later.
 * Promise: what is read is a page that can be set, and none that another version wrote is misread: there is a text of every
 * report beside it.
 */
import {
  hasFields,
  isBoolean,
  isCount,
  isListOf,
  isOptional,
  isString,
  parseJson,
  type Shape,
} from "../../std/json-shape.js";
import type { Block, Cell, Table, TextBlock } from "./page.js";
import { paints, type Run } from "./wrap.js";

const version = 1;

export function encodePage(blocks: readonly Block[]): Uint8Array {
  return Buffer.from(JSON.stringify({ version, blocks }));
}

/** Undefined where it is no page that this version knows. */
export function decodePage(bytes: Uint8Array): readonly Block[] | undefined {
  const document = parseJson(bytes);
  return isDocument(document) ? document.blocks : undefined;
}

const isOneOf =
  <Name extends string>(...names: readonly Name[]): Shape<Name> =>
  (value): value is Name =>
    names.some((name) => name === value);

/** Nothing that a terminal would obey, whoever wrote the file. */
const isPrintable: Shape<string> = (value): value is string => isString(value) && !/\p{Cc}/u.test(value);

const isRun = hasFields<Run>({
  text: isPrintable,
  paint: isOptional(isOneOf(...paints)),
  isDrawn: (value) => value === undefined || value === true,
});
const isBlocks = isListOf<Block>((value): value is Block =>
  [isGap, isHeading, isText, isTable].some((isBlock) => isBlock(value)),
);
const isGap = hasFields<Extract<Block, { kind: "gap" }>>({ kind: isOneOf("gap") });
const isHeading = hasFields<Extract<Block, { kind: "heading" }>>({
  kind: isOneOf("heading"),
  words: isPrintable,
  detail: isPrintable,
});
const isText = hasFields<TextBlock>({
  kind: isOneOf("text"),
  runs: isListOf(isRun),
  first: isPrintable,
  further: isPrintable,
  room: isOneOf("words", "log", "whole"),
});
const isTable = hasFields<Table>({
  kind: isOneOf("table"),
  indent: isCount,
  headColumns: isCount,
  align: isListOf(isOneOf("left", "right")),
  isHeadWhole: isBoolean,
  hasNames: isBoolean,
  isFlowing: isBoolean,
  rows: isListOf(isListOf<Cell>(isListOf(isRun))),
});
const isDocument = hasFields<{ readonly version: number; readonly blocks: readonly Block[] }>({
  version: (value) => value === version,
  blocks: isBlocks,
});
