/** Forms of lines: each is known by what stands before the message, and reads as the traditional line. */
import { expect } from "chai";
import { readForm } from "../../../src/entry/forms/read-form.js";
import { withoutStamp } from "../../../src/entry/forms/stamped.js";
import { timestampOf } from "../../../src/entry/header.js";
import { commonForms, doubtfulForms, otherForms, type Event } from "../../support/forms.js";
import { expectLinear } from "../../support/expect-linear.js";
import { useTimeZone } from "../../support/time-zone.js";

const unstated = { hostname: "-" };
const sshd: Event = {
  host: "web1",
  program: "sshd",
  process: "4321",
  message: "Invalid user bob from 192.0.2.7",
};
const kernel: Event = {
  host: "web1",
  program: "kernel",
  process: undefined,
  message: "[ 12.345678] usb 1-1: new",
};

const all = Object.entries({ ...otherForms, ...doubtfulForms }).flatMap(([form, writers]) =>
  writers.map((write) => ({ form, write })),
);

/** The tag and the message of what a line reads as. */
function readTail(line: string): string | undefined {
  const found = readForm(line, unstated);
  const read = found === "common" ? line : (found?.unpadded ?? found?.line);
  return /^\S* (?:\/usr\/sbin\/)?(.*)$/s.exec(withoutStamp(read ?? "")?.rest ?? "")?.[1];
}

