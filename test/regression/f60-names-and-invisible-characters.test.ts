/** F60: names are UTF-8 in reports, and whatever cannot be seen is shown as an escape, in each form of the report. */
import { expect } from "chai";
import { buildReport, type ReportParts } from "../../src/report/build-report.js";
import type { Report } from "../../src/report/document.js";
import { groupsText } from "../../src/report/render/groups-text.js";
import { terminalPage } from "../../src/report/render/terminal-page.js";
import { terminalLine, terminalText } from "../../src/report/render/terminal.js";
import { outlineOf } from "../../src/report/outline/build-outline.js";
import { reportText } from "../support/mail-text.js";
import { bytesOfText, type ByteString, type Text } from "../../src/std/text/byte-string.js";
import { escaped, escapeLine } from "../../src/std/text/escape.js";
import { Sandbox } from "../support/cli.js";

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Code points that show nothing, or could be taken for a space. */
const invisible: readonly number[] = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0xa0),
  0xad,
  0x34f,
  0x61c,
  ...range(0x115f, 0x1160),
  0x1680,
  ...range(0x17b4, 0x17b5),
  ...range(0x180b, 0x180f),
  ...range(0x2000, 0x200f),
  ...range(0x2028, 0x202f),
  ...range(0x205f, 0x206f),
  0x2800,
  0x3000,
  0x3164,
  ...range(0xfe00, 0xfe0f),
  0xfeff,
  0xffa0,
  ...range(0xfff9, 0xfffc),
  0x1d159,
  ...range(0x1d173, 0x1d17a),
  0xe0001,
  ...range(0xe0020, 0xe007f),
  ...range(0xe0100, 0xe01ef),
];
const visible = "prüfung-日志-журнал-λ-😀-é\u0301-~ $€·¡";

/** What a reader or a terminal would not see; made of the list above, not of the program's own classes. */
const isHidden = (text: string): boolean => {
  const hidden = new Set(invisible.filter((code) => code !== 0x0a));
  return Array.from(text).some((character) => hidden.has(character.codePointAt(0) ?? 0));
};

/** A report with this text in each place that a name or a line can come to. */
function partsWith(text: string): ReportParts {
  const line = bytesOfText(`Nov 22 00:41:26 web1 app[1]: ${text}`);
  const sample = { source: text, line, trueLengthBytes: line.length };
  const group = { shape: bytesOfText(text), rule: `${text}:1`, count: 2 };
  const tally = { by: "port", counts: { [bytesOfText(text)]: 1 }, others: 0 } as const;
  const row = { read: 8, ignored: 0, duplicate: 0, reported: 6, counted: 2 };
  return {
    hostname: text,
    to: new Date("2026-11-22T01:00:00Z"),
    notices: range(1, 30).map(() => ({ where: text, what: text, done: text })),
    groups: [
      { ...group, layer: "never", samples: [sample, { ...sample }] },
      { ...group, layer: "violation", samples: [{ ...sample }, { ...sample }] },
      { ...group, layer: "remainder", count: 4, samples: [{ ...sample }, { ...sample }], tallies: [tally] },
    ],
    ledger: [
      { ...row, source: text },
      { ...row, source: `${text}2`, read: 1, ignored: 1, reported: 0, counted: 0 },
    ],
    tallies: { ignoredByFile: { [text]: 3 }, ignoredByField: [{ file: text, tallies: [tally] }] },
    reportFiles: [text],
  };
}

/** Each form that a report has, at several sizes: where there is little room, other words are used. */
const forms: Readonly<Record<string, (report: Report) => string>> = {
  ...Object.fromEntries(
    [2 ** 20, 4096, 1500, 900].map((maxBytes) => [
      `text, ${maxBytes} bytes`,
      (report: Report) => reportText(report, maxBytes),
    ]),
  ),
  groups: ({ sections, to }) =>
    groupsText(
      sections.flatMap(({ groups }) => groups),
      to,
    ),
  subject: (report) => outlineOf(report).subject,
  "lines on a terminal": ({ sections }) =>
    sections
      .flatMap(({ groups }) => groups.flatMap(({ samples }) => samples))
      .map(({ line }) => terminalLine(line, "remainder", true))
      .join("\n"),
  ...Object.fromEntries(
    [40, 80].map((columns) => [
      `a terminal of ${columns} columns`,
      (report: Report) =>
        terminalText(terminalPage(outlineOf(report), []), { columns, hasColours: false, isUtf8: false }),
    ]),
  ),
};

describe("F60: what cannot be seen is shown", () => {
  for (const [form, render] of Object.entries(forms))
    it(`in each place of the report: ${form}`, () => {
      for (let start = 0; start < invisible.length; start += 8) {
        const text = String.fromCodePoint(...invisible.slice(start, start + 8));
        const shown = render(buildReport(partsWith(`a${text}b`)));
        expect(isHidden(shown), JSON.stringify(text)).to.equal(false);
        expect(shown).not.to.equal("");
      }
    });

  it("each of them is an escape of its own, and different lines look different", () => {
    const escapes = invisible.map((code) => escaped(bytesOfText(`a${String.fromCodePoint(code)}b`)));
    for (const [index, code] of invisible.entries()) {
      const hex = code.toString(16);
      const expected = code < 0x80 ? `a\\x${hex.padStart(2, "0")}b` : `a\\u{${hex}}b`;
      expect(escapes[index]).to.equal(expected);
    }
    expect(new Set(escapes).size).to.equal(escapes.length);
    for (const shown of escapes) expect(escaped(bytesOfText(shown))).not.to.equal(shown);
  });

  it("a variation selector in a command is suspicious, the one of an emoji is only shown", () => {
    expect(escapeLine(bytesOfText("r\u{e0101}m")).isSuspicious).to.equal(true);
    expect(escapeLine(bytesOfText("❤\ufe0f"))).to.deep.equal({ text: "❤\\u{fe0f}", isSuspicious: false });
  });
});

describe("F60: names are text", () => {
  for (const form of ["text, 1048576 bytes"])
    it(`each name is shown as it is: ${form}`, () => {
      const shown = forms[form]?.(buildReport(partsWith(visible))) ?? "";
      expect(shown).not.to.match(/\\x|\\u\{/);
      expect(shown.split(visible).length).to.be.greaterThan(10);
    });

  it("rule directories, logs and lines with letters beyond ASCII", () => {
    const box = new Sandbox();
    try {
      box.write("prüfung/never.d/open", "is open$\n");
      box.write("tür.log", "Nov 22 00:41:26 web1 tür[1]: is open\nNov 22 00:41:26 web1 app: routine\n");
      box.write(
        "logwinnow.toml",
        `[rules]\ndirectories = ["prüfung"]\n[[source]]\nkind = "file"\npath = "*.log"\nfirst_run = "all"\n`,
      );
      const { stdout } = box.run(["check", "--stdout", "--config", box.path("logwinnow.toml")]);
      expect(stdout)
        .to.include("rule open:1")
        .and.to.include("\n  tür.log  2 = ")
        .and.to.include("tür[1]: is open");
    } finally {
      box.remove();
    }
  });

  it("the compiler tells bytes and text apart", () => {
    const name: Text = "prüfung" as Text;
    const line: ByteString = "pr\xfcfung" as ByteString;
    // @ts-expect-error: text is not bytes.
    const wrong = escaped(name);
    expect(wrong).to.equal("pr\\xfcfung");
    expect(escaped(bytesOfText(name))).to.equal("prüfung");
    expect(escaped(line)).to.equal("pr\\xfcfung");
  });
});
