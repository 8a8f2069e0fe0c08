/** Containers' logs: a record is told from any other line, and unwrapped to what the container wrote. */
import { expect } from "chai";
import { readCriRecord, readDockerRecord } from "../../../src/entry/forms/container-record.js";
import { timestampOf } from "../../../src/entry/header.js";

const time = "2026-11-22T07:31:09.123456789Z";
const timestampMs = Date.UTC(2026, 10, 22, 7, 31, 9, 123);

function docker(fields: object): string {
  return Buffer.from(JSON.stringify({ stream: "stdout", time, ...fields })).toString("latin1");
}

describe("container records", () => {
  it("Docker: a record that ends in a newline is a line, any other a part", () => {
    const whole = { text: "ready", isPartial: false, stream: "stdout", timestampMs };
    expect(readDockerRecord(docker({ log: "ready\n" }))).to.deep.equal(whole);
    expect(readDockerRecord(docker({ log: "ready" }))).to.deep.equal({ ...whole, isPartial: true });
  });

  it("Docker: as the driver orders the fields, with attributes, and with nothing but a newline", () => {
    const line = `{"log":"a \\"b\\"\\u003e\\n","stream":"stderr","attrs":{"tag":"x"},"time":"${time}"}`;
    expect(readDockerRecord(line)).to.deep.equal({
      text: 'a "b">',
      isPartial: false,
      stream: "stderr",
      timestampMs,
    });
    expect(readDockerRecord(docker({ log: "\n" }))?.text).to.equal("");
  });

  it("Docker: a text is the UTF-8 of what was written, and stays one line", () => {
    const text = readDockerRecord(docker({ log: "é\nsshd[1]: x\n" }))?.text;
    expect(text).to.equal(Buffer.from("é\\x0asshd[1]: x").toString("latin1"));
  });

  const noRecords = {
    "another program's JSON": docker({ log: "x\n", level: "info" }),
    "a field of another type": docker({ log: 7 }),
    "no time": '{"log":"x\\n","stream":"stdout"}',
    "JSON that is cut": docker({ log: "x\n" }).slice(0, -1),
    "JSON after something else": ` ${docker({ log: "x\n" })}`,
    "a list": "[1]",
    nothing: "",
  };
  for (const [what, line] of Object.entries(noRecords))
    it(`Docker: ${what} is no record`, () => {
      expect(readDockerRecord(line)).to.equal(undefined);
    });

  it("Docker: deeply nested JSON is no record and no error", () => {
    expect(readDockerRecord(`{"log":"x","stream":${"[".repeat(100_000)}`)).to.equal(undefined);
  });

  it("CRI: F is a line, P a part", () => {
    expect(readCriRecord(`${time} stderr F sshd[1]: bye`)).to.deep.equal({
      text: "sshd[1]: bye",
      isPartial: false,
      stream: "stderr",
      timestampMs,
    });
    expect(readCriRecord(`${time} stdout P a`)?.isPartial).to.equal(true);
    expect(readCriRecord("2026-11-22T07:31:09+01:00 stdout F ")?.text).to.equal("");
  });

  for (const line of [`${time} web1 sshd[1]: stdout F x`, `x ${time} stdout F x`, `${time} stdout G x`])
    it(`CRI: "${line}" is no record`, () => {
      expect(readCriRecord(line)).to.equal(undefined);
    });

  it("the first run finds the time of a line of JSON", () => {
    const of = (line: string): number | undefined => timestampOf(Buffer.from(line, "latin1"), new Date());
    expect(of(`${docker({ log: "x\n" })}\n`)).to.equal(timestampMs);
    expect(of(JSON.stringify({ MESSAGE: "x", __REALTIME_TIMESTAMP: "1795332669123456" }))).to.equal(
      1795332669123,
    );
    expect(of('{"message":"time"}')).to.equal(undefined);
  });
});
