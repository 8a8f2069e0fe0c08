/**
 * Spreads blocks over pages of bounded size.
 * Promise: a block stays whole and in its place, and no page is larger than its budget as it goes out.
 */
import type { Block } from "./block.js";

export interface Budget {
  /** Of one page, as its renderer sizes it. A mail's headers come on top. */
  readonly maxBytes: number;
  readonly maxMails: number;
}

export interface Filled {
  /** None empty. */
  readonly pages: readonly (readonly Block[])[];
  /** The blocks that found no room. */
  readonly omitted: ReadonlySet<Block>;
}

/** Fills the pages in order. `sizeOf` gives a block's bytes. */
export function fill(
  blocks: readonly Block[],
  { maxBytes, maxMails }: Budget,
  sizeOf: (block: Block) => number,
): Filled {
  const pages: Block[][] = [];
  const omitted = new Set<Block>();
  let pageBytes = 0;
  for (const block of blocks) {
    const bytes = sizeOf(block);
    const page = pages.at(-1);
    if (page && pageBytes + bytes <= maxBytes) {
      page.push(block);
      pageBytes += bytes;
    } else if (bytes <= maxBytes && pages.length < maxMails) {
      pages.push([block]);
      pageBytes = bytes;
    } else {
      omitted.add(block);
    }
  }
  return { pages, omitted };
}
