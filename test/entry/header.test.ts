/** Headers: time, host, program and process of a line; what cannot be read is left out. */
import { expect } from "chai";
import { readEntry, timestampOf } from "../../src/entry/header.js";
import { expectLinear } from "../support/expect-linear.js";
import { useTimeZone } from "../support/time-zone.js";

const reference = new Date(2026, 10, 22, 12, 0, 0);

/** Local time, months from 1. */
function local(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, ms = 0): number {
  return new Date(year, month - 1, day, hour, minute, second, ms).getTime();
}

function bytes(line: string): Uint8Array {
  return Buffer.from(line, "latin1");
}

const hostless = { appName: "sshd", procId: "812", message: "x" };
const sshd = { hostname: "web1", ...hostless };

const entries: Readonly<Record<string, object>> = {
  "Nov 22 00:41:26 web1 sshd[812]: Connection closed": {
    timestampMs: local(2026, 11, 22, 0, 41, 26),
    hostname: "web1",
    appName: "sshd",
    procId: "812",
    message: "Connection closed",
  },
  "Nov  2 00:41:26 web1 postfix/smtpd[9]: connect": {
    timestampMs: local(2026, 11, 2, 0, 41, 26),
    hostname: "web1",
    appName: "postfix/smtpd",
    procId: "9",
    message: "connect",
  },
  "2026-11-22T00:41:26.123456+01:00 web1 kernel: [12345.678] usb 1-1: new": {
    timestampMs: Date.UTC(2026, 10, 21, 23, 41, 26, 123),
    hostname: "web1",
    appName: "kernel",
    message: "[12345.678] usb 1-1: new",
  },
  "2026-11-22T00:41:26Z web1 cron[1]: x": {
    timestampMs: Date.UTC(2026, 10, 22, 0, 41, 26),
    hostname: "web1",
    appName: "cron",
    procId: "1",
    message: "x",
  },
  "kernel: [12345.678] usb 1-1: new": { appName: "kernel", message: "[12345.678] usb 1-1: new" },
  "2026/11/22 00:41:26 [error] 12#12: *5 open() failed": {
    timestampMs: local(2026, 11, 22, 0, 41, 26),
    message: "[error] 12#12: *5 open() failed",
  },
  "[Sun Nov 22 00:41:26.123456 2026] [core:error] [pid 9] x": {
    timestampMs: local(2026, 11, 22, 0, 41, 26, 123),
    message: "[core:error] [pid 9] x",
  },
  "[Sun Nov 22 00:41:26 2026] [error] x": {
    timestampMs: local(2026, 11, 22, 0, 41, 26),
    message: "[error] x",
  },
  "2026-11-22 00:41:26,123 fail2ban.actions [812]: NOTICE Ban": {
    timestampMs: local(2026, 11, 22, 0, 41, 26, 123),
    message: "fail2ban.actions [812]: NOTICE Ban",
  },
  "Nov 22 00:41:26 web1 last message repeated 2 times": {
    timestampMs: local(2026, 11, 22, 0, 41, 26),
    hostname: "web1",
    message: "last message repeated 2 times",
  },
  "Nov 22 00:41:26 web1": { timestampMs: local(2026, 11, 22, 0, 41, 26), message: "web1" },
  "Nov 22 00:41:26": { timestampMs: local(2026, 11, 22, 0, 41, 26), message: "" },
  "Nov 2 00:41:26 web1 sshd[812]: x": { timestampMs: local(2026, 11, 2, 0, 41, 26), ...sshd },
  "Nov 22 00:41:26.123456 web1 sshd[812]: x": { timestampMs: local(2026, 11, 22, 0, 41, 26, 123), ...sshd },
  "Nov 22 00:41:26 2025 web1 sshd[812]: x": { timestampMs: local(2025, 11, 22, 0, 41, 26), ...sshd },
  "Nov 22 2025 00:41:26 web1 sshd[812]: x": { timestampMs: local(2025, 11, 22, 0, 41, 26), ...sshd },
  "2025 Nov 22 00:41:26.5 web1 sshd[812]: x": { timestampMs: local(2025, 11, 22, 0, 41, 26, 500), ...sshd },
  "Nov 22 00:41:26 4711 sshd[812]: x": {
    timestampMs: local(2026, 11, 22, 0, 41, 26),
    ...sshd,
    hostname: "4711",
  },
  "f\xc3\xa9vr. 22 00:41:26 web1 sshd[812]: x": { timestampMs: local(2026, 2, 22, 0, 41, 26), ...sshd },
  "M\xc3\xa4r  2 00:41:26 web1 sshd[812]: x": { timestampMs: local(2026, 3, 2, 0, 41, 26), ...sshd },
  "11\xe6\x9c\x88 22 00:41:26 web1 sshd[812]: x": { timestampMs: local(2026, 11, 22, 0, 41, 26), ...sshd },
  "2026-11-22 00:41:26 web1 sshd[812]: x": { timestampMs: local(2026, 11, 22, 0, 41, 26), ...sshd },
  "Nov 22 00:41:26 2001:db8::10 sshd[812]: x": {
    timestampMs: local(2026, 11, 22, 0, 41, 26),
    ...sshd,
    hostname: "2001:db8::10",
  },
  "Nov 22 00:41:26  sshd[812]: x": { timestampMs: local(2026, 11, 22, 0, 41, 26), ...hostless },
  "Nov 22 00:41:26 sshd[812]: x": { timestampMs: local(2026, 11, 22, 0, 41, 26), ...hostless },
  "Nov 22 00:41:26 - sshd[812]: x": { timestampMs: local(2026, 11, 22, 0, 41, 26), ...hostless },
  "Nov 22 00:41:26 web1 /usr/sbin/sshd[812]: x": { timestampMs: local(2026, 11, 22, 0, 41, 26), ...sshd },
  "no header at all": { message: "no header at all" },
  "": { message: "" },
  "\x00\xff\x1b[31m": { message: "\x00\xff\x1b[31m" },
};

