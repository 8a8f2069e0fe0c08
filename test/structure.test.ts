import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Floors from the top; a file imports from its own place or from a lower floor. Rooms share types only. */
const floors: readonly (readonly string[])[] = [
  ["main.ts", "cli"],
  ["commands"],
  ["pipeline.ts"],
  ["rules", "sources", "classify", "entry", "group", "report", "mail", "state", "logcheck"],
  ["automata"],
  ["std"],
];

/** The one file that may import each package. */
const doors: Readonly<Record<string, string>> = {
  split2: "sources/lines.ts",
  micromatch: "sources/discover.ts",
  yargs: "cli/parse.ts",
  nodemailer: "mail/transport.ts",
  "smol-toml": "cli/toml.ts",
  valibot: "cli/config-schema.ts",
};

interface Import {
  readonly from: string;
  /** A path below src, or a package's name. */
  readonly to: string;
  readonly isRelative: boolean;
  readonly isTypeOnly: boolean;
}

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".ts"),
);

function importsOf(file: string): Import[] {
  const text = readFileSync(join("src", file), "utf8");
  const statement =
    /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(statement)].map(([, type, fixed, lazy]) => {
    const specifier = fixed ?? lazy ?? "";
    const isRelative = specifier.startsWith(".");
    const path = relative("src", resolve("src", dirname(file), specifier)).replace(/\.js$/, ".ts");
    return { from: file, to: isRelative ? path : specifier, isRelative, isTypeOnly: type !== undefined };
  });
}

const placeOf = (file: string): string => file.split("/", 1)[0] ?? file;
const floorOf = (file: string): number => floors.findIndex((places) => places.includes(placeOf(file)));
const imports = files.flatMap(importsOf);
const show = (item: Import): string => `${item.from} imports ${item.to}`;

describe("the structure", () => {
  it("gives every file a floor", () => {
    expect(files.filter((file) => floorOf(file) === -1)).to.deep.equal([]);
    expect(files.length).to.be.greaterThan(10);
    expect(imports.length).to.be.greaterThan(10);
  });

  it("lets imports point down only; rooms share types, not code", () => {
    const wrong = imports.filter(({ from, to, isRelative, isTypeOnly }) => {
      if (!isRelative || placeOf(from) === placeOf(to)) return false;
      if (floorOf(to) > floorOf(from)) return false;
      // Types may be taken from a room next door, and from the command line's data by the commands.
      if (isTypeOnly && floorOf(to) === floorOf(from)) return false;
      if (isTypeOnly && placeOf(from) === "commands" && placeOf(to) === "cli") return false;
      return !(placeOf(from) === "main.ts" && placeOf(to) === "cli");
    });
    expect(wrong.map(show)).to.deep.equal([]);
  });

  it("has one door for each package", () => {
    const wrong = imports.filter(({ from, to, isRelative, isTypeOnly }) => {
      if (isRelative || to.startsWith("node:") || isTypeOnly) return false;
      return doors[to.split("/", 1)[0] ?? to] !== from;
    });
    expect(wrong.map(show)).to.deep.equal([]);
  });

  it("uses every package that it has a door for", () => {
    const used = new Set(
      imports.filter(({ isRelative }) => !isRelative).map(({ to }) => to.split("/", 1)[0]),
    );
    expect(Object.keys(doors).filter((name) => !used.has(name))).to.deep.equal([]);
  });

  it("has no circle of imports", () => {
    const graph = new Map<string, string[]>(files.map((file) => [file, []]));
    for (const { from, to, isRelative, isTypeOnly } of imports) {
      if (isRelative && !isTypeOnly) graph.get(from)?.push(to);
    }
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (done.has(file) || path.includes(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).to.deep.equal([]);
  });

  it("ends the process in main.ts alone", () => {
    const wrong = files.filter(
      (file) =>
        file !== "main.ts" && /process\.(exit\(|exitCode)/.test(readFileSync(join("src", file), "utf8")),
    );
    expect(wrong).to.deep.equal([]);
  });
});
