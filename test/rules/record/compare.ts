/**
 * Prints what the shipped rules and those in /etc/logcheck do with the recorded lines, program by program.
 * Promise: it counts recorded lines only, by the label that they were given by hand: routine, or to be reported.
 *
 * Run: npm run build && node build/test/rules/record/compare.js [--hidden]
 */

import { loadRules } from "../../../src/rules/files/load-rules.js";
import type { RuleDirectory } from "../../../src/rules/files/rule-directories.js";
import { compileRules } from "../../../src/rules/rule-set.js";
import type { Level } from "../../../src/rules/rule.js";
import type { RuleList } from "../../../src/rules/rule-list.js";
import { recordedLines, recordedPrograms } from "../recorded.js";
import { matcherOf } from "../matcher.js";
import { outcome, proofLines, repository, shippedRules } from "../shipped.js";

type IsDropped = (line: string) => boolean;

/** Whether the rules of a directory drop a line, by the order of their lists: never, violation, ignored. */
function dropperOf(directory: RuleDirectory, level: Level, widensHeaders: boolean): IsDropped {
  const { rules } = loadRules({ directories: [directory], level });
  const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders });
  const scanner = ruleSet.patterns.scanner({ isSelected: () => false });
  return (line) => {
    const id = scanner.matchLine(Buffer.from(line, "utf8"));
    const lists = new Set<RuleList | undefined>(
      scanner.matches(id).map((index) => ruleSet.rules[index]?.list),
    );
    if (lists.has("never") && !lists.has("never.ignore")) return false;
    if (lists.has("violation")) return lists.has("violation.ignore"); // logcheck drops what was cancelled.
    return lists.has("ignored");
  };
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}

const levels: readonly Level[] = ["paranoid", "server", "workstation"];
const ours = levels.map((level) => dropperOf({ path: repository, isNamed: true }, level, true));
const logcheck = dropperOf({ path: "/etc/logcheck", isNamed: true }, "server", false);

const match = matcherOf(shippedRules());
const isNever = (line: string): boolean => outcome(match(line), "server") === "never";

const head = ["program", "routine", "paranoid", "server", "workstation", "logcheck"].concat(
  ["to report", "hidden here", "by logcheck"],
  ["never", "hidden here", "by logcheck"],
);
const counts = recordedPrograms().map((program) => {
  const routine = recordedLines("routine", program);
  const reported = recordedLines("reported", program);
  return {
    program,
    routine: routine.length,
    dropped: [...ours, logcheck].map((isDropped) => routine.filter(isDropped).length),
    reported: reported.length,
    // At the level that both have in common.
    hidden: [ours[1] ?? logcheck, logcheck].map((isDropped) => reported.filter(isDropped)),
    never: reported.filter(isNever).length,
  };
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const total = {
  program: "all",
  routine: sum(counts.map(({ routine }) => routine)),
  dropped: [0, 1, 2, 3].map((column) => sum(counts.map(({ dropped }) => dropped[column] ?? 0))),
  reported: sum(counts.map(({ reported }) => reported)),
  hidden: [0, 1].map((column) => counts.flatMap(({ hidden }) => hidden[column] ?? [])),
  never: sum(counts.map(({ never }) => never)),
};

const rows = [
  head,
  ...[...counts, total].map(({ program, routine, dropped, reported, hidden, never }) => [
    program,
    `${routine}`,
    ...dropped.map((count) => share(count, routine)),
    `${reported}`,
    ...hidden.map((lines) => `${lines.length}`),
    `${never}`,
    ...hidden.map((lines) => `${lines.filter(isNever).length}`),
  ]),
];
const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows) {
  const cells = row.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
  );
  console.log(cells.join("  "));
}
const rules = shippedRules();
const files = new Set(rules.map(({ layer, program }) => `${layer}/${program}`));
const proof = proofLines();
const isRecorded = ({ origin }: { readonly origin: string }): boolean => origin.startsWith("recorded");
console.log(
  `\n${rules.length} rules in ${files.size} files, proved by ${proof.filter(isRecorded).length} recorded lines and ` +
    `${proof.filter((line) => !isRecorded(line)).length} made by hand; ` +
    `compared on ${total.routine + total.reported} recorded lines.`,
);
if (process.argv.includes("--hidden")) {
  console.log(["", "To be reported, dropped by /etc/logcheck:", ...(total.hidden[1] ?? [])].join("\n"));
}