const noStamps = [
  "Nov 31 00:41:26 web1 x: there is no such day",
  "Feb 30 00:41:26 web1 x",
  "Nov 22 24:41:26 web1 x",
  "Nov 22 00:61:26 web1 x",
  "Nov 22 0:41:26 web1 x",
  "Nuv 22 00:41:26 web1 x",
  "13\xe6\x9c\x88 22 00:41:26 web1 x",
  "Nov 31 00:41:26.123 web1 x",
  "Nov 22 2026 24:41:26 web1 x",
  "2026-13-01T00:00:00Z web1 x",
  "2026-02-29T00:00:00Z web1 x",
  "0026-02-01T00:00:00Z web1 x",
  "2026-11-22T00:41 web1 x",
  "[Sun Nov 22 00:41:26.12345678901234567890123456789 2026] x",
  "12345",
  "[",
];

describe("header: time, host, program, process", () => {
  for (const [line, entry] of Object.entries(entries)) {
    it(JSON.stringify(line), () => {
      expect(readEntry(line, reference)).to.deep.equal(entry);
      expect(timestampOf(bytes(line), reference)).to.equal(
        "timestampMs" in entry ? entry.timestampMs : undefined,
      );
    });
  }

  for (const line of noStamps) {
    it(`no time stamp, but an entry: ${line}`, () => {
      expect(readEntry(line, reference)).to.deep.equal({ message: line });
    });
  }

  describe("a stamp without a year is the latest no more than a day ahead", () => {
    const cases: readonly (readonly [string, Date, number])[] = [
      ["Nov 22 12:00:00", reference, local(2026, 11, 22, 12)],
      ["Nov 23 12:00:00", reference, local(2026, 11, 23, 12)],
      ["Nov 23 12:00:01", reference, local(2025, 11, 23, 12, 0, 1)],
      ["Dec 31 23:59:59", new Date(2027, 0, 1, 0, 0, 5), local(2026, 12, 31, 23, 59, 59)],
      ["Jan  1 00:00:05", new Date(2026, 11, 31, 23, 59, 59), local(2027, 1, 1, 0, 0, 5)],
      ["Feb 29 00:00:00", reference, local(2024, 2, 29)],
      ["Feb 29 00:00:00", new Date(2103, 5, 1), local(2096, 2, 29)],
    ];
    for (const [stamp, now, expected] of cases) {
      it(`${stamp} seen on ${now.toDateString()}`, () => {
        expect(timestampOf(bytes(`${stamp} web1 x: y`), now)).to.equal(expected);
      });
    }
  });

  it("an entry keeps every byte of the message", () => {
    const message = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
    expect(readEntry(`Nov 22 00:41:26 web1 x: ${message}`, reference).message).to.equal(message);
  });

  it("hostile lines of 64 KiB are read in linear time", async () => {
    const filler = ["[", " ", ":", "a", "1", "=", "IN=", " IN=x OUT=", "\xff"];
    const starts = [
      "",
      "Nov 22 00:41:26 ",
      "Nov 22 00:41:26 web1 ",
      "Nov 22 00:41:26 web1 kernel: ",
      "[Sun Nov ",
    ];
    for (const start of starts) {
      for (const text of filler) {
        const reading = (size: number) => {
          const line = start + text.repeat(size / text.length);
          return () => readEntry(line, reference);
        };
        await expectLinear(JSON.stringify(start + text), reading, 16_384);
      }
    }
  });
});

describe("header: time zones", () => {
  useTimeZone("America/New_York");

  it("a stamp without an offset is local time, in winter and in summer", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(timestampOf(bytes("Nov 22 00:41:26 web1 x: y"), now)).to.equal(Date.UTC(2026, 10, 22, 5, 41, 26));
    expect(timestampOf(bytes("Jul 22 00:41:26 web1 x: y"), now)).to.equal(Date.UTC(2026, 6, 22, 4, 41, 26));
    expect(timestampOf(bytes("2026-07-22 00:41:26 x"), now)).to.equal(Date.UTC(2026, 6, 22, 4, 41, 26));
  });

  it("an hour that the clock skipped or gave twice is still a time", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(timestampOf(bytes("Mar  8 02:30:00 web1 x: y"), now)).to.equal(Date.UTC(2026, 2, 8, 7, 30));
    expect(timestampOf(bytes("Nov  1 01:30:00 web1 x: y"), now)).to.equal(Date.UTC(2026, 10, 1, 5, 30));
  });
});
