/** What a mail says, before any form sets it. */
import { expect } from "chai";
import fc from "fast-check";
import type { Group } from "../../../src/group/group.js";
import { outlineOf } from "../../../src/report/outline/build-outline.js";
import { plainText } from "../../../src/report/outline/kind/quoted.js";
import { withoutLogText } from "../../../src/report/without-log-text.js";
import { groupOf, history, reportOf } from "../../support/outline-report.js";
import { seed } from "../../support/seed.js";
import { useTimeZone } from "../../support/time-zone.js";

const alarm = { layer: "never", rule: "/usr/share/logwinnow/never.d/disks:7" } as const;
const line = (time: string, text: string): string => `Mar  4 ${time} db7 ${text}`;
const kindNumber = (digit: number): string => String(digit).repeat(12);

describe("the outline of a report", () => {
  useTimeZone("UTC");

  it("puts alarms first, then the worse band, titles, what is new, what is rare, what is early", () => {
    const kinds = [
      groupOf({ kind: kindNumber(1), lines: [line("10:01:00", "app: b"), line("10:02:00", "app: b")] }),
      groupOf({ kind: kindNumber(2), lines: [line("10:01:00", "app: a")] }),
      groupOf({
        kind: kindNumber(3),
        title: "a disk is full",
        band: "damage",
        lines: [line("10:09:00", "app: c")],
      }),
      groupOf({
        kind: kindNumber(4),
        layer: "violation",
        rule: "v:1",
        title: "a wrong password",
        lines: [line("10:03:00", "su: x")],
      }),
      groupOf({ kind: kindNumber(5), ...alarm, lines: [line("10:30:00", "kernel: d")] }),
      groupOf({
        kind: kindNumber(6),
        ...alarm,
        band: "break-in",
        title: "a shell was opened",
        lines: [line("10:40:00", "app: e")],
      }),
    ];
    const { alarmRows, look } = outlineOf(reportOf(kinds, { remembersKinds: true }));
    expect(alarmRows.rows.map(({ id }) => id)).to.deep.equal(["6666", "5555"]);
    expect(look.rows.map(({ id }) => id)).to.deep.equal(["3333", "4444", "2222", "1111"]);
  });

  it("tells known kinds apart, with what is known of them", () => {
    const kinds = [
      groupOf({ kind: kindNumber(1), lines: [line("10:01:00", "app: a")], history }),
      groupOf({ kind: kindNumber(2), lines: [line("10:01:00", "app: b")] }),
    ];
    const { known, look, counts } = outlineOf(reportOf(kinds, { remembersKinds: true }));
    expect(known.rows.map(({ id, facts }) => [id, facts.map(({ words }) => words)])).to.deep.equal([
      ["1111", ["known since 20 Feb", "14 reports", "10:01:00"]],
    ]);
    expect(look.rows.map(({ id, novelty }) => [id, novelty])).to.deep.equal([["2222", "new"]]);
    expect(counts).to.include({ fresh: 1, known: 1, others: 0 });
  });

  it("calls nothing new where no report before was asked", () => {
    const { look, counts } = outlineOf(reportOf([groupOf({ lines: [line("10:01:00", "app: a")] })]));
    expect(look.rows[0]?.facts.map(({ words }) => words)).to.deep.equal(["10:01:00"]);
    expect(counts).to.include({ fresh: 0, others: 1 });
  });

  it("shows exact repeats once, and counts what is left", () => {
    const lines = [
      ...["10:00:05", "10:00:09", "10:01:00"].map((time) => line(time, "app[7]: down")),
      ...Array.from({ length: 5 }, (_, index) => line(`10:02:0${index}`, `app[7]: try ${index}`)),
    ];
    const { alarms } = outlineOf(reportOf([groupOf({ count: 100, ...alarm, lines })]));
    const shown = alarms.rows[0]?.evidence.map((part) =>
      part.kind === "line" ? `${part.time} x${part.repeats} ${part.text.quoted}` : `... ${part.words}`,
    );
    expect(shown).to.deep.equal([
      "10:00:05 x3 app[7]: down",
      "10:02:00 x1 app[7]: try 0",
      "10:02:01 x1 app[7]: try 1",
      "10:02:02 x1 app[7]: try 2",
      "10:02:03 x1 app[7]: try 3",
      "10:02:04 x1 app[7]: try 4",
      "... 92 more like these",
    ]);
  });

  it("shows three of a kind, where there are no more", () => {
    const lines = ["a", "b", "c"].map((text) => line("10:01:00", `app: ${text}`));
    const { look } = outlineOf(reportOf([groupOf({ lines })]));
    expect(look.rows[0]?.evidence.length).to.equal(3);
  });

  it("names the host of a line that came from another one, and leaves out its own", () => {
    const kind = groupOf({ lines: [line("10:01:00", "app: a"), "Mar  4 10:02:00 mx3 app: a"] });
    const { look } = outlineOf(reportOf([kind]));
    const texts = look.rows[0]?.evidence.map((part) => (part.kind === "line" ? part.text.quoted : ""));
    expect(texts).to.deep.equal(["app: a", "mx3 app: a"]);
  });

  it("says what the address of an alarm did before, and in which other alarm it is", () => {
    const keys = [{ by: "address", counts: { "192.0.2.9": 1 }, others: 0 }] as const;
    const kinds: Group[] = [
      groupOf({
        kind: kindNumber(1),
        ...alarm,
        band: "break-in",
        title: "root logged in",
        keys,
        lines: [line("10:30:00", "sshd: a")],
      }),
      groupOf({
        kind: kindNumber(2),
        ...alarm,
        title: "a port was opened",
        keys,
        lines: [line("10:31:00", "app: b")],
      }),
    ];
    const addresses = { by: "address", counts: { "192.0.2.9": 30, "192.0.2.1": 10 }, others: 0 } as const;
    const users = { by: "user", counts: { root: 39, "a\x1bb": 1 }, others: 0 } as const;
    const before = {
      attempts: 30,
      firstMs: Date.parse("2026-03-04T10:02:00Z"),
      lastMs: Date.parse("2026-03-04T10:29:00Z"),
      user: "root",
    };
    const session = {
      address: "192.0.2.9",
      user: "root",
      port: "77",
      atMs: Date.parse("2026-03-04T10:30:00Z"),
      before,
    };
    const span = { firstMs: Date.parse("2026-03-04T10:01:00Z"), lastMs: Date.parse("2026-03-04T10:45:00Z") };
    const logins = { refused: 40, ...span, addresses, users, sessions: [session], usualPerHour: 9 };
    const report = reportOf(kinds, { logins });
    const outline = outlineOf(report);
    expect(outline.alarms.rows.map(({ leads }) => leads)).to.deep.equal([
      ["192.0.2.9 was refused 30 times before, 10:02:00 to 10:29:00, always as root."],
      [
        "192.0.2.9 was refused 30 times before, 10:02:00 to 10:29:00, always as root.",
        "192.0.2.9 is also the address of 1111: root logged in.",
      ],
    ]);
    expect(outline.logins?.addresses.rows[0]).to.deep.equal({
      address: "192.0.2.9",
      count: 30,
      letInAt: "10:30:00",
    });
    expect(outline.logins?.sentence).to.equal(
      "Refused ssh logins: 40 from 2 addresses, 1 let in. Usually 9 an hour.",
    );
    expect(outline.timeline.rows.map(({ time, what }) => `${time} ${what}`)).to.deep.equal([
      "10:01:00 40 ssh logins refused until 10:45:00, from 2 addresses",
      "10:30:00 root logged in",
      "10:31:00 a port was opened",
    ]);
    const bare = outlineOf(withoutLogText(report).report);
    expect(JSON.stringify([bare.logins, bare.timeline, bare.verdict])).to.not.match(/192\.0\.2|root[^ ]/);
    expect(bare.logins?.sentence).to.equal("Refused ssh logins: 40, 1 let in. Usually 9 an hour.");
  });

  it("lets no text of a log into the subject, the first words or a heading", () => {
    const hostile = fc.string({ unit: "binary", minLength: 1, maxLength: 80 }).map((text) => `zqx!${text}`);
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), fc.boolean(), (texts, isAlarm) => {
        const groups = texts.map((text, index) => {
          const bytes = Buffer.from(text).toString("latin1");
          return groupOf({
            kind: kindNumber(index),
            ...(isAlarm && alarm),
            shape: `${bytes}: ${bytes}`,
            lines: [line("10:01:00", `${bytes}: ${bytes}`), line("10:01:00", bytes)],
          });
        });
        const outline = outlineOf(reportOf(groups));
        const { subject, preheader, verdict, timeline, alarmRows, look } = outline;
        const { title, facts, rest } = verdict;
        const names = [...alarmRows.rows, ...look.rows].flatMap((kind) => [
          ...kind.name.filter((part) => typeof part === "string"),
          ...kind.facts.map(({ words }) => words),
        ]);
        for (const word of [subject, preheader, title, facts, rest, JSON.stringify(timeline), ...names]) {
          expect(word).to.match(/^[ -~]*$/);
          expect(word).to.not.include("zqx");
        }
        for (const part of look.rows.flatMap(({ evidence }) => evidence))
          if (part.kind === "line") expect(part.text.quoted).to.match(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);
      }),
      { seed, numRuns: 50 },
    );
  });

  it("tells of sources that are read for the first time at the top, and not as what was not seen", () => {
    const notices = ["/var/log/syslog", "journal"].map((where) => ({
      where,
      what: "first run",
      done: "reading all of it",
    }));
    const { notSeen, verdict, urgency } = outlineOf(reportOf([], { notices }));
    expect(notSeen.rows).to.deep.equal([]);
    expect(urgency).to.equal("news");
    expect(verdict.notes.map(plainText)).to.deep.equal([
      "This is the first run on /var/log/syslog: reading all of it, and on 1 more.",
    ]);
  });

  it("says of an outbound packet where it was sent to", () => {
    const keys = [{ by: "address", counts: { "192.0.2.9": 1 }, others: 0 }] as const;
    const lines = [
      line("10:30:00", "kernel: [9.1] [BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.9 PROTO=TCP"),
    ];
    const kind = groupOf({ ...alarm, shape: "kernel: [BLOCK] packet outbound", keys, lines });
    const { alarmRows } = outlineOf(reportOf([kind]));
    expect(alarmRows.rows[0]?.facts.map(({ words }) => words)).to.include("to 192.0.2.9");
  });

  it("has no notice twice, and says in how many places the same is wrong", () => {
    const notices = ["a:1", "b:1", "c:1", "d:1", "e:1"].map((where) => ({
      where,
      what: "odd",
      done: "rule skipped",
    }));
    const { notSeen, urgency, subject } = outlineOf(reportOf([], { notices }));
    expect(notSeen.rows.map(({ what, details }) => [what, ...details].map(plainText))).to.deep.equal([
      ["a:1: odd", "rule skipped.", "Also: b:1", "Also: c:1", "The same in 2 more."],
    ]);
    expect([urgency, subject]).to.deep.equal(["blind", "db7: 5 not seen"]);
  });
});
