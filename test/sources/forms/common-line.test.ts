/** The glance at a line: what it knows to be common is so, and the host is the one that the line names. */
import { expect } from "chai";
import { readForm } from "../../../src/entry/forms/read-form.js";
import { commonHost } from "../../../src/entry/forms/stamped.js";
import { commonLineAt } from "../../../src/sources/forms/common-line.js";
import { commonForms, doubtfulForms, otherForms, type Event } from "../../support/forms.js";

const events: readonly Event[] = [
  { host: "web1", program: "sshd", process: "4321", message: "bye" },
  { host: "web1.example.org", program: "kernel", process: undefined, message: "[    5.123456] usb 1-1: new" },
  { host: "w", program: "postfix/smtpd", process: "1", message: "" },
];

/** The host that the glance finds, if it knows the line. */
function glance(line: string): string | undefined {
  const bytes = Buffer.from(`before\n${line}\nNov 22 07:31:09 web1 sshd[1]: after\n`, "latin1");
  const found = commonLineAt(bytes, 7);
  return found && bytes.toString("latin1", found.hostStart, found.hostEnd);
}

describe("a glance at a line", () => {
  it("knows the traditional header and the usual ISO one", () => {
    for (const { host, message } of events)
      for (const stamp of ["Nov 22 07:31:09", "2026-11-22T07:31:09.123456+00:00", "2026-11-22T07:31:09Z"])
        expect(glance(`${stamp} ${host} sshd[1]: ${message}`)).to.equal(host);
  });

  it("says nothing of a line that ends within its header, whatever follows it", () => {
    const line = "Nov 22 07:31:09 web1 sshd[1]: bye";
    for (let length = 0; length < line.indexOf("bye"); length++)
      expect(glance(line.slice(0, length)), line.slice(0, length)).to.equal(undefined);
  });

  const writers = [
    ...Object.values(commonForms),
    ...Object.values({ ...otherForms, ...doubtfulForms }).flat(),
  ];
  for (const write of writers)
    it(`says nothing wrong of ${JSON.stringify(write(events[0]!))}`, () => {
      for (const event of events) {
        const line = write(event);
        const host = glance(line);
        if (host === undefined) continue;
        expect(readForm(line, { hostname: "-" })).to.equal("common");
        expect(host).to.equal(commonHost(line));
      }
    });

  it("looks no further than the line", () => {
    for (const line of [
      "",
      "N",
      "Nov 22 07:31:09",
      "Nov 22 07:31:09 ",
      "Nov 22 07:31:09 web1",
      "Nov 22 07:31:09 web1 ",
      "Nov 22 07:31:09 web1 sshd[1]:",
      "Nov 22 07:31:09 web1 text",
      "2026-11-22T07:31:09Z",
    ])
      expect(glance(line), line).to.equal(undefined);
  });
});
