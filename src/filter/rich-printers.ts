/** What `filter` can print besides plain lines: colours, the deciding rule, JSON, groups. */
import type { Verdict } from "../rules/layer.js";
import { placeOf } from "../rules/rule.js";
import type { RuleTitles } from "../rules/titles/rule-titles.js";
import { readEntryOf } from "../entry/header.js";
import { settleExpected } from "../group/expected.js";
import { createGroupTable, defaultGroupLimits, shapeOfFinding } from "../group/group-table.js";
import { KindIds } from "../group/kind.js";
import { conditionText } from "../report/render/wording.js";
import { groupJson } from "./group-json.js";
import { groupsText } from "../report/render/groups-text.js";
import { terminalLine } from "../report/render/terminal.js";
import { escaped, escapedText, jsonText } from "../std/text/escape.js";
import type { ByteString } from "../std/text/byte-string.js";
import { showsColours } from "../std/terminal.js";
import { lineText, nulBytesText } from "../std/text/line-text.js";
import { wordPrinter, type LinePrinter } from "./printers.js";
import { writeText } from "../std/standard-output.js";

export interface PrinterOptions {
  readonly group: boolean;
  readonly json: boolean;
  readonly explain: boolean;
  /** Unset: on a terminal, unless NO_COLOR says otherwise. */
  readonly color?: boolean;
}

/** The printer for the options. `isTerminal`: whether standard output is a terminal. */
export function richPrinter(options: PrinterOptions, titles: RuleTitles, isTerminal: boolean): LinePrinter {
  const now = new Date();
  if (options.group) return groupPrinter(now, titles, options.json);
  if (options.json) {
    const kinds = new KindIds();
    return wordPrinter((...line) => bytesOf(jsonLine(kinds, now, ...line)));
  }
  const show = lineShower(options, isTerminal);
  const shown = (line: string, verdict: Verdict, nulBytes: number): string =>
    nulBytesText(nulBytes) + show(line, verdict);
  if (!options.explain)
    return wordPrinter((_source, line, verdict, nulBytes) => shown(line, verdict, nulBytes));
  return wordPrinter((_source, line, verdict, nulBytes) => {
    return `${bytesOf(escapedText(decidedBy(verdict)))}: ${shown(line, verdict, nulBytes)}`;
  });
}

/** A pipe gets the bytes as they are. A terminal would obey control bytes, so it gets them escaped. */
function lineShower(
  options: PrinterOptions,
  isTerminal: boolean,
): (line: string, verdict: Verdict) => string {
  if (!isTerminal && options.color !== true) return (line) => line;
  const hasColours = showsColours(options.color);
  return (line, { layer }) => bytesOf(terminalLine(line, layer, hasColours));
}

/** Unicode text as bytes in latin1. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function decidedBy(verdict: Verdict): string {
  const decided = ruleOf(verdict) ?? verdict.layer;
  return verdict.because ? `${decided} (${conditionText(verdict.because)})` : decided;
}

function ruleOf({ rule }: Verdict): string | undefined {
  return rule && placeOf(rule);
}

function jsonLine(
  kinds: KindIds,
  now: Date,
  source: string,
  line: string,
  verdict: Verdict,
  leadingNulBytes: number,
  readAs: ByteString | undefined,
): string {
  const entry = readEntryOf(line, readAs, now);
  const { timestampMs, hostname, appName, procId, message } = entry;
  const record = {
    source,
    layer: verdict.layer,
    rule: ruleOf(verdict),
    because: verdict.because,
    firstSeen: verdict.firstSeen && escaped(verdict.firstSeen),
    kind: kinds.idOf(verdict.layer, verdict.rule?.text, shapeOfFinding({ entry, verdict })),
    time: timestampMs === undefined ? undefined : new Date(timestampMs).toISOString(),
    hostname: hostname && escaped(hostname),
    program: appName && escaped(appName),
    procId: procId && escaped(procId),
    message: escaped(message),
    line: escaped(line),
    leadingNulBytes: leadingNulBytes > 0 ? leadingNulBytes : undefined,
  };
  return jsonText(record);
}

function groupPrinter(now: Date, titles: RuleTitles, isJson: boolean): LinePrinter {
  const table = createGroupTable({ isGrouped: true, limits: defaultGroupLimits, titles });
  return {
    print(source, lines) {
      for (let index = 0; index < lines.selectedCount; index++) {
        const line = lineText(lines.line(index));
        const reading = lines.readAs(index);
        const readAs = reading && lineText(reading);
        const verdict = lines.verdict(index);
        const shown = nulBytesText(lines.leadingNulBytes(index)) + line;
        table.add({
          source,
          line: shown,
          trueLengthBytes: shown.length,
          verdict,
          readAs: readAs ?? line,
          entry: readEntryOf(line, readAs, now),
        });
      }
    },
    end() {
      const groups = settleExpected(table.groups(), () => undefined);
      writeText(isJson ? groups.map((group) => `${groupJson(group)}\n`).join("") : groupsText(groups, now));
    },
  };
}
