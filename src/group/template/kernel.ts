/**
 * Finds the template of a line of the kernel.
 * Promise: the time since boot, the names of devices and who was killed for memory vary; what happened to them stays.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { templateOfAudit } from "./audit.js";
import { templateOf } from "./template.js";

/** The names of devices are the makers' own, and so are lists of modules and bytes of code. By their first letters. */
const devices: ReadonlyMap<string, readonly [RegExp, string]> = new Map([
  ["inp", [/^input: .{1,200} as \/devices/, "input: * as *"]],
  ["usb", [/^usb \S{1,32}: (?:Manufacturer|Product|SerialNumber): /, "usb *: Product: *"]],
  ["scs", [/^scsi \S{1,32} (?:Direct-Access|CD-ROM|Enclosure|Processor|Sequential-Access) /, "scsi *: *"]],
  ["Mod", [/^Modules linked in:/, "Modules linked in: *"]],
  ["Cod", [/^Code: /, "Code: *"]],
  ["CPU", [/^CPU: \d+ (?:UID: \d+ )?PID: \d+ Comm: /, "CPU: * PID: * Comm: *"]],
]);

/** Before what is looked for. */
const longestLead = 64;
/** At least as long as any of it. */
const longestWords = 24;

export function templateOfKernel(message: ByteString): ByteString {
  const text = withoutUptime(message);
  const device = devices.get(text.slice(0, 3));
  if (device?.[0].test(text)) return device[1];
  // A hostile line is long: what stands further in it is not looked for.
  const head = text.slice(0, longestLead + longestWords);
  const audit = head.indexOf("audit(");
  if (audit >= 0 && audit < longestLead) return templateOfAudit(text);
  const invoked = head.indexOf(" invoked oom-killer: ");
  if (invoked >= 0 && invoked < longestLead)
    return `* ${templateOf(text.slice(invoked, invoked + " invoked oom-killer".length))}`;
  const killed = head.indexOf("Killed process ");
  if (killed >= 0 && killed < longestLead)
    return templateOf(withoutVictim(text, killed + "Killed process ".length));
  return templateOf(text.startsWith("IPv6: ADDRCONF") ? text.slice("IPv6: ".length) : text);
}

/** "Killed process 812 (php-fpm), UID 33, total-vm:…" without the name. */
function withoutVictim(text: ByteString, start: number): ByteString {
  const open = text.indexOf("(", start);
  const close = text.indexOf(")", open);
  return open < 0 || close < 0 || open > start + 16 ? text : text.slice(0, open) + text.slice(close + 1);
}

/** "[   12.345678] ", which the kernel puts first. */
export function withoutUptime(text: ByteString): ByteString {
  if (text[0] !== "[") return text;
  const close = text.indexOf("]");
  if (close < 0 || close > 24 || !/^[ .0-9]+$/.test(text.slice(1, close))) return text;
  return text.slice(text[close + 1] === " " ? close + 2 : close + 1);
}
