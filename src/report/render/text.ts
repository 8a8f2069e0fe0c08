/**
 * The report as plain text, as it is mailed and printed.
 * Promise: whatever is in lines, names and paths, what comes out is printable, and each block ends its last line.
 */
import type { Block } from "../block.js";
import {
  headText,
  moreNoticesText,
  moreOmittedRulesText,
  noticesHeading,
  noticeText,
  omissionText,
  omittedAlarmsText,
  omittedNoticesText,
  omittedRulesText,
} from "./frame-text.js";
import { ledgerText } from "./ledger-text.js";
import { quotedPrintableBytes } from "./quoted-printable.js";
import type { Renderer } from "./renderer.js";
import { inventoryText } from "./inventory-text.js";
import { earlierText, furtherSampleText, groupText, moreText, sectionHeading } from "./section-text.js";

/** Sizes are those of quoted-printable. */
export const textRenderer: Renderer = {
  contentType: "text/plain; charset=utf-8",
  size: (block) => quotedPrintableBytes(blockText(block)),
  render: (blocks) => Buffer.from(textOf(blocks)),
};

/** What `textRenderer` renders, as a string. */
export function textOf(blocks: readonly Block[]): string {
  return blocks.map(blockText).join("");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "head":
      return headText(block);
    case "notices heading":
      return noticesHeading;
    case "notice":
      return noticeText(block);
    case "more notices":
      return moreNoticesText(block);
    case "omitted notices":
      return omittedNoticesText(block);
    case "section heading":
      return sectionHeading(block);
    case "group":
      return groupText(block);
    case "sample":
      return furtherSampleText(block);
    case "more":
      return moreText(block);
    case "earlier":
      return earlierText(block);
    case "inventory":
      return inventoryText(block);
    case "omitted alarms":
      return omittedAlarmsText(block);
    case "omitted rules":
      return omittedRulesText(block);
    case "more omitted rules":
      return moreOmittedRulesText(block);
    case "omission":
      return omissionText(block);
    case "ledger":
      return ledgerText(block);
  }
}
