/**
 * Proposes the smallest changes of a rule that may make it take what it does not.
 * Promise: none; whoever asks tries them.
 */
import type { SyntaxTree } from "../../ere/index.js";
import type { Misfit, Piece } from "./misfits.js";

/** A part of an ERE and what to put in its place. Offsets are bytes from 0. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly to: string;
  /** Where it is a number of repetitions that is wrong: the number that the line has, and what is repeated. */
  readonly count?: { readonly found: number; readonly ereStart: number };
}

/** In: an ERE and its tree, and what the line has at the misfit, all as latin1. Out: the smaller changes first. */
export function changesFor(ere: string, tree: SyntaxTree, misfit: Misfit, found: string): TextChange[] {
  const { before, after } = misfit;
  const expected = askedAt(tree, misfit);
  const part = ere.slice(expected.ereStart, expected.ereEnd);
  const isExtra = misfit.ereStart === misfit.ereEnd;
  const pieces = [before, pieceAt(misfit, tree), after].filter((piece) => piece !== undefined);
  return [
    ...pieces.flatMap((piece) => {
      const isShort = found === "" && piece.start === misfit.ereStart && piece.end === misfit.ereEnd;
      return isExtra || isShort ? countChange(ere, piece, piece.taken + found.length) : [];
    }),
    ...(found === "" ? [] : pieces.flatMap((piece) => widerClass(ere, piece, found))),
    ...(isExtra || found === "" ? [] : [alternative(expected, part, found)]),
    ...(isExtra ? [{ start: misfit.ereStart, end: misfit.ereStart, to: optional(escapedEre(found)) }] : []),
    ...(found === "" ? [{ start: expected.ereStart, end: expected.ereEnd, to: optional(part) }] : []),
  ];
}

/** The text as an ERE that matches it. */
export function escapedEre(text: string): string {
  return text.replaceAll(/[\\^$.[\](){}|*+?]/g, "\\$&");
}

interface EreSpan {
  readonly ereStart: number;
  readonly ereEnd: number;
  /** Whether it is a group of branches, of which another may be added. */
  readonly isChoice?: boolean;
}

/**
 * What a misfit asks for, in whole parts of the pattern: where it is one whole branch of a group or more, all branches.
 */
export function askedAt(tree: SyntaxTree, { ereStart, ereEnd }: Misfit): EreSpan {
  if (ereStart === ereEnd) return { ereStart, ereEnd };
  let found: EreSpan | undefined;
  let inner = tree;
  for (
    let node: SyntaxTree | undefined = tree;
    node !== undefined;
    node = childAround(node, ereStart, ereEnd)
  ) {
    inner = node;
    if (node.kind !== "group" || node.body.kind !== "choice") continue;
    const isWhole = node.body.branches.some(
      ({ start, end }) => start >= ereStart && end <= ereEnd && end > start,
    );
    if (isWhole) found = { ereStart: node.start, ereEnd: node.end, isChoice: true };
  }
  return found ?? wholeParts(inner, ereStart, ereEnd);
}

/** The parts of a node that a span touches. */
function wholeParts(node: SyntaxTree, ereStart: number, ereEnd: number): EreSpan {
  if (node.kind !== "sequence") return { ereStart: node.start, ereEnd: node.end };
  const touched = node.parts.filter(({ start, end }) => start < ereEnd && end > ereStart);
  return { ereStart: touched[0]?.start ?? ereStart, ereEnd: touched.at(-1)?.end ?? ereEnd };
}

function childAround(node: SyntaxTree, start: number, end: number): SyntaxTree | undefined {
  const children =
    node.kind === "sequence"
      ? node.parts
      : node.kind === "choice"
        ? node.branches
        : node.kind === "group" || node.kind === "repeat"
          ? [node.body]
          : [];
  return children.find((child) => child.start <= start && child.end >= end);
}

function alternative({ ereStart, ereEnd, isChoice }: EreSpan, part: string, found: string): TextChange {
  const to = isChoice ? `${part.slice(0, -1)}|${escapedEre(found)})` : `(${part}|${escapedEre(found)})`;
  return { start: ereStart, end: ereEnd, to };
}

function optional(ere: string): string {
  return ere.length === 1 ? `${ere}?` : `(${ere})?`;
}

/** The one piece that the misfit is all of, or part of. */
function pieceAt({ ereStart, ereEnd }: Misfit, tree: SyntaxTree): Piece | undefined {
  for (
    let node: SyntaxTree | undefined = tree;
    node !== undefined;
    node = childAround(node, ereStart, ereEnd)
  )
    if (node.kind === "repeat" && node.start === ereStart && node.end === ereEnd)
      return { start: ereStart, end: ereEnd, bodyEnd: node.body.end, taken: 0 };
  return undefined;
}

const interval = /^\{(\d+)(,?)(\d*)\}$/;

/** An interval that takes so many as well. */
function countChange(ere: string, { start, end, bodyEnd }: Piece, count: number): TextChange[] {
  const bounds = interval.exec(ere.slice(bodyEnd, end));
  if (bounds === null || count === 0) return [];
  const [, minimum = "", comma, maximum = ""] = bounds;
  const [least, most] = [Number(minimum), comma === "" ? Number(minimum) : Number(maximum || Infinity)];
  const [low, high] = [Math.min(least, count), Math.max(most, count)];
  const to = `{${low},${high === Infinity ? "" : high}}`;
  return [{ start: bodyEnd, end, to, count: { found: count, ereStart: start } }];
}

/** A bracket expression that takes what was found as well. */
function widerClass(ere: string, { start, end, bodyEnd }: Piece, found: string): TextChange[] {
  const body = ere.slice(start, bodyEnd);
  if (!/^\[[^\]^].*\]$/s.test(body) || bodyEnd === end || /[\]\s]/.test(found)) return [];
  const ranges = [
    ["a-z", /[a-z]/, /a-z|:lower:|:alpha:|:alnum:/],
    ["A-Z", /[A-Z]/, /A-Z|:upper:|:alpha:|:alnum:/],
    ["0-9", /[0-9]/, /0-9|:digit:|:alnum:/],
  ] as const;
  const added = ranges.filter(([, wanted, has]) => wanted.test(found) && !has.test(body));
  const others = [...new Set(found.match(/[^A-Za-z0-9]/g))].filter((one) => !body.includes(one));
  const endsInHyphen = body.endsWith("-]");
  const hyphen = endsInHyphen || others.includes("-") ? "-" : "";
  const inner = body.slice(1, endsInHyphen ? -2 : -1);
  const to = `[${inner}${added.map(([range]) => range).join("")}${others.filter((one) => one !== "-").join("")}${hyphen}]`;
  return [{ start, end: bodyEnd, to }];
}
