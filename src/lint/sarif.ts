/**
 * Writes findings as SARIF 2.1.0, which editors and code hosts show beside the lines.
 * Promise: the document is valid for the standard's schema, whatever is found.
 */
import { pathToFileURL } from "node:url";
import { escaped, jsonText } from "../std/text/escape.js";
import { findingKinds, isFault, type Finding } from "./finding.js";

/** One line, with its newline. In: findings, and the program's version. */
export function asSarif(findings: readonly Finding[], version: string): string {
  const rules = Object.entries(findingKinds).map(([id, text]) => ({ id, shortDescription: { text } }));
  const run = {
    tool: { driver: { name: "logwinnow", version, rules } },
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => resultOf(finding)),
  };
  return `${jsonText({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  })}\n`;
}

function resultOf(finding: Finding): object {
  const { file, line, column, kind, message, other, witness } = finding;
  const example = witness === undefined ? "" : `; for example: ${escaped(witness)}`;
  const [, otherFile, otherLine] = /^(.*):(\d+)$/s.exec(other ?? "") ?? [];
  return {
    ruleId: kind,
    level: isFault(finding) ? "warning" : "note",
    message: { text: `${message}${example}` },
    locations: [locationOf(file, Number(line), column)],
    ...(otherFile !== undefined && { relatedLocations: [locationOf(otherFile, Number(otherLine), 1)] }),
  };
}

function locationOf(file: string, startLine: number, startColumn: number): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: pathToFileURL(file).href },
      region: { startLine, startColumn },
    },
  };
}
