/** Reads the text of a mail, for tests that ask what a report tells. */
import type { Report } from "../../src/report/document.js";
import { fitReport } from "../../src/report/outline/fit.js";
import { textForm, textOf } from "../../src/report/render/text.js";

/** The text of a report whose mail may have so many bytes. */
export function reportText(report: Report, maxBytes = 64_000): string {
  return textOf(fitReport(report, [textForm(maxBytes)]).outline);
}

/** The text with each line of a log in one line, as it was before it was broken at 72 columns. */
export function unwrapped(text: string): string {
  return text.replaceAll(/\n {8,}(?!\.\.\. )/g, " ");
}

/** All words of the text, with one blank between them: for tests that ask what is told, not where. */
export function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

const figure = (text = "0"): number => Number(text.replaceAll(",", ""));

/** How many lines, or events, the report tells of in each layer. */
export function countsIn(text: string): {
  readonly alarms: number;
  readonly violations: number;
  readonly others: number;
} {
  const countIn = (heading: string, isCounted: (facts: string) => boolean): number => {
    const section =
      new RegExp(`\\n${heading}  .*\\n((?:[^A-Z\\n].*\\n|\\n(?! *[A-Z]))*)`).exec(text)?.[1] ?? "";
    const kinds = section.matchAll(/^[0-9a-f]{4,12} {2}(.*?)(?:\s+x([\d,]+))?\n {6,14}(.*)/gm);
    return Array.from(kinds, ([, , count = "1", facts = ""]) =>
      isCounted(facts) ? figure(count) : 0,
    ).reduce((sum, count) => sum + count, 0);
  };
  const isViolation = (facts: string): boolean => facts.startsWith("violation");
  return {
    alarms: countIn("THE ALARMS", () => true),
    violations: countIn("WORTH A LOOK", isViolation),
    others: countIn("WORTH A LOOK", (facts) => !isViolation(facts)),
  };
}

/** The ledger's row of that name, by its columns; undefined where it has none. */
export function ledgerIn(text: string, name: string): Readonly<Record<string, number>> | undefined {
  const [, header = ""] = /\nLEDGER\n {2}(read = .*(?:\n {4}\+.*)*)/.exec(text) ?? [];
  const columns = header.match(/\w+/g) ?? [];
  const row = text.split("\n").find((line) => line.startsWith(`  ${name}  `));
  const figures = /\d.*$/.exec(row?.slice(name.length + 3) ?? "")?.[0].match(/[\d,]+/g);
  if (!figures) return undefined;
  return Object.fromEntries(columns.map((column, index) => [column, figure(figures[index])]));
}
