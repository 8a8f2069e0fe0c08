/** What a form of the report has to offer: text today; HTML, JSON and others have room beside it. */
import type { Block } from "../block.js";

/** Both functions depend on nothing but the blocks: a mail that is made again has the same bytes. */
export interface Renderer {
  /** The MIME type of what `render` gives, with its charset. */
  readonly contentType: string;
  /**
   * How many bytes a block adds to a page as it goes out, transfer encoding included; at most, not exactly.
   * Not less for larger figures in the same block. Asked several times of the same lines: keep what is expensive.
   */
  size(block: Block): number;
  /** A page. In: blocks in the order of the layout, not necessarily from the first one on. */
  render(blocks: readonly Block[]): Uint8Array;
}
