/** Holds our answer on one pattern against grep's. Promise: a difference is told unless it is known for a fault of grep. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { faultIn, grepFaults, isBeyondUnicode } from "./grep-faults.js";
import { askGrepOften, type GrepAnswer, type Question } from "./grep-judge.js";

export type Comparison =
  | { readonly kind: "same" }
  | { readonly kind: "left out"; readonly why: string }
  | { readonly kind: "differs"; readonly how: string };

/** `lines` are those of the file that grep was asked about. */
export function compareWithGrep(
  question: Question,
  lines: readonly Buffer[],
  ours: GrepAnswer,
  theirs: GrepAnswer,
  directory: string,
): Comparison {
  if (theirs.kind === "no answer") return { kind: "left out", why: "grep crashed or came to no end" };
  if (theirs.kind === "refused" || ours.kind !== "matches") {
    const [ourReason, theirReason] = [ours, theirs].map((answer) =>
      answer.kind === "refused" ? answer.reason : "no error",
    );
    if (ourReason === theirReason) return { kind: "same" };
    return { kind: "differs", how: `grep says "${theirReason}", not "${ourReason}"` };
  }
  const fault = faultIn(question.pattern, question.locale);
  if (fault !== undefined) return { kind: "left out", why: grepFaults[fault] };
  const differing = lines.flatMap((line, i) => {
    const isMissed = theirs.lines.has(i) && !ours.lines.has(i);
    const mayBeMissed = question.locale === "UTF-8" && isBeyondUnicode(line);
    return theirs.lines.has(i) === ours.lines.has(i) || (isMissed && mayBeMissed) ? [] : [{ line, i }];
  });
  if (differing.length === 0) return { kind: "same" };
  // What glibc keeps of one line can make it take another for a match.
  const alone = askAboutEach(question, differing, directory);
  const wrong = differing.find((_, n) => alone[n] === theirs.lines.has(differing[n]?.i ?? -1));
  if (wrong === undefined) return { kind: "left out", why: "grep's answer depends on the lines before" };
  const quoted = JSON.stringify(wrong.line.toString("latin1"));
  return { kind: "differs", how: `grep says ${theirs.lines.has(wrong.i)} of line ${quoted}` };
}

function askAboutEach(
  question: Question,
  differing: readonly { readonly line: Buffer }[],
  directory: string,
): (boolean | undefined)[] {
  const questions = differing.map(({ line }, n) => {
    const linesFile = join(directory, `alone-${n}`);
    writeFileSync(linesFile, Buffer.concat([line, Buffer.from("\n")]));
    return { ...question, linesFile };
  });
  return askGrepOften(questions, directory).map((answer) =>
    answer.kind === "matches" ? answer.lines.has(0) : undefined,
  );
}
