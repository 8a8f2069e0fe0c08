/** A container's lines: unwrapped, joined, given a header; each record keeps its place. */
import { expect } from "chai";
import { readCriRecord, readDockerRecord } from "../../../src/entry/forms/container-record.js";
import { ContainerLines, type ContainerLinesOptions } from "../../../src/sources/forms/container-lines.js";
import { useTimeZone } from "../../support/time-zone.js";

const time = "2026-11-22T07:31:09.123456789Z";
const cri: ContainerLinesOptions = { recordOf: readCriRecord, hostname: "web1", appName: "shop-web-1" };

function read(lines: readonly string[], options = cri): readonly (string | undefined)[] {
  return new ContainerLines(options).read(Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1"));
}

const record = (text: string, stream = "stdout", tag = "F"): string => `${time} ${stream} ${tag} ${text}`;

describe("the lines of a container", () => {
  useTimeZone("UTC");
  const header = "Nov 22 07:31:09 web1";

  it("get the header of the container", () => {
    expect(read([record("ready")])).to.deep.equal([`${header} shop-web-1: ready`]);
    const line = JSON.stringify({ log: "ready\n", stream: "stdout", time });
    expect(read([line], { ...cri, recordOf: readDockerRecord })).to.deep.equal([
      `${header} shop-web-1: ready`,
    ]);
  });

  it("keep the header that they have", () => {
    const own = "Nov 22 07:31:08 db1 postgres[7]: ready";
    expect(read([record(own), record("sshd[1]: bye")])).to.deep.equal([own, `${header} sshd[1]: bye`]);
  });

  it("without the container's name, take a tag for a program, and else are what was written", () => {
    const { recordOf, hostname } = cri;
    const readings = read([record("nginx: ready"), record("ready to go")], { recordOf, hostname });
    expect(readings).to.deep.equal([`${header} nginx: ready`, "ready to go"]);
  });

  it("stay as they are where they are no records", () => {
    expect(read(["", "Nov 22 07:31:09 web1 sshd[1]: bye", record("x")])).to.deep.equal([
      undefined,
      undefined,
      `${header} shop-web-1: x`,
    ]);
  });

  it("are joined from their parts, stream by stream, and each part reads as the whole", () => {
    const lines = [record("a", "stdout", "P"), record("x", "stderr", "P"), record("b", "stdout", "P")];
    expect(read([...lines, record("c"), record("y", "stderr"), record("d")])).to.deep.equal([
      `${header} shop-web-1: abc`,
      `${header} shop-web-1: xy`,
      `${header} shop-web-1: abc`,
      `${header} shop-web-1: abc`,
      `${header} shop-web-1: xy`,
      `${header} shop-web-1: d`,
    ]);
  });

  it("the rest of a line is read as no line of its own, where its beginning was given before", () => {
    const readings = new ContainerLines(cri);
    const chunk = (...lines: string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(""));
    expect(readings.read(chunk(record("user ", "stdout", "P")))).to.deep.equal([undefined]);
    expect(readings.read(chunk(record("sshd[1]: bye"), record("x")))).to.deep.equal([
      undefined,
      `${header} shop-web-1: x`,
    ]);
  });

  it("are not joined without end: what has too many parts stays as it is", () => {
    const parts = Array.from({ length: 100_000 }, () => record("a".repeat(8), "stdout", "P"));
    const readings = read([...parts, record("end"), record("next")]);
    expect(readings.slice(0, -1).every((reading) => reading === undefined)).to.equal(true);
    expect(readings.at(-1)).to.equal(`${header} shop-web-1: next`);
  });
});
