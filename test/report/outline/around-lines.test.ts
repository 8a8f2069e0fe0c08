/** An alarm in its surroundings: marked lines of its own, others beside them, by time. */
import { expect } from "chai";
import { outlineOf } from "../../../src/report/outline/build-outline.js";
import { textOf } from "../../../src/report/render/text.js";
import { groupOf, reportOf } from "../../support/outline-report.js";
import { useTimeZone } from "../../support/time-zone.js";

const near = (line: string) => ({ source: "/var/log/auth.log", line, trueLengthBytes: line.length });

describe("lines around an alarm", () => {
  useTimeZone("UTC");

  const lines = [
    "Mar  4 10:30:10 db7 sshd[9]: Accepted password for root from 192.0.2.7 port 4711 ssh2",
    "Mar  4 10:30:12 db7 sshd[9]: Accepted password for root from 192.0.2.7 port 4712 ssh2",
    "Mar  4 10:40:12 db7 sshd[9]: Accepted password for root from 192.0.2.7 port 4713 ssh2",
  ];
  const around = new Map([
    [
      "0123456789ab",
      {
        middle: { source: "/var/log/syslog", line: lines[0] ?? "" },
        before: [near("Mar  4 10:30:09 db7 sshd[8]: Failed password for root")],
        after: [
          near("Mar  4 10:30:11 db7 su[3]: to root by mira"),
          near("Mar  4 10:30:15 db7 su[3]: \x1b[2Jended"),
        ],
      },
    ],
  ]);
  const report = reportOf([groupOf({ layer: "never", rule: "never.d/ssh:4", lines })], { around });

  it("are in the order of time, and only its own are marked and counted", () => {
    const [alarm] = outlineOf(report).alarms.rows;
    const shown = (alarm?.evidence ?? []).map((part) =>
      part.kind === "more" ? part.words : `${part.isMarked ? ">" : " "} ${part.time} ${part.text.quoted}`,
    );
    expect(shown).to.deep.equal([
      "  10:30:09 sshd[8]: Failed password for root",
      "> 10:30:10 sshd[9]: Accepted password for root from 192.0.2.7 port 4711 ssh2",
      "  10:30:11 su[3]: to root by mira",
      "> 10:30:12 sshd[9]: Accepted password for root from 192.0.2.7 port 4712 ssh2",
      "  10:30:15 su[3]: \\x1b[2Jended",
      "> 10:40:12 sshd[9]: Accepted password for root from 192.0.2.7 port 4713 ssh2",
    ]);
    const { ledger } = outlineOf(report);
    expect(ledger.rows[0]?.figures.slice(0, 3)).to.deep.equal([903, 900, 3]);
  });

  it("stand in the text with a sign before the alarm's own", () => {
    expect(textOf(outlineOf(report))).to.include(
      "\n    10:30:09 sshd[8]: Failed password for root\n  > 10:30:10 sshd[9]: Accepted password for root",
    );
  });

  it("change nothing where nobody looked", () => {
    const { around: _, ...without } = report;
    const [alarm] = outlineOf(without).alarms.rows;
    expect(alarm?.evidence.map((part) => part.kind === "line" && part.isMarked)).to.deep.equal([
      false,
      false,
      false,
    ]);
  });
});
