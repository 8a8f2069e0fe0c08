/**
 * Decides which forms the lines of a log are read in, by the lines that were looked at.
 * Promise: one line of another form, or a few of them, in a log of one form are read as they are; what a line begins
 * with decides alone only in a log of one line, or of many forms.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { noTimeStamp, tagAlone } from "../../entry/forms/bare.js";
import type { FormReading } from "../../entry/forms/form-reading.js";

/** What a line was found to be: its reading, "common" for a header that rules match anyway, or nothing known. */
export type Finding = FormReading | "common" | undefined;

interface FormCount {
  /** Lines that hardly are anything else. */
  sure: number;
  all: number;
  /** Those whose messages begin with a blank. */
  padded: number;
}

/** When so many lines were looked at, what was seen counts half: a log may go on in another form. */
const mostLines = 256;
const mostHosts = 64;

export class FormEvidence {
  private lines = 0;
  private known = 0;
  private readonly forms = new Map<string, FormCount>();
  /** Hosts that lines with a time stamp name. */
  private readonly hosts = new Set<ByteString>();
  /** Lines without a time stamp, by what may be their host. */
  private readonly bareHosts = new Map<ByteString, FormCount>();

  /** `host`: the one that the line names, if it is of the common form. */
  add(finding: Finding, host?: ByteString): void {
    this.lines++;
    if (finding === "common") {
      this.known++;
      this.addHost(host);
    } else if (finding?.form === noTimeStamp) {
      count(this.bareHosts, finding.hostname ?? "", finding.doubt === "program", false);
    } else if (finding) {
      const { form, unpadded, hostname, doubt } = finding.otherwise ?? finding;
      if (doubt === undefined) {
        this.known++;
        this.addHost(hostname);
      }
      count(this.forms, form, doubt === undefined, unpadded !== undefined);
    }
    if (this.lines > mostLines) this.fade();
  }

  /** Whether any form but the common one is to be expected. */
  get isOfOtherForms(): boolean {
    return (
      this.isMixed ||
      [...this.forms.keys()].some((form) => this.isFrequent(form)) ||
      this.bareHost !== undefined
    );
  }

  /** Whether a line that was found to be so is read so. */
  accepts(reading: FormReading): boolean {
    const { form, hostname = "", doubt } = reading;
    if (form === noTimeStamp) return hostname === this.bareHost || (this.isMixed && this.hosts.has(hostname));
    const isExpected = this.isMixed || this.isFrequent(form);
    if (doubt === undefined) return isExpected;
    if (reading.otherwise) return isExpected && this.hosts.has(hostname);
    const { all = 0 } = this.forms.get(form) ?? {};
    return form === tagAlone && this.isFrequent(form) && 2 * all >= this.lines;
  }

  /** Whether the blank before a message is its writer's: most messages of the form have one. */
  isPadded(form: string): boolean {
    const { all, padded } = this.forms.get(form) ?? { all: 0, padded: 0 };
    return 2 * padded > all;
  }

  private isFrequent(form: string): boolean {
    const { sure = 0 } = this.forms.get(form) ?? {};
    if (sure === this.lines) return sure > 0;
    return sure >= 2 && 4 * sure >= this.known && 10 * sure >= this.lines;
  }

  /** A quarter of the lines is of several forms, and of none that is the log's own. */
  private get isMixed(): boolean {
    const counts = [...this.forms.values()].map(({ sure }) => sure).filter((sure) => sure > 0);
    const others = counts.reduce((sum, sure) => sum + sure, 0);
    return counts.length >= 3 && 4 * (others - Math.max(...counts)) >= this.known;
  }

  /** The host of a log whose lines have no time stamps. */
  private get bareHost(): ByteString | undefined {
    for (const [host, { sure, all }] of this.bareHosts)
      if (2 * all >= this.lines && 2 * sure >= all && (sure >= 2 || sure === this.lines)) return host;
    return undefined;
  }

  private addHost(host: ByteString | undefined): void {
    if (host !== undefined && this.hosts.size < mostHosts) this.hosts.add(host);
  }

  private fade(): void {
    this.lines = Math.floor(this.lines / 2);
    this.known = Math.floor(this.known / 2);
    for (const counts of [this.forms, this.bareHosts])
      for (const [key, each] of counts) {
        each.sure = Math.floor(each.sure / 2);
        each.all = Math.floor(each.all / 2);
        each.padded = Math.floor(each.padded / 2);
        if (each.all === 0) counts.delete(key);
      }
  }
}

function count(counts: Map<string, FormCount>, key: string, isSure: boolean, isPadded: boolean): void {
  const known = counts.get(key) ?? { sure: 0, all: 0, padded: 0 };
  known.all++;
  if (isSure) known.sure++;
  if (isPadded) known.padded++;
  if (counts.has(key) || counts.size < mostLines) counts.set(key, known);
}
