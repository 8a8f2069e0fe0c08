/**
 * Compares logcheck's report with ours, line by line.
 * Promise: names each line that only one report has, once, with the reason where it is known.
 */

/** A line of a report with its heading; lines above all headings have "". */
export interface ReportedLine {
  readonly heading: string;
  readonly line: string;
}

export interface Difference extends ReportedLine {
  readonly only: "logcheck" | "logwinnow";
  /** The reason; undefined when it is not known. */
  readonly reason: string | undefined;
}

/** What can make logcheck lose lines or add some. */
export interface KnownCauses {
  /** What logcheck said when it gave up; undefined when it did not give up. */
  readonly gaveUp: string | undefined;
  /** Rules that are broken or match every line, as where: what. */
  readonly badRules: readonly string[];
  /** Whether exceptions to alerts are enabled but their directory is missing. */
  readonly lacksCrackingIgnore: boolean;
}

/** Reads a report, given as latin1 bytes. A heading is a line with "=-=-…" under it. */
export function readReport(report: string): ReportedLine[] {
  const lines = report.split("\n");
  const reported: ReportedLine[] = [];
  let heading = "";
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line !== "" && isUnderline(lines[index + 1] ?? "")) {
      heading = line;
      index++;
    } else if (line !== "") reported.push({ heading, line });
  }
  return reported;
}

function isUnderline(line: string): boolean {
  return /^(?:=-)+=?$|^=$/.test(line);
}

/** The lines that only one report has: logcheck's first, in the order of each report. */
export function compareReports(theirs: string, ours: string, causes: KnownCauses): Difference[] {
  const [theirLines, ourLines] = [readReport(theirs), readReport(ours)];
  return [
    ...without(theirLines, ourLines).map((line) => ({
      ...line,
      only: "logcheck" as const,
      reason: reasonOfTheirs(line),
    })),
    ...without(ourLines, theirLines).map((line) => ({
      ...line,
      only: "logwinnow" as const,
      reason: reasonOfOurs(line, causes),
    })),
  ];
}

/** The lines of one report without those of the other; a repeated line counts as often as it occurs. */
function without(lines: readonly ReportedLine[], others: readonly ReportedLine[]): ReportedLine[] {
  const keyOf = ({ heading, line }: ReportedLine): string => `${heading}\n${line}`;
  const counts = new Map<string, number>();
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(keyOf(line)) ?? 0;
    counts.set(keyOf(line), count - 1);
    return count <= 0;
  });
}

function reasonOfTheirs({ line }: ReportedLine): string | undefined {
  if (/^\*{3}(?:\*{12}| WARNING)/.test(line))
    return "a warning of logtail's; logwinnow has its own under Logcheck Warnings";
  if (/^(?:perl: warning|\s+(?:LC_ALL|LANGUAGE|LANG|LC_\w+) =|\s+are supported and installed)/.test(line))
    return "perl's complaint about the locale, which logcheck takes for a log line";
  return undefined;
}

function reasonOfOurs({ heading, line }: ReportedLine, causes: KnownCauses): string | undefined {
  if (heading === "Logcheck Warnings" || line.startsWith("E: ")) return "logcheck does not say this";
  if (causes.gaveUp !== undefined) return `logcheck gave up: ${causes.gaveUp}`;
  if (causes.badRules.length > 0)
    return `logcheck drops all remaining lines because of ${causes.badRules.join("; ")}`;
  if (causes.lacksCrackingIgnore)
    return "logcheck drops all alerts when SUPPORT_CRACKING_IGNORE is set and cracking.ignore.d is missing";
  return undefined;
}
