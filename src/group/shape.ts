/**
 * Finds what lines that read alike have in common: the program, and its message with all that varies left out.
 * Promise: bounded work for any line, whatever an attacker wrote into it.
 */
import type { Entry } from "../entry/entry.js";
import type { FirewallPacket } from "../entry/firewall.js";
import type { ByteString } from "../std/text/byte-string.js";
import { templateOfProgram } from "./template/statements.js";
import { KnownShapes } from "./template/known-texts.js";
import { templateOf } from "./template/template.js";

/** The shape of an entry. "*" stands for what varies: numbers, addresses, names, identifiers, quoted text. */
export function shapeOf({ appName, message, firewall }: Entry): ByteString {
  const template = firewall ? shapeOfPacket(firewall) : templateOfProgram(appName, message);
  return appName === undefined ? template : knownShapes.join(appName, template);
}

/** What the firewall's own rule says of a packet; that one was refused on its way out is news. */
function shapeOfPacket({ prefix, direction }: FirewallPacket): string {
  const isRefusal = direction === "outbound" && !/AUDIT|ALLOW|ACCEPT/i.test(prefix);
  return `${templateOf(prefix)} packet${isRefusal ? " outbound" : ""}`;
}

const knownShapes = new KnownShapes();
