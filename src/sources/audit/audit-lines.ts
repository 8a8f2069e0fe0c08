/**
 * Makes the records of auditd readable, one line each: a header, decoded fields, names of users, the event.
 * Promise: one line in, one line out; what is no record stays as it is.
 */
import { traditionalTime } from "../../entry/traditional-time.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { decodeFields } from "./encoded-fields.js";
import { socketAddress } from "./socket-address.js";
import { namesOfUsers } from "./user-names.js";

const record =
  /^(?:node=([-.:\w]{1,255}) )?type=(\S{1,64}) msg=audit\((\d{1,12})\.(\d{1,9}):(\d{1,20})\):(.*)$/s;
/** What auditd added to the record itself, in its enriched format, follows this byte. */
const enrichment = "\x1d";
/** Events that are remembered. */
const mostEvents = 256;
/** The kernel's own bound is 256 bytes. */
const longestKey = 512;

/**
 * The shortest record has 26 bytes. To it come a header of up to 280 bytes, the names of ten users of up to 60, a key of up
 * to 520, and what is decoded takes at most twice the room, in the record and in an address.
 */
export const growth = 64;

export class AuditLines {
  private readonly hostname: string;
  /** What is said of their further records, by the events' hosts and numbers; the latest last. */
  private readonly events = new Map<string, string>();

  constructor(hostname: string) {
    this.hostname = hostname;
  }

  /** In and out: a line without its newline. */
  rewrite(line: ByteString): ByteString {
    const [, node, type = "", seconds, fraction, serial = "", rest] = record.exec(line) ?? [];
    if (seconds === undefined || rest === undefined) return line;
    const hostname = node ?? this.hostname;
    const place = rest.indexOf(enrichment);
    const own = place < 0 ? rest : rest.slice(0, place);
    const fields = decodeFields(type, own);
    const names = place < 0 ? namesOfUsers(own) + addressIn(type, own) : ` ${rest.slice(place + 1)}`;
    const event = this.partOf(`${hostname} ${seconds}.${fraction}:${serial}`, type, fields);
    const header = `${traditionalTime(Number(seconds))} ${hostname} audit: `;
    return `${header}type=${type} msg=audit(${seconds}.${fraction}:${serial}):${fields}${names}${event}`;
  }

  /** Of a record after the first one of its event: what that was, or its key, where a rule of auditctl(8) made it. */
  private partOf(event: string, type: string, fields: ByteString): ByteString {
    const known = this.events.get(event);
    if (known !== undefined) return known;
    const key =
      type === "SYSCALL" ? (/ key=("[^"]*"|\(null\))(?: |$)/.exec(fields)?.[1] ?? "(null)") : undefined;
    this.events.set(event, key === undefined ? ` EVENT=${type}` : ` KEY=${key.slice(0, longestKey)}`);
    const [oldest] = this.events.keys();
    if (this.events.size > mostEvents && oldest !== undefined) this.events.delete(oldest);
    return "";
  }
}

function addressIn(type: string, fields: ByteString): ByteString {
  const [, digits = ""] =
    (type === "SOCKADDR" && /(?:^| )saddr=((?:[0-9A-F]{2})+)(?: |$)/.exec(fields)) || [];
  const address = digits === "" ? undefined : socketAddress(digits);
  return address === undefined ? "" : ` SADDR={ ${address} }`;
}
