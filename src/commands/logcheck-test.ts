/**
 * `logwinnow logcheck-test` replaces logcheck-test.
 * Promise: the same lines, summary and exit status, except that lines with binary bytes are shown, not withheld.
 */
import { readFileSync } from "node:fs";
import { compilePatternSet } from "../ere/index.js";
import { fileFacts } from "../logcheck/tools/etc.js";
import { charmapName } from "../logcheck/tools/host-tools.js";
import { toolLocale, type ToolLocale } from "../logcheck/tools/tool-locale.js";
import { rulesIn } from "../logcheck/rules/rule-tree.js";
import {
  readTestCommandLine,
  testSummary,
  testUsage,
  type RuleInput,
} from "../logcheck/tools/test-command.js";
import { trimmedLengthBytes } from "../logcheck/report/trim-line.js";
import { openInput } from "../sources/input.js";
import { eachLine } from "../sources/each-line.js";
import { sayText } from "../std/standard-error.js";
import { writeAll, writeText } from "../std/standard-output.js";

const newline = Buffer.from("\n");

/** In: the arguments after the program's name. Out: logcheck-test's exit status. */
export async function logcheckTest(words: readonly string[]): Promise<number> {
  const request = readTestCommandLine(words, fileFacts);
  if (request.kind === "help") {
    writeText(testUsage);
    return 0;
  }
  if (request.kind === "mistake") {
    sayText(`logcheck-test: ${request.message}`);
    return request.status;
  }
  for (const warning of request.warnings) sayText(`logcheck-test: ${warning}`);
  const locale = toolLocale(process.env, charmapName);
  const rules = rulesOf(request.rule, locale);
  const { set, errors } = compilePatternSet(
    rules.map(({ text }) => Buffer.from(text, "latin1")),
    { locale: locale.characters, trimsTrailingSpace: true },
  );
  for (const { index, column, reason } of errors)
    sayText(`${rules[index]?.place ?? "rule"}:${column}: ${reason}: nothing shown`);
  let isShown = false;
  // grep gives up on all rules when one is broken.
  if (errors.length === 0) {
    const scanner = set.scanner({ isSelected: () => true });
    await eachLine(openInput(request.log), (line) => {
      const isMatched = scanner.matches(scanner.matchLine(line)).length > 0;
      if (isMatched === request.isInverted) return;
      isShown = true;
      const end = line.at(-1) === newline[0] ? line.length - 1 : line.length;
      writeAll(
        Buffer.concat([
          line.subarray(0, trimmedLengthBytes(line.subarray(0, end), locale.characters)),
          newline,
        ]),
      );
    });
  }
  if (!request.isQuiet) writeText(testSummary(request));
  return isShown ? 0 : 1;
}

interface PlacedRule {
  readonly text: string;
  readonly place: string;
}

/** The rules, bytes as latin1. For grep each line of a rule is a rule of its own. */
function rulesOf(input: RuleInput, locale: ToolLocale): readonly PlacedRule[] {
  if ("file" in input)
    return [...rulesIn(readFileSync(input.file), locale.characters)].map(([text, line]) => ({
      text,
      place: `${input.file}:${line}`,
    }));
  const texts = Buffer.from(input.text).toString("latin1").split("\n");
  return texts.map((text) => ({ text, place: "rule" }));
}
