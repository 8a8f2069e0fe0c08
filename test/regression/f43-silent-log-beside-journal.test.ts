/** F43: a syslog file that nobody writes to does not hide a journal that goes on. */
import { expect } from "chai";
import { usualLookBack } from "../../src/sources/look-back.js";
import { usualLogs } from "../../src/sources/usual-logs.js";
import { formatNotice } from "../../src/std/notice.js";

const hourMs = 3_600_000;
const now = Date.parse("2026-11-25T12:00:00Z");

describe("the usual logs beside a journal (F43)", () => {
  const persistent = "/var/log/journal";
  const volatile = "/run/log/journal";

  for (const [what, writtenHoursAgo, isJournalRead] of [
    ["an empty syslog", { "/var/log/syslog": undefined, [persistent]: 0 }, true],
    [
      "an empty syslog that was rotated just now",
      { "/var/log/syslog": undefined, "/var/log/syslog.1": 1, [persistent]: 0 },
      false,
    ],
    [
      "an empty syslog whose last was rotated long ago",
      { "/var/log/syslog": undefined, "/var/log/syslog.1": 200, [persistent]: 0 },
      true,
    ],
    ["a syslog of last week", { "/var/log/syslog": 170, [persistent]: 0 }, true],
    ["a syslog of last week and a volatile journal", { "/var/log/syslog": 170, [volatile]: 0 }, true],
    [
      "a living syslog and a dead auth.log",
      { "/var/log/syslog": 0, "/var/log/auth.log": 100, [persistent]: 0 },
      true,
    ],
    ["a living syslog", { "/var/log/syslog": 1, [persistent]: 0 }, false],
    ["a dead journal", { "/var/log/syslog": 170, [persistent]: 400 }, false],
    ["both silent since the same hour", { "/var/log/messages": 170, [persistent]: 169 }, false],
    ["no journal", { "/var/log/syslog": 170 }, false],
  ] as readonly (readonly [string, Readonly<Record<string, number | undefined>>, boolean])[])
    it(`${isJournalRead ? "reads both" : "reads what it reads without configuration"}: ${what}`, () => {
      const usual = usualLogs(usualLookBack, {
        exists: (path) => path in writtenHoursAgo,
        lastWrittenMs: (path) => {
          const hours = writtenHoursAgo[path];
          return hours === undefined ? undefined : now - hours * hourMs;
        },
      });
      expect(usual.map(({ kind }) => kind)).to.deep.equal(isJournalRead ? ["file", "journal"] : ["file"]);
      const reasons = usual.flatMap(({ reason }) => (reason ? [formatNotice(reason)] : []));
      expect(reasons).to.have.length(isJournalRead ? 1 : 0);
      if (isJournalRead)
        expect(reasons[0]).to.match(
          /: nobody writes to it, while the journal goes on: the journal is read, too$/,
        );
    });
});
