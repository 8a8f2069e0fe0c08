/** Golden files: texts whose very layout is the promise. They change only by `npm run golden`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

/** Expects the text that test/golden/NAME holds; with LOGWINNOW_GOLDEN=1 writes it there. */
export function expectGolden(name: string, text: string): void {
  const path = join("test", "golden", name);
  if (process.env.LOGWINNOW_GOLDEN === "1") writeFileSync(path, text);
  expect(text).to.equal(readFileSync(path, "utf8"));
}
