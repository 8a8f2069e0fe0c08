/** The pieces that a report's text is made of. */
import type { Group, Sample } from "../group/group.js";

/** What stays together on one page. */
export interface Block {
  /** Ends in a newline. */
  readonly text: string;
  /** The line that it shows. */
  readonly sample?: Sample;
  /** The group that it begins. */
  readonly opens?: Group;
}
