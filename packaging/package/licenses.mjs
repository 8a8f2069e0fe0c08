/**
 * The licenses of the packages whose code is in the bundles.
 * Promise: every package that package-lock.json has for the program itself is named, with the text that it brings.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Out: plain text, a part for each package, in order of name. Throws where a package brings no text. */
export function licensesOfBundled() {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const texts = Object.entries(packages)
    .filter(([place, { dev, devOptional, optional }]) => place !== "" && !dev && !devOptional && !optional)
    .map(([place, { version, license }]) => {
      const name = place.replace(/^.*node_modules\//, "");
      return `${name} ${version} (${license})\n\n${textOf(place, name)}`;
    });
  return [...new Set(texts)].sort().join(`\n${"-".repeat(72)}\n\n`);
}

function textOf(place, name) {
  const file = readdirSync(place).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name}: brings no license: cannot be bundled`);
  return `${readFileSync(join(place, file), "utf8").replaceAll("\r", "").trim()}\n`;
}
