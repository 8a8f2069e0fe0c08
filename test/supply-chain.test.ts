import { expect } from "chai";
import { readFileSync } from "node:fs";

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Readonly<Record<string, Locked>>;
};
const locked = Object.entries(packages).filter(([place]) => place !== "");
const nameOf = (place: string): string => place.replace(/^.*node_modules\//, "");

describe("what we take from others", () => {
  it("is pinned, without naming a registry", () => {
    expect(locked.filter(([, { version }]) => !version)).to.deep.equal([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).to.deep.equal([]);
  });

  it("runs no script when it is installed: esbuild's is not needed", () => {
    const withScripts = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([place]) => nameOf(place));
    expect(withScripts.filter((name) => !["esbuild", "fsevents"].includes(name))).to.deep.equal([]);
  });

  it("is little where the program runs", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    const direct = ["micromatch", "mmdb-lib", "nodemailer", "smol-toml", "split2", "valibot", "yargs"];
    expect(Object.keys(manifest.dependencies)).to.deep.equal(direct);
    // A range would let another version in.
    expect(
      Object.values(manifest.dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
    ).to.deep.equal([]);
  });
});
