/** Writes an event in each form in which logging daemons and their tools write it. */

/** What a traditional line says. All are bytes as latin1. */
export interface Event {
  readonly host: string;
  readonly program: string;
  /** Where the tag names one. */
  readonly process: string | undefined;
  readonly message: string;
}

const traditionalLine = /^\w{3} [ \d]\d [\d:]{8} (\S+) ([^\s:[\]]+)(?:\[(\d+)\])?: (.*)$/s;

/** The event of a traditional line with a tag. */
export function eventOf(line: string): Event | undefined {
  const [all, host = "", program = "", process, message = ""] = traditionalLine.exec(line) ?? [];
  return all === undefined ? undefined : { host, program, process, message };
}

const iso = "2026-11-22T07:31:09.123456+00:00";
const nanoseconds = "2026-11-22T07:31:09.123456789Z";

const tagOf = ({ program, process }: Event): string =>
  program + (process === undefined ? "" : `[${process}]`);
const tagged = (event: Event): string => `${tagOf(event)}: ${event.message}`;
const hosted = (event: Event): string => `${event.host} ${tagged(event)}`;
const rfc5424 = ({ host, program, process = "-", message }: Event, data = "-"): string =>
  `${host} ${program} ${process} - ${data} ${message}`;
/** The UTF-8 of a value of JSON. */
const json = (value: object): string => Buffer.from(JSON.stringify(value), "utf8").toString("latin1");
const text = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");
const data = '[origin software="rsyslogd" note="a \\"]\\" in it"][meta sequenceId="1"]';

type Writer = (event: Event) => string;

/** Rules match them as they are. */
export const commonForms: Readonly<Record<string, Writer>> = {
  "a day that is not padded": (event) => `Nov 2 07:31:09 ${hosted(event)}`,
  milliseconds: (event) => `Nov 22 07:31:09.123 ${hosted(event)}`,
  "journalctl -o short-precise": (event) => `Nov 22 07:31:09.123456 ${hosted(event)}`,
  "a year after the time": (event) => `Nov 22 07:31:09 2026 ${hosted(event)}`,
  "a year after the day": (event) => `Nov 22 2026 07:31:09 ${hosted(event)}`,
  "a year first": (event) => `2026 Nov 22 07:31:09 ${hosted(event)}`,
  German: (event) => `M\xc3\xa4r 22 07:31:09 ${hosted(event)}`,
  French: (event) => `f\xc3\xa9vr. 22 07:31:09 ${hosted(event)}`,
  "ISO, as rsyslog writes it": (event) => `${iso} ${hosted(event)}`,
  "journalctl -o short-iso": (event) => `2026-11-22T07:31:09+0100 ${hosted(event)}`,
  "ISO, a blank": (event) => `2026-11-22 07:31:09 ${hosted(event)}`,
  "an IPv6 address": (event) => `Nov 22 07:31:09 2001:db8::10 ${tagged(event)}`,
  "no host, two blanks": (event) => `Nov 22 07:31:09  ${tagged(event)}`,
  "a source and a host": (event) => `Nov 22 07:31:09 s_sys@${hosted(event)}`,
  "a host and its address": (event) => `Nov 22 07:31:09 ${event.host}/192.0.2.10 ${tagged(event)}`,
  "a directory before the program": (event) => `Nov 22 07:31:09 ${event.host} /usr/sbin/${tagged(event)}`,
};

