/**
 * Puts into words what is known on this host from now on.
 * Promise: no raw control byte of any key.
 */
import { escaped, escapedText } from "../../std/text/escape.js";
import type { InventoryBlock } from "../block.js";
import { formatCount, headingOf } from "./wording.js";

export function inventoryText({ families, keyCount }: InventoryBlock): string {
  const shown = families.reduce((sum, { keys }) => sum + keys.length, 0);
  const rows = families.flatMap(({ family, keys }) => [
    `\n  ${escapedText(family)}\n`,
    ...keys.map((key) => `    ${escaped(key.split("\n").join(", "))}\n`),
  ]);
  return [
    headingOf(`KNOWN ON THIS HOST FROM NOW ON: ${formatCount(keyCount)}`, "-"),
    "  Seen in the logs of before; from now on their lines are routine, and anything else\n",
    "  is reported as first seen. Look for what does not belong here. # stands for numbers.\n",
    ...rows,
    ...(shown < keyCount ? [`\n  ... and ${formatCount(keyCount - shown)} more\n`] : []),
  ].join("");
}
