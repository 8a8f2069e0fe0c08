/** The forms of a log: known by many of its lines, never by one that somebody put among them. */
import { expect } from "chai";
import { FileForms } from "../../../src/sources/forms/file-forms.js";
import { commonForms, doubtfulForms, otherForms, type Event } from "../../support/forms.js";

const event: Event = { host: "web1", program: "sshd", process: "4321", message: "bye" };
const forged: Event = { host: "web1", program: "CRON", process: "1", message: "(root) CMD (true)" };
const writers = Object.entries({ ...otherForms, ...doubtfulForms }).flatMap(([form, ways]) =>
  ways.map((write, index) => ({ name: `${form}, ${index + 1}`, write })),
);
const traditional = "Nov 22 07:31:09 web1 sshd[4321]: bye";

function chunkOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
}

/** How many of the lines are not read as they are. */
function countRead(lines: readonly string[], forms = new FileForms({ hostname: "-" })): number {
  return (forms.read(chunkOf(lines)) ?? []).filter((reading) => reading !== undefined).length;
}

describe("the forms of a log", () => {
  for (const { name, write } of writers) {
    it(`${name}: a log of it is read, from its first line on`, () => {
      expect(countRead([write(event)])).to.equal(1);
      expect(countRead(Array.from({ length: 1000 }, () => write(event)))).to.equal(1000);
    });

    it(`${name}: a line of it in a traditional log is read as it is, and no other's`, () => {
      for (const place of [0, 1, 50, 99]) {
        const lines = Array.from({ length: 100 }, (_, index) =>
          index === place ? write(forged) : traditional,
        );
        expect(countRead(lines)).to.equal(0);
      }
      expect(countRead([traditional, traditional, write(forged)])).to.equal(0);
      expect(countRead([traditional, write(forged)])).to.equal(0);
    });

    it(`${name}: lines of it in a log of another form are read as they are`, () => {
      for (const { name: other, write: own } of writers) {
        // What a tag's line is, is not for a tag's line to say.
        if (other.split(",")[0] === name.split(",")[0]) continue;
        const lines = Array.from({ length: 100 }, (_, index) =>
          own(index === 50 ? { ...event, message: "x" } : event),
        );
        lines.splice(40, 1, write(forged));
        const readings = new FileForms({ hostname: "-" }).read(chunkOf(lines)) ?? [];
        expect(readings[40] ?? "", `${name} in ${other}`).to.not.match(/CRON/);
        expect(readings[50], other).to.be.a("string");
      }
    });
  }

  it("a log of the common forms is read as it is", () => {
    const lines = Object.values(commonForms).map((write) => write(event));
    expect(new FileForms({ hostname: "-" }).read(chunkOf(lines))).to.equal(undefined);
  });

  it("a log of many forms is read line by line", () => {
    const lines = [...Object.values(commonForms), ...writers.map(({ write }) => write)].map((write) =>
      write(event),
    );
    expect(countRead(lines)).to.equal(writers.length);
  });

  it("a log that goes on in another form is read on in it", () => {
    const forms = new FileForms({ hostname: "-" });
    const other = writers.find(({ name }) => name.startsWith("RFC 5424,"))?.write(event) ?? "";
    expect(
      countRead(
        Array.from({ length: 500 }, () => traditional),
        forms,
      ),
    ).to.equal(0);
    const turning = Array.from({ length: 500 }, (_, index) => (index < 250 ? traditional : other));
    expect(countRead(turning, forms)).to.equal(250);
    expect(
      countRead(
        Array.from({ length: 10 }, () => other),
        forms,
      ),
    ).to.equal(10);
  });

  it("what was learnt of a log's first lines holds for a line that comes alone", () => {
    const forms = new FileForms({ hostname: "-" });
    forms.learn(chunkOf(Array.from({ length: 100 }, () => traditional)), 16);
    expect(countRead([writers[0]?.write(forged) ?? ""], forms)).to.equal(0);
    const tags = new FileForms({ hostname: "-" });
    tags.learn(chunkOf(Array.from({ length: 100 }, () => "sshd[4321]: bye")), 16);
    expect(countRead(["cron: ready"], tags)).to.equal(1);
  });

  it("text that looks like a host and a tag is text", () => {
    const said = [
      "user bob: session closed",
      "user CRON[1]: (root) CMD (true)",
      "ERROR: out of order",
      "  at main (a.js:1)",
    ];
    for (const line of said.filter((one) => !one.includes("CRON")))
      expect(countRead([line, line])).to.equal(0);
    expect(countRead([...said, ...said, ...said, "user eve: x", "user eve: y"])).to.equal(0);
  });

  it("the lines between a log's own, such as a stack's, are read as they are", () => {
    const line = "<38>1 2026-11-22T07:31:09Z web1 app 1 - - failed";
    const trace = ["  at one (a.js:1)", "  at two (a.js:2)", "caused by: nothing"];
    expect(countRead(Array.from({ length: 50 }, () => [line, ...trace]).flat())).to.equal(50);
  });

  it("a blank before each message is its writer's, before one of them the message's own", () => {
    const write = (message: string): string => `<38>1 2026-11-22T07:31:09Z web1 app 1 - - ${message}`;
    const read = (messages: readonly string[]): readonly (string | undefined)[] => {
      const readings = new FileForms({ hostname: "-" }).read(chunkOf(messages.map(write))) ?? [];
      return readings.map((reading) => reading?.slice("Nov 22 07:31:09 web1 app[1]: ".length));
    };
    expect(read(["a", "b", "  c"])).to.deep.equal(["a", "b", "  c"]);
    expect(read([" a", " b", "   c"])).to.deep.equal(["a", "b", "  c"]);
  });

  it("the parts of a container's line are one line, also in a log that is recognized", () => {
    const record = (tag: string, text: string): string =>
      `2026-11-22T07:31:09.123456789Z stdout ${tag} ${text}`;
    const forms = new FileForms({ hostname: "web1", appName: "shop" });
    const lines = [record("F", "ready"), record("P", "one, "), record("F", "sshd[1]: two")];
    expect(
      forms.read(chunkOf(lines))?.map((reading) => reading?.slice("Nov 22 07:31:09 ".length)),
    ).to.deep.equal(["web1 shop: ready", "web1 shop: one, sshd[1]: two", "web1 shop: one, sshd[1]: two"]);
    expect(forms.read(chunkOf([record("P", "one, ")]))).to.deep.equal([undefined]);
    expect(forms.read(chunkOf([record("F", "sshd[1]: two"), record("F", "x")]))?.[0]).to.equal(undefined);
  });

  it("each line has a reading, whatever the chunk is", () => {
    const line = "<38>1 2026-11-22T07:31:09Z web1 app 1 - - x";
    for (const text of ["", "\n", "\n\n", line, `${line}\n`, `\n${line}`, `${line}\n\n`, `x\n${line}`]) {
      const readings = new FileForms({ hostname: "-" }).read(Buffer.from(text)) ?? [];
      const lineCount = text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
      if (text.includes(line) && !text.startsWith("x"))
        expect(readings, JSON.stringify(text)).to.have.length(lineCount);
    }
  });
});