describe("forms of lines", () => {
  useTimeZone("UTC");

  for (const { form, write } of all) {
    const line = write(sshd);
    it(`${form}: ${JSON.stringify(line)}`, () => {
      const reading = readForm(line, unstated);
      expect(reading).to.be.an("object").with.property("form", form);
      expect(readTail(line)).to.equal(`sshd[4321]: ${sshd.message}`);
    });
  }

  for (const { form, write } of all.filter(({ form }) => form !== "journalctl -o short-monotonic"))
    it(`${form}: a tag without a process, and an empty message`, () => {
      expect(readTail(write(kernel))).to.equal(`kernel: ${kernel.message}`);
      // Without a message, structured data say all.
      const tail = readTail(write({ ...sshd, message: "" })) ?? "";
      expect(tail.replace(/\[origin.*$/, "").trimEnd()).to.equal("sshd[4321]:");
    });

  for (const [form, write] of Object.entries(commonForms))
    it(`${form}: rules match it as it is`, () => {
      expect(readForm(write(sshd), unstated)).to.equal("common");
    });

  it("the time of a line is found in each form that states one", () => {
    const now = new Date(Date.UTC(2026, 11, 1));
    const timeless = /short-monotonic|no time stamp|a tag alone/;
    for (const { form, write } of all) {
      const line = write(sshd);
      const timestampMs = timestampOf(Buffer.from(line, "latin1"), now);
      if (
        timeless.test(form) ||
        line.startsWith("<38>1 - ") ||
        line.startsWith("web-1  | ") ||
        line.startsWith("[pod")
      )
        continue;
      expect(timestampMs, line).to.be.within(Date.UTC(2026, 6, 1), Date.UTC(2026, 10, 30));
    }
    const timeOf = (line: string): number | undefined => timestampOf(Buffer.from(line, "latin1"), now);
    expect(timeOf("<38>Nov 22 07:31:09 web1 a: b")).to.equal(Date.UTC(2026, 10, 22, 7, 31, 9));
    expect(timeOf("<38>1 2026-11-22T07:31:09.5+01:00 web1 a 1 - - b")).to.equal(
      Date.UTC(2026, 10, 22, 6, 31, 9, 500),
    );
    expect(timeOf("Sun 2026-11-22 07:31:09 UTC web1 a: b")).to.equal(Date.UTC(2026, 10, 22, 7, 31, 9));
    expect(timeOf("Sun Nov  2 07:31:09 2025 user.info a: b")).to.equal(Date.UTC(2025, 10, 2, 7, 31, 9));
    expect(timeOf("1784713652.755556 web1 a: b")).to.equal(1_784_713_652_755);
    expect(timeOf("web-1  | 2026-11-22T07:31:09.123456789Z b")).to.equal(
      Date.UTC(2026, 10, 22, 7, 31, 9, 123),
    );
    expect(timeOf("[4158954.403152] web1 a: b")).to.equal(undefined);
  });

  it("journalctl -o with-unit: a unit's lines are those of its program; those of a session are nobody's", () => {
    const of = (unit: string, message = "x"): string | undefined =>
      readTail(`Sun 2026-11-22 07:31:09 UTC web1 ${unit}[812]: ${message}`);
    expect(of("ssh.service")).to.equal("sshd[812]: x");
    expect(of("ssh@7-192.0.2.10:22-192.0.2.7:4242.service")).to.equal("sshd[812]: x");
    expect(of("init.scope")).to.equal("systemd[812]: x");
    expect(of("systemd-logind.service")).to.equal("systemd-logind[812]: x");
    expect(of("cron.service", "(root) CMD (true)")).to.equal("CRON[812]: (root) CMD (true)");
    expect(of("cron.service", "(CRON) INFO (Running @reboot jobs)")).to.match(/^cron\[812\]/);
    expect(of("session-3.scope", "pam_unix(sudo:session): session opened")).to.match(/^session-3\.scope\[/);
  });

  it("dmesg: the kernel's, where no host and process follow", () => {
    expect(readTail("[    5.123456] Linux version 6.1")).to.equal("kernel: [    5.123456] Linux version 6.1");
    expect(readForm("[    5.123456] usb 1-1: new device", unstated))
      .to.have.property("otherwise")
      .with.property("line", "Jan  1 00:00:00 - kernel: [    5.123456] usb 1-1: new device");
    expect(readTail("[    5.123456] systemd[1]: Started x")).to.equal(
      "kernel: [    5.123456] systemd[1]: Started x",
    );
  });

  it("a container's lines without a header are under its name, or as they are", () => {
    expect(readTail("web-1  | ready to go")).to.equal("web-1: ready to go");
    expect(readTail("web-1  | sshd[1]: x")).to.equal("sshd[1]: x");
    const text = '192.0.2.7 - - [22/Nov/2026:07:31:09 +0000] "GET / HTTP/1.1" 200 5 "-" "curl"';
    for (const line of [`web-1  | ${text}`, `2026-11-22T07:31:09.123456789Z stdout F ${text}`])
      expect(readForm(line, unstated)).to.have.property("line", text);
  });

  const nothing = [
    "",
    " ",
    "no header at all",
    "2026/11/22 00:41:26 [error] 12#12: *5 open() failed",
    "[Sun Nov 22 00:41:26.123456 2026] [core:error] [pid 9] x",
    '192.0.2.7 - - [22/Nov/2026:00:41:26 +0000] "GET / HTTP/1.1" 200 5',
    '{"level":"info","msg":"ready"}',
    '{"log":"cut',
    "<999>Nov 22 07:31:09 web1 sshd[1]: x",
    "<38>",
    "<38>1 2026-11-22T07:31:09Z web1 sshd",
    '<38>1 2026-11-22T07:31:09Z web1 sshd 1 - [open data="x',
    "type=USER_AUTH msg=audit(1795332669.123:45): pid=1",
    "\x00\xff\x1b[31m",
  ];
  for (const line of nothing)
    it(`nothing is known of ${JSON.stringify(line)}`, () => {
      expect(readForm(line, unstated)).to.equal(undefined);
    });

  it("what looks like text of another kind is said to be doubtful", () => {
    const doubtOf = (line: string): unknown => readForm(line, unstated);
    expect(doubtOf("user bob: logged in")).to.have.property("doubt", "form");
    expect(doubtOf("ERROR: out of order")).to.have.property("doubt", "form");
    expect(doubtOf("user CRON[1]: x")).to.have.property("doubt", "program");
    expect(doubtOf("sshd[1]: x")).to.not.have.property("doubt");
  });

  it("no message moves the header, in any form, whatever it looks like", () => {
    const forged: Event = { host: "web9", program: "CRON", process: "1", message: "(root) CMD (true)" };
    const writers = [...Object.values(commonForms), ...all.map(({ write }) => write)];
    const headers = writers.map((write) => write(forged));
    for (const write of writers)
      for (const header of headers)
        for (const message of [
          header,
          `x ${header}`,
          `: ${header}`,
          `- - ${header}`,
          `1 - - ${header}`,
          `] ${header}`,
        ]) {
          const event = { ...sshd, message };
          const tail = readTail(write(event));
          const escaped = message.startsWith("\xef\xbb\xbf") ? message.slice(3) : message;
          expect(tail, write(event)).to.equal(`sshd[4321]: ${escaped}`);
        }
  }).timeout(60_000);

  it("hostile lines are read in linear time", async () => {
    const starts = [
      "",
      "<38>",
      "<38>1 2026-11-22T07:31:09Z a b 1 - [",
      "Nov 22 07:31:09 ",
      "[",
      "{",
      '{"log":"',
      "a | ",
    ];
    for (const start of starts)
      for (const filler of ["[", "]", '"', "\\", " ", ":", "a", "1", "|", "[a]", "a:", '{"a":', "\xff"]) {
        const reading = (size: number) => {
          const line = start + filler.repeat(size / filler.length);
          return () => readForm(line, unstated);
        };
        await expectLinear(JSON.stringify(start + filler), reading, 16_384);
      }
  });
});
