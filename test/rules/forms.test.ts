/**
 * Writes the same events in every form that a header can take, and the rules as the directories' loader reads them.
 * Promise: one event has one verdict, by the same rules, whichever program wrote it down.
 */

import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { loadRules } from "../../src/rules/files/load-rules.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Level } from "../../src/rules/rule.js";
import { FileForms } from "../../src/sources/forms/file-forms.js";
import { formatNotice } from "../../src/std/notice.js";
import { commonForms, doubtfulForms, eventOf, otherForms } from "../support/forms.js";
import { matcherOf } from "./matcher.js";
import { proofLines, shippedRules } from "./shipped.js";

const traditional = /^\w{3} [ :0-9]{11} /u;
const stamps: readonly { readonly form: string; readonly stamp: string }[] = [
  { form: "ISO as rsyslog writes it", stamp: "2026-11-22T00:41:26.123456+00:00" },
  { form: "ISO of another zone", stamp: "2026-11-22T01:41:26.123456+01:00" },
  { form: "ISO without a fraction, in UTC", stamp: "2026-11-22T00:41:26Z" },
  { form: "traditional, early in the month", stamp: "Dec  2 00:41:26" },
];

describe("shipped rules and the forms of a header", () => {
  const match = matcherOf(shippedRules());
  const lines = proofLines().filter(({ text }) => traditional.test(text));

  for (const { form, stamp } of stamps) {
    it(`decide the same: ${form}`, () => {
      const changed = lines.filter(({ text }) => {
        const rewritten = text.replace(traditional, `${stamp} `);
        return match(rewritten) !== match(text); // One match set is one list.
      });
      expect(changed.map(({ text }) => text)).to.deep.equal([]);
    });
  }

  it("decide the same: a kernel message from the journal, without its seconds since boot", () => {
    const changed = lines.filter(({ text }) => {
      const rewritten = text.replace(/ kernel: \[ *[.0-9]+\] ?/u, " kernel: ");
      return match(rewritten) !== match(text);
    });
    expect(changed.map(({ text }) => text)).to.deep.equal([]);
  });

  const events = lines.flatMap(({ text }) => {
    const event = eventOf(Buffer.from(text).toString("latin1"));
    return event ? [{ text, event }] : [];
  });
  const matchBytes = (line: string) => match(Buffer.from(line, "latin1").toString());

  for (const [form, write] of Object.entries(commonForms)) {
    it(`decide the same as they are: ${form}`, () => {
      const changed = events.filter(({ text, event }) => matchBytes(write(event)) !== match(text));
      expect(changed.map(({ text }) => text)).to.deep.equal([]);
    });
  }

  for (const [form, writers] of Object.entries({ ...otherForms, ...doubtfulForms }))
    for (const [index, write] of writers.entries()) {
      it(`decide the same in a log of the form: ${form}, ${index + 1}`, () => {
        expect(events.length).to.be.greaterThan(500);
        const log = events.map(({ event }) => `${write(event)}\n`).join("");
        const readings = new FileForms({ hostname: "web1" }).read(Buffer.from(log, "latin1")) ?? [];
        const changed = events.filter(({ text, event }, place) => {
          const read = readings[place];
          if (read === undefined || matchBytes(read) !== match(text)) return true;
          // What matches the line as it is matches what it reads as, too.
          return matchBytes(write(event)).some((rule) => !match(text).includes(rule));
        });
        expect(changed.map(({ event }) => write(event))).to.deep.equal([]);
      });
    }
});

describe("shipped directories", () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const levels: readonly Level[] = ["paranoid", "server", "workstation"];

  for (const level of levels) {
    it(`load without a word at level ${level}`, () => {
      const { rules, notices } = loadRules({ directories: [{ path: root, isNamed: true }], level });
      const compiled = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
      expect([...notices, ...compiled.notices].map(formatNotice)).to.deep.equal([]);
      expect(compiled.rules).to.have.lengthOf(rules.length);
    });
  }
});
