/** Finds the template of a line of the audit log. Promise: verdict, operation, unit, executable and result stay. */
import type { ByteString } from "../../std/text/byte-string.js";
import { wholeCommand } from "./commands.js";
import type { Reading } from "./pairs.js";
import { templateOf } from "./template.js";

const isAudit: Reading = { isAudit: true };

/** The arguments of what was executed are a command. */
export function templateOfAudit(message: ByteString): ByteString {
  const kind = message.slice(0, 64);
  const isCommand = kind.includes("EXECVE") || kind.includes("PROCTITLE");
  const start = isCommand ? message.search(/\bproctitle=|\ba\d{1,4}=/) : -1;
  if (start < 0) return templateOf(message, isAudit);
  return `${templateOf(message.slice(0, start), isAudit)} ${wholeCommand(message.slice(start))}`;
}
