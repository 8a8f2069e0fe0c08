/**
 * What a line of a log can be: the forms of its header and of its message, as EREs and as samples.
 * Promise: each sample is a line that its ERE matches.
 */

/** A form that headers can have. */
export interface Header {
  /** An ERE of all headers of this form, with the blank after them. */
  readonly language: string;
  /** Few letters: a rule that needs another one does not match all lines, which its text alone tells. */
  readonly samples: readonly string[];
  /** With little in common, for rules that can only be judged by samples. */
  readonly moreSamples: readonly string[];
}

/** By form, since a rule for the traditional header alone still hides every line of a log that uses it. */
interface StampForm {
  readonly language: string;
  readonly samples: readonly [string, ...string[]];
}

const months = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";

const stampForms: readonly StampForm[] = [
  {
    language: `${months} ( [1-9]|[12][0-9]|3[01]) ${time}`,
    samples: ["Jan  1 00:00:00", "Oct 22 13:47:58", "Feb  9 06:35:14"],
  },
  // As rsyslog writes it: a rule that matches every such line hides a whole log.
  {
    language: `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T${time}\\.[0-9]{6}[+-][01][0-9]:[0-5][0-9]`,
    samples: [
      "2026-01-01T00:00:00.000000+00:00",
      "1999-10-22T13:47:58.918273-05:30",
      "2038-06-30T22:35:14.645546+11:00",
    ],
  },
];

const anyHost = "[0-9A-Za-z][-._0-9A-Za-z]*";
const sampleHosts = ["zq", "w8k.m-p", "B5"];

/** From programs and in words that no log has, with little in common. */
export const messages = ["zqx[7]: ~", "xzq/zzx[77]: zq qz", "qqz-x: {}", "z: %"];

/**
 * What a message can say. Only printable ASCII: a rule that takes every such text leaves nothing
 * of a log that anyone reads.
 */
export const textLanguage = "([!-~]|[!-~][ -~]*[!-~])";

/** A program with or without its number, and a text. */
export const messageLanguage = `[A-Za-z0-9_][-._/A-Za-z0-9]*(\\[[1-9][0-9]*\\])?: ${textLanguage}`;

/** Of all hosts, and no header at all; or of lines of the one host. */
export function headersOf(host: string | undefined): readonly Header[] {
  const hosts = host === undefined ? sampleHosts : [host];
  const withStamp = stampForms.map(({ language, samples }): Header => ({
    language: `${language} ${host === undefined ? anyHost : literal(host)} `,
    samples: [`${samples[0]} ${hosts[0]} `],
    moreSamples: samples.flatMap((stamp) => hosts.map((name) => `${stamp} ${name} `)),
  }));
  const none: Header = { language: "", samples: [""], moreSamples: [""] };
  return host === undefined ? [...withStamp, none] : withStamp;
}

/** The name as an ERE. */
function literal(name: string): string {
  return name.replaceAll(/[.[\]{}()*+?^$|\\]/g, String.raw`\$&`);
}
