/** Makes packages for tests, each once. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Runs a program that must succeed. Out: what it printed. */
export function must(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    env,
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")}: exit status ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** Makes one package in `directory`. Uncompressed is faster, and installs as well. Out: its path. */
export function makePackage(
  kind: "deb" | "npm" | "standalone",
  directory: string,
  given: { readonly env?: NodeJS.ProcessEnv; readonly compression?: "none" | "xz" } = {},
): string {
  const { env, compression = "none" } = given;
  const args = ["packaging/package.mjs", "--into", directory, "--compression", compression, kind];
  const said = must(process.execPath, args, { ...process.env, ...env });
  return said.split("  ", 1)[0] ?? "";
}

/** Makes of a package one that is the same, but of version 0.0.1. Out: its path. */
export function earlierVersionOf(deb: string): string {
  return changed(deb, "earlier", (control) => control.replace(/^Version: .*/m, "Version: 0.0.1"));
}

/** Makes of the package logwinnow what is the same, but called logwinnow-standalone. Out: its path. */
export function otherPackageOf(deb: string): string {
  return changed(deb, "other", (control) =>
    control
      .replace(/^Package: .*/m, "Package: logwinnow-standalone")
      .replace(/^(Conflicts|Replaces): .*/gm, "$1: logwinnow"),
  );
}

function changed(deb: string, name: string, change: (control: string) => string): string {
  const work = mkdtempSync(join(dirname(deb), `${name}-`));
  must("dpkg-deb", ["--raw-extract", deb, `${work}/tree`]);
  const control = `${work}/tree/DEBIAN/control`;
  writeFileSync(control, change(readFileSync(control, "utf8")));
  must("dpkg-deb", ["--root-owner-group", "-Znone", "--build", `${work}/tree`, `${work}/${name}.deb`]);
  return `${work}/${name}.deb`;
}
