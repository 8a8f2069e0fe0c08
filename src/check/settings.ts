/** The settings of the hourly job, as the configuration gives them. */
import type { IdCommand } from "../report/outline/sections/actions.js";
import type { Digest } from "./report/digest.js";
import type { NameSettings } from "../origins/reverse-names.js";
import type { RuleSettings } from "../rules/rule-settings.js";
import type { SourceSettings } from "../sources/source.js";
import type { ArchiveLimits } from "../store/archive.js";
import type { Text } from "../std/text/byte-string.js";

export interface ReportSettings {
  /** The commands on ids of kinds and reports that this program has. Left out: none. */
  readonly commands?: ReadonlySet<IdCommand>;
  /** Who is to give them. Left out: root. */
  readonly user?: Text;
  readonly group: boolean;
  /** Whether alarms are shown with what stood around them; a number: with so many lines on each side. */
  readonly context: boolean | number;
  /** Whether mails have any text of a log. */
  readonly lines: boolean;
  /** Of the mail's text, encoded. */
  readonly maxBytes: number;
  /** When what is known is told; unset: by each run. */
  readonly digest?: Digest;
  /** It is printed, and read now: kinds that are known have lines, too. */
  readonly tellsAll?: true;
  /** Whether addresses are shown with what they are called, and who is asked; unset: nobody. */
  readonly reverseNames?: NameSettings;
  /** After how long an alarm that goes on is told by a mail of its own again; unset: four hours. */
  readonly repeatMs?: number;
}

export interface CheckSettings {
  readonly report: ReportSettings;
  readonly rules: RuleSettings;
  /** For how many days a kind of lines is remembered that does not come; unset: 100. */
  readonly kindDays?: number;
  /** Of the lines that reports told; unset: the usual limits. */
  readonly archive?: ArchiveLimits;
  /** Where dpkg says what it does, the newest first; unset: the usual places. */
  readonly packageLogs?: readonly string[];
  /** Where dpkg keeps its lists of files; unset: the usual place. */
  readonly packageLists?: string;
  /** Unset: those of the usual logs that exist. */
  readonly sources?: readonly SourceSettings[];
}
