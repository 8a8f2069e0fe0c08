/** What every source promises, whatever it reads: the one suite that each of them passes. */
import { expect } from "chai";
import type { Position, Source } from "../../src/sources/source.js";
import { run } from "./reading.js";

/** A source on something that can be written to. */
export interface Subject {
  readonly source: Source;
  /** Writes so many records or lines more. Gives the lines that a reader must give for them. */
  readonly append: (count: number) => readonly string[];
}

export function keepsTheContract(makeSubject: () => Subject): void {
  for (const bufferBytes of [512, 65_536])
    it(`gives whole lines in their order, with a buffer of ${bufferBytes} bytes`, async () => {
      const { source, append } = makeSubject();
      const expected = append(40);
      const { lines } = await run(source, undefined, { bufferBytes });
      expect(lines).to.deep.equal(expected);
    });

  it("gives a line that no buffer holds by itself, whole", async () => {
    const { source, append } = makeSubject();
    const expected = append(3);
    expect((await run(source, undefined, { bufferBytes: 400 })).lines.join("")).to.equal(expected.join(""));
  });

  it("reads on from each position with neither gap nor repetition", async () => {
    const { source, append } = makeSubject();
    const expected = append(40);
    const given: string[] = [];
    let position: Position | undefined;
    for (let reads = 0; reads <= expected.length; reads++) {
      const one = await run(source, position, { bufferBytes: 512, maxReads: 1 });
      given.push(...one.lines);
      position = one.position;
    }
    expect(given).to.deep.equal(expected);
  });

  it("gives nothing twice and says nothing when there is nothing new", async () => {
    const { source, append } = makeSubject();
    append(5);
    const first = await run(source);
    const second = await run(source, first.position);
    expect(second.lines).to.deep.equal([]);
    expect(second.notices).to.deep.equal([]);
    expect(second.position).to.deep.equal(first.position);
  });

  it("gives only what is new when there is something", async () => {
    const { source, append } = makeSubject();
    append(5);
    const first = await run(source);
    const expected = append(3);
    expect((await run(source, first.position)).lines).to.deep.equal(expected);
  });

  it("does not move when nothing was read", async () => {
    const { source, append } = makeSubject();
    append(5);
    const first = await run(source);
    append(3);
    expect((await run(source, first.position, { maxReads: 0 })).position).to.deep.equal(first.position);
  });

  it("says of the first run how much it reads, in one line", async () => {
    const { source, append } = makeSubject();
    append(5);
    const { notices } = await run(source);
    expect(notices).to.have.length(1);
    expect(notices[0]).to.match(/^\S+: first run: reading .*$/);
  });
}