/** By the words in which they are named. */
export const otherForms: Readonly<Record<string, readonly Writer[]>> = {
  "a priority before the time stamp": [
    (event) => `<38>Nov 22 07:31:09 ${hosted(event)}`,
    (event) => `<38>${iso} ${hosted(event)}`,
    (event) => `<38>Nov 22 2026 07:31:09 ${hosted(event)}`,
  ],
  "a priority, then: no host": [(event) => `<38>Nov 22 07:31:09 ${tagged(event)}`],
  "a priority, then: a tag alone": [(event) => `<38>${tagged(event)}`],
  "RFC 5424": [
    (event) => `<38>1 ${iso} ${rfc5424(event)}`,
    (event) => `<38>1 ${iso} ${rfc5424(event, data)}`,
    (event) => `<38>1 2026-11-22T07:31:09Z ${rfc5424({ ...event, message: `\xef\xbb\xbf${event.message}` })}`,
    (event) => `<38>1 - ${rfc5424(event)}`,
  ],
  "RFC 5424 without a priority": [
    (event) => `${iso} ${rfc5424(event)}`,
    (event) => `${iso} ${rfc5424(event, data)}`,
    (event) => `1 ${iso} ${rfc5424(event)}`,
  ],
  "no host": [
    (event) => `Nov 22 07:31:09 ${tagged(event)}`,
    (event) => `${iso} ${tagged(event)}`,
    (event) => `2026-11-22 07:31:09 ${tagged(event)}`,
  ],
  "a facility after the host": [
    (event) => `Nov 22 07:31:09 ${event.host} authpriv.info ${tagged(event)}`,
    (event) => `Nov 22 07:31:09 ${event.host} auth|security:info ${tagged(event)}`,
  ],
  "a facility before the host": [
    (event) => `Nov 22 07:31:09 <auth.info> ${hosted(event)}`,
    (event) => `Nov 22 07:31:09 <4.6> ${hosted(event)}`,
  ],
  "a message ID after the tag": [
    (event) => `Nov 22 07:31:09 ${event.host} ${tagOf(event)}: [ID 800047 auth.info] ${event.message}`,
  ],
  "a day of the week": [
    (event) => `Sun Nov 22 07:31:09 2026 authpriv.info ${tagged(event)}`,
    (event) => `Sun Nov  2 07:31:09 2026 [1784713652.755] kern.warn ${tagged(event)}`,
    (event) => `Sun Nov 22 07:31:09 2026 ${hosted(event)}`,
  ],
  "journalctl -o short-full": [
    (event) => `Sun 2026-11-22 07:31:09 UTC ${hosted(event)}`,
    (event) => `Sun 2026-11-22 07:31:09 CEST ${hosted(event)}`,
    (event) => `Sun 2026-11-22 07:31:09 -03 ${hosted(event)}`,
  ],
  "journalctl -o short-unix": [(event) => `1784713652.755556 ${hosted(event)}`],
  "docker compose": [
    (event) => `web-1  | Nov 22 07:31:09 ${hosted(event)}`,
    (event) => `web-1  | <38>1 ${iso} ${rfc5424(event)}`,
    (event) => `\x1b[36mweb-1  | \x1b[0m${nanoseconds} Nov 22 07:31:09 ${hosted(event)}`,
  ],
  "kubectl logs --prefix": [(event) => `[pod/web-1/web] ${iso} ${hosted(event)}`],
  CRI: [
    (event) => `${nanoseconds} stdout F Nov 22 07:31:09 ${hosted(event)}`,
    (event) => `2026-11-22T07:31:09.123456789+01:00 stderr F ${tagged(event)}`,
  ],
  "Docker json-file": [
    (event) => json({ log: `Nov 22 07:31:09 ${text(hosted(event))}\n`, stream: "stdout", time: nanoseconds }),
    (event) =>
      json({ log: `${text(tagged(event))}\n`, stream: "stderr", attrs: { tag: "a" }, time: nanoseconds }),
  ],
  "journalctl -o json": [
    ({ host, program, process, message }) =>
      json({
        __CURSOR: "s=1;i=2",
        __REALTIME_TIMESTAMP: "1795332669123456",
        PRIORITY: "6",
        _HOSTNAME: text(host),
        SYSLOG_IDENTIFIER: text(program),
        ...(process !== undefined && { _PID: process }),
        MESSAGE: text(message),
      }),
    ({ host, program, process, message }) =>
      json({
        _HOSTNAME: text(host),
        _COMM: text(program),
        ...(process !== undefined && { _PID: process }),
        MESSAGE: [...Buffer.from(message, "latin1")],
        __REALTIME_TIMESTAMP: "1795332669123456",
      }),
  ],
  JSON: [
    (event) =>
      json({
        msg: ` ${text(event.message)}`,
        timereported: iso,
        hostname: text(event.host),
        syslogtag: `${text(tagOf(event))}:`,
        programname: text(event.program),
        procid: event.process ?? "-",
        pri: "38",
      }),
    (event) =>
      json({
        "@timestamp": iso,
        host: text(event.host),
        severity: "info",
        facility: "auth",
        programname: text(event.program),
        ...(event.process !== undefined && { procid: event.process }),
        message: text(event.message),
      }),
    (event) =>
      json({
        PROGRAM: text(event.program),
        ...(event.process !== undefined && { PID: Number(event.process) }),
        MESSAGE: text(event.message),
        HOST: text(event.host),
        ISODATE: iso,
      }),
  ],
};

/** The same, but what text of another kind may look like: known by the log that they are in. */
export const doubtfulForms: Readonly<Record<string, readonly Writer[]>> = {
  "journalctl -o short-monotonic": [
    (event) => `[4158954.403152] ${hosted(event)}`,
    (event) => `[    5.403152 <    0.000123 >] ${hosted(event)}`,
  ],
  "no time stamp": [hosted],
  "a tag alone": [tagged],
};
