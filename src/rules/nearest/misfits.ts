/**
 * Tells where a line does not fit a rule, in parts of the rule's text and of the line.
 * Promise: what lies between two misfits is taken by the rule as it is; words are not cut in two.
 */
import type { NearPattern, NearPatterns } from "../../ere/index.js";

/** A place where the line has something else than the rule asks for. Offsets are bytes from 0, ends are after the last. */
export interface Misfit {
  readonly lineStart: number;
  readonly lineEnd: number;
  /** The part of the ERE that takes nothing; empty where only the line has too much. */
  readonly ereStart: number;
  readonly ereEnd: number;
  /** The parts of the ERE that take what stands before and after in the line. */
  readonly before: Piece | undefined;
  readonly after: Piece | undefined;
}

/** A part of an ERE: one character or class, with what repeats it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Where the repetition begins; the end where nothing repeats it. */
  readonly bodyEnd: number;
  /** How many characters of the line it has taken here. */
  readonly taken: number;
}

type Edit = NearPattern["edits"][number];

/** In: the line that it is near to. Out: in the order of the line. */
export function misfitsOf(near: NearPattern, { characters: line, offsets }: NearPatterns["line"]): Misfit[] {
  const { edits, program } = near;
  const pieceOf = (edit: Edit | undefined): Omit<Piece, "taken"> | undefined => {
    if (edit === undefined || edit.kind === "deleted") return undefined;
    const [span, repeat] = [program.spans[edit.place], program.repeats[edit.place]];
    return span && { start: span.start, end: repeat?.end ?? span.end, bodyEnd: span.end };
  };
  const takenFrom = (from: number, step: 1 | -1): Piece | undefined => {
    const piece = pieceOf(edits[from]);
    if (piece === undefined) return undefined;
    let taken = 0;
    for (let i = from; edits[i]?.kind === "taken" && pieceOf(edits[i])?.start === piece.start; i += step)
      taken++;
    return { ...piece, taken };
  };
  const isWordAt = (index: number): boolean => {
    const edit = edits[index];
    if (edit?.kind !== "taken" || program.leaves[edit.place]?.isFixed !== true) return false;
    return program.repeats[edit.place] === undefined && isWord(line[edit.at] ?? 0);
  };
  /** Whether an edit and the next one are about parts of the rule without anything between them. */
  const isJoined = (index: number): boolean => {
    const [one, other] = [pieceOf(edits[index]), pieceOf(edits[index + 1])];
    return one === undefined || other === undefined || one.end === other.start;
  };
  /** Whether the edits are about too many or too few of what a repetition takes, and nothing else. */
  const isCount = (from: number, to: number): boolean =>
    [edits[from - 1], edits[to]].some((edit) => {
      const piece = pieceOf(edit);
      if (piece === undefined || edit?.kind !== "taken" || piece.bodyEnd === piece.end) return false;
      const leaf = program.leaves[edit.place];
      const takes = (character: number): boolean =>
        character < 0x80 ? leaf?.ascii[character] === 1 : leaf?.isTakenBeyond(character) === true;
      return edits
        .slice(from, to)
        .every((one) =>
          one.kind === "deleted" ? takes(line[one.at] ?? 0) : pieceOf(one)?.start === piece.start,
        );
    });
  const misfits: Misfit[] = [];
  for (let at = 0; at < edits.length;) {
    if (edits[at]?.kind === "taken") {
      at++;
      continue;
    }
    let [from, to] = [at, at];
    while (to < edits.length && edits[to]?.kind !== "taken") to++;
    at = to;
    if (touchesWord(edits.slice(from, to), near, line) && !isCount(from, to)) {
      while (isWordAt(from - 1) && isJoined(from - 1)) from--;
      while (isWordAt(to) && isJoined(to - 1)) to++;
      at = to;
    }
    const ofLine = edits.slice(from, to).filter(({ kind }) => kind !== "skipped");
    const ofEre = edits.slice(from, to).flatMap((edit) => pieceOf(edit) ?? []);
    const [before, after] = [takenFrom(from - 1, -1), takenFrom(to, 1)];
    const next = edits[to];
    const lineAt = next?.at ?? line.length;
    const ereAt = before?.end ?? after?.start ?? 0;
    misfits.push({
      lineStart: offsets[ofLine[0]?.at ?? lineAt] ?? 0,
      lineEnd: offsets[ofLine.length > 0 ? (ofLine.at(-1)?.at ?? 0) + 1 : lineAt] ?? 0,
      ereStart: Math.min(...(ofEre.length > 0 ? ofEre.map(({ start }) => start) : [ereAt])),
      ereEnd: Math.max(...(ofEre.length > 0 ? ofEre.map(({ end }) => end) : [ereAt])),
      before,
      after,
    });
  }
  return misfits;
}

/** Whether the misfit begins or ends inside of a word that is written in the rule. */
function touchesWord(edits: readonly Edit[], { program }: NearPattern, line: Int32Array): boolean {
  return edits.some((edit) =>
    edit.kind === "skipped" ? program.leaves[edit.place]?.isFixed === true : isWord(line[edit.at] ?? 0),
  );
}

function isWord(character: number): boolean {
  return /[A-Za-z0-9_]/.test(String.fromCharCode(character & 0xffff));
}
