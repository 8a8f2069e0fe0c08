import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/**
 * The floors, from the top. A file imports from its own room or from a lower floor; types count. The rooms of a floor
 * that stand in one list know nothing of each other.
 */
const floors: readonly (readonly string[])[] = [
  ["main.ts", "index.ts", "cli"],
  ["commands"],
  ["setup"],
  ["config"],
  ["triage"],
  ["status"],
  ["check", "logcheck", "filter", "fail2ban", "lint", "workshop"],
  ["run"],
  ["outlets"],
  ["report"],
  ["memory"],
  ["group"],
  ["store"],
  ["sources"],
  ["conditions"],
  ["rules"],
  ["origins"],
  ["entry"],
  ["ere"],
  ["std"],
];

/** The parts of a room, from the top: the same holds for them. A file beside them may use all of them. */
const parts: Readonly<Record<string, readonly string[]>> = {
  commands: ["rules"],
  ere: ["nearest", "analysis", "scan", "dfa", "nfa", "syntax", "alphabet"],
  entry: ["forms"],
  rules: ["titles", "nearest", "classify", "files", "headers"],
  lint: ["sets", "text"],
  std: ["text"],
  sources: ["journal", "databases", "audit", "docker", "records", "file", "forms", "rotation", "bytes"],
};

/** The one file that may import each package. */
const packageDoors: Readonly<Record<string, string>> = {
  split2: "sources/bytes/lines.ts",
  micromatch: "sources/file/glob.ts",
  yargs: "cli/yargs.ts",
  nodemailer: "outlets/mail/transport.ts",
  "smol-toml": "config/toml.ts",
  valibot: "config/schema.ts",
  "mmdb-lib": "origins/database.ts",
};

/** Rooms that are entered by one file only. */
const roomDoors: Readonly<Record<string, string>> = { ere: "ere/index.ts" };

interface Import {
  readonly from: string;
  /** A path below src, or a package's name. */
  readonly to: string;
  readonly isRelative: boolean;
}

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".ts"),
);

function importsOf(file: string): Import[] {
  const text = readFileSync(join("src", file), "utf8");
  const statement =
    /^\s*(?:import|export)\s+(?:type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(statement)].map(([, fixed, lazy]) => {
    const specifier = fixed ?? lazy ?? "";
    const isRelative = specifier.startsWith(".");
    const path = relative("src", resolve("src", dirname(file), specifier)).replace(/\.js$/, ".ts");
    return { from: file, to: isRelative ? path : specifier, isRelative };
  });
}

const roomOf = (file: string): string => file.split("/", 1)[0] ?? file;
const floorOf = (file: string): number => floors.findIndex((rooms) => rooms.includes(roomOf(file)));
const partOf = (file: string): string | undefined => {
  const [, part, rest] = file.split("/");
  return rest === undefined ? undefined : part;
};
const imports = files.flatMap(importsOf);
const show = ({ from, to }: Import): string => `${from} imports ${to}`;

describe("the structure", () => {
  it("gives every file a floor, and every file of a divided room a part", () => {
    expect(files.filter((file) => floorOf(file) === -1)).to.deep.equal([]);
    const unplaced = files.filter((file) => {
      const [order, part] = [parts[roomOf(file)], partOf(file)];
      return order !== undefined && part !== undefined && !order.includes(part);
    });
    expect(unplaced).to.deep.equal([]);
    expect(files.length).to.be.greaterThan(10);
    expect(imports.length).to.be.greaterThan(10);
  });

  it("lets imports point down only, types too", () => {
    const wrong = imports.filter(
      ({ from, to, isRelative }) =>
        isRelative && roomOf(from) !== roomOf(to) && floorOf(to) <= floorOf(from) && !isEntry(from, to),
    );
    expect(wrong.map(show)).to.deep.equal([]);
  });

  it("keeps the order of a room's parts", () => {
    const wrong = imports.filter(({ from, to, isRelative }) => {
      const order = parts[roomOf(from)];
      const [part, other] = [partOf(from), partOf(to)];
      if (!isRelative || order === undefined || roomOf(from) !== roomOf(to)) return false;
      if (part === undefined || other === undefined || part === other) return false;
      return order.indexOf(other) < order.indexOf(part);
    });
    expect(wrong.map(show)).to.deep.equal([]);
  });

  it("enters a room that has a door by its door", () => {
    const wrong = imports.filter(({ from, to, isRelative }) => {
      const door = roomDoors[roomOf(to)];
      return isRelative && door !== undefined && roomOf(from) !== roomOf(to) && to !== door;
    });
    expect(wrong.map(show)).to.deep.equal([]);
  });

  it("has one door for each package, and uses it", () => {
    const wrong = imports.filter(
      ({ from, to, isRelative }) =>
        !isRelative && !to.startsWith("node:") && packageDoors[to.split("/", 1)[0] ?? to] !== from,
    );
    expect(wrong.map(show)).to.deep.equal([]);
    const used = new Set(
      imports.filter(({ isRelative }) => !isRelative).map(({ to }) => to.split("/", 1)[0]),
    );
    expect(Object.keys(packageDoors).filter((name) => !used.has(name))).to.deep.equal([]);
  });

  it("has no circle of imports, types included", () => {
    const graph = new Map<string, string[]>(files.map((file) => [file, []]));
    for (const { from, to, isRelative } of imports) if (isRelative) graph.get(from)?.push(to);
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

  it("introduces each room with a README", () => {
    const rooms = floors.flat().filter((room) => !room.endsWith(".ts"));
    const missing = rooms.filter((room) => !readdirSync(join("src", room)).includes("README.md"));
    expect(missing).to.deep.equal([]);
  });

  it("ends the process in main.ts alone", () => {
    const wrong = files.filter(
      (file) =>
        file !== "main.ts" && /process\.(exit\(|exitCode)/.test(readFileSync(join("src", file), "utf8")),
    );
    expect(wrong).to.deep.equal([]);
  });
});

describe("the tests", () => {
  // A busy machine fails a limit in milliseconds and outlives a fixed pause: see CONTRIBUTING.md.
  it("look at the clock, and wait, in these places alone", () => {
    const placesWithClock = readdirSync("test", { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && path !== "structure.test.ts")
      .filter((path) =>
        /performance\.now|setTimeout|timers\/promises/.test(readFileSync(join("test", path), "utf8")),
      );
    expect(placesWithClock.toSorted()).to.deep.equal([
      // The deadline of a program that hangs.
      "crash/processes.ts",
      "support/expect-linear.ts",
      "support/until.ts",
    ]);
  });
});

/** main.ts begins the program by the command line's own room. */
function isEntry(from: string, to: string): boolean {
  return from === "main.ts" && roomOf(to) === "cli";
}
