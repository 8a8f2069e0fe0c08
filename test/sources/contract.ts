/** What every source promises, whatever it reads: the one suite that each kind of the registry passes. */
import { expect } from "chai";
import { sourceKindOf } from "../../src/sources/registry.js";
import type { Position, Source, SourceSettings } from "../../src/sources/source.js";
import { context, run, type Run } from "./reading.js";

/** Something to read that can be written to. */
export interface Subject {
  /** Whose first run reads all there is. */
  readonly settings: SourceSettings;
  /** Writes so many records or lines more. Gives the lines that a reader must give for them. */
  readonly append: (count: number) => readonly string[];
}

export function keepsTheContract(makeSubject: () => Subject): void {
  let subject: Subject;
  beforeEach(() => {
    subject = makeSubject();
  });

  /** The only source that the settings come to. */
  const discovered = async (known: readonly string[] = []): Promise<Source> => {
    const { settings } = subject;
    const { sources } = await sourceKindOf(settings.kind).discover(settings, new Set(known), context);
    const [source] = sources;
    if (!source || sources.length > 1) throw new Error(`expected one source, found ${sources.length}`);
    return source;
  };
  const read = async (from?: Position, options: Parameters<typeof run>[2] = {}): Promise<Run> =>
    run(await discovered(), from, options);

  it("is found by its settings, and bears their kind", async () => {
    subject.append(1);
    const { name, kind } = await discovered();
    expect(kind).to.equal(subject.settings.kind);
    expect((await discovered([name])).name).to.equal(name);
  });

  for (const bufferBytes of [512, 65_536])
    it(`gives whole lines in their order, with a buffer of ${bufferBytes} bytes`, async () => {
      const expected = subject.append(40);
      expect((await read(undefined, { bufferBytes })).lines).to.deep.equal(expected);
    });

  it("gives a line that no buffer holds by itself, whole", async () => {
    const expected = subject.append(3);
    expect((await read(undefined, { bufferBytes: 400 })).lines.join("")).to.equal(expected.join(""));
  });

  it("reads on from each position with neither gap nor repetition", async () => {
    const expected = subject.append(40);
    const given: string[] = [];
    let position: Position | undefined;
    for (let reads = 0; reads <= expected.length; reads++) {
      const one = await read(position, { bufferBytes: 512, maxReads: 1 });
      given.push(...one.lines);
      position = one.position;
    }
    expect(given).to.deep.equal(expected);
  });

  it("gives nothing twice and says nothing when there is nothing new", async () => {
    subject.append(5);
    const first = await read();
    const second = await read(first.position);
    expect(second.lines).to.deep.equal([]);
    expect(second.notices).to.deep.equal([]);
    expect(second.position).to.deep.equal(first.position);
  });

  it("gives only what is new when there is something", async () => {
    subject.append(5);
    const first = await read();
    const expected = subject.append(3);
    expect((await read(first.position)).lines).to.deep.equal(expected);
  });

  it("does not move when nothing was read", async () => {
    subject.append(5);
    const first = await read();
    subject.append(3);
    expect((await read(first.position, { maxReads: 0 })).position).to.deep.equal(first.position);
  });

  it("says of the first run how much it reads, in one line", async () => {
    subject.append(5);
    const { notices } = await read();
    expect(notices).to.have.length(1);
    expect(notices[0]).to.match(/^\S+: first run: reading .*$/);
  });

  for (const [what, unknown] of [
    ["of another kind", { kind: "of another kind" }],
    ["whose contents are damaged", { kind: "offset", segments: [{ offsetBytes: "7" }] } as Position],
    ["without its cursor", { kind: "cursor" }],
    ["without its row", { kind: "row", time: 7 } as Position],
  ] as const)
    it(`takes a position ${what} for lost: reads all there is, and says so`, async () => {
      const expected = subject.append(5);
      const { lines, notices, position } = await read(unknown);
      expect(lines).to.deep.equal(expected);
      expect(notices[0]).to.match(/^\S+: its stored position cannot be understood: reading all of it, /);
      expect((await read(position)).notices).to.deep.equal([]);
    });

  it("describes its own positions, and no other's", async () => {
    subject.append(5);
    const { position } = await read();
    const kind = sourceKindOf(subject.settings.kind);
    expect(kind.describe(position)).to.match(/^(\d+ bytes|up to a journal cursor|up to row \d+)$/);
    expect(kind.describe({ kind: "of another kind" })).to.equal(undefined);
    expect(kind.describe({ kind: position.kind })).to.equal(undefined);
  });
}
