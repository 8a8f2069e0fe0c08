import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A test that the catalogue names: its file, and words of its title. */
interface Proof {
  readonly file: string;
  readonly title: string;
}

interface Fault {
  readonly number: string;
  readonly proofs: readonly Proof[];
  readonly isOpen: boolean;
}

const faults: readonly Fault[] = readFileSync("test/FAULTS.md", "utf8")
  .split(/^- (?=\*\*F)/m)
  .slice(1)
  .map((entry) => ({
    number: /^\*\*(.*?)\*\*/.exec(entry)?.[1] ?? "",
    proofs: [...entry.matchAll(/^ {2}- `(.*?)` "(.*)"$/gm)].map(([, file = "", title = ""]) => ({
      file,
      title,
    })),
    isOpen: /^ {2}- .*not yet/im.test(entry),
  }));

/** The lines of a test file that give a title. */
const titleLines = (file: string): readonly string[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => /^\s*(?:it|describe)\(/.test(line));

const exists = ({ file, title }: Proof): boolean =>
  existsSync(file) && titleLines(file).some((line) => line.includes(title));

describe("the catalogue of faults", () => {
  it("has each number once, from the first to the last, and at least sixty", () => {
    const { length } = faults;
    expect(length).to.be.at.least(60);
    const numbers = Array.from({ length }, (_, index) => `F${String(index + 1).padStart(2, "0")}`);
    expect(faults.map(({ number }) => number)).to.deep.equal(numbers);
  });

  it("names a test for each, or says that there is none yet", () => {
    const bare = faults.filter(({ proofs, isOpen }) => proofs.length === 0 && !isOpen);
    expect(bare.map(({ number }) => number)).to.deep.equal([]);
  });

  it("names tests that exist", () => {
    const proofs = faults.flatMap((fault) => fault.proofs);
    expect(proofs.length).to.be.greaterThan(50);
    expect(proofs.filter((proof) => !exists(proof))).to.deep.equal([]);
  });

  it("names each test file whose titles name a fault", () => {
    const files = readdirSync("test", { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".test.ts"))
      .map((path) => join("test", path));
    const missing = files.flatMap((file) =>
      [
        ...new Set(
          titleLines(file)
            .join()
            .match(/\bF\d\d\b/g),
        ),
      ]
        .filter((number) => !faults.some((fault) => fault.number === number && names(fault, file)))
        .map((number) => `${number}: ${file}`),
    );
    expect(missing).to.deep.equal([]);
  });
});

function names({ proofs }: Fault, file: string): boolean {
  return proofs.some((proof) => proof.file === file);
}
