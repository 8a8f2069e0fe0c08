/** The host's names, for mail and reports. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Notice } from "./notice.js";

/**
 * The fully qualified host name: the kernel's if it has a dot, else its canonical name in hosts(5), else the kernel's
 * as it is. Never asks the network: an hourly job must not wait for a name server.
 */
export function fullyQualifiedHostName(name: string = hostname(), hostsFile = "/etc/hosts"): string {
  if (name.includes(".")) return name;
  let hosts: string;
  try {
    hosts = readFileSync(hostsFile, "utf8");
  } catch {
    return name;
  }
  for (const line of hosts.split("\n")) {
    const [, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    const canonical = names[0];
    if (canonical?.includes(".") && names.includes(name)) return canonical;
  }
  return name;
}

/** A name that can stand in addresses and in a Message-ID, and whether it is another one than the host's. */
export interface MailDomain {
  readonly name: string;
  /** Why it is another one. */
  readonly notice?: Notice;
}

/** What a host without any usable name is called. */
const nameless = "localhost";
/** RFC 1035 2.3.4. */
const maxLabelLength = 63;
const maxNameLength = 253;
const domainName =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/;

/**
 * In: the host's full name, any text: DHCP sets names like `db_01`, `-x` or nothing at all. Out: it as it is where it is a
 * domain name (RFC 1123 2.1); else what is left of it, `db-01`, `x`, or `localhost`, and a notice.
 */
export function mailDomain(full: string = fullyQualifiedHostName()): MailDomain {
  const labels = full.split(".");
  const isShort = full.length <= maxNameLength && labels.every(({ length }) => length <= maxLabelLength);
  if (isShort && domainName.test(full)) return { name: full };
  const harmless = labels
    .map((label) => harmlessLabel(label))
    .filter((label) => label !== "")
    .join(".")
    .slice(0, maxNameLength)
    .replace(/[.-]+$/, "");
  const name = harmless === "" ? nameless : harmless;
  return {
    name,
    notice: {
      where: "host name",
      what: `"${full}" is not a domain name`,
      done: `"${name}" is used in mails`,
    },
  };
}

function harmlessLabel(label: string): string {
  return label
    .replaceAll(/[^A-Za-z0-9-]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, maxLabelLength)
    .replace(/-+$/, "");
}

/** The name up to its first dot: what syslog writes. */
export function shortHostName(name: string = hostname()): string {
  return name.split(".", 1)[0] ?? name;
}

/** The names that this host can have in its logs: as syslog writes it, and the full ones. None is empty or has blanks. */
export function loggedHostNames(
  name: string = hostname(),
  full: string = fullyQualifiedHostName(name),
): string[] {
  return [...new Set([shortHostName(name), name, full])].filter((each) => /^[!-~]+$/.test(each));
}
