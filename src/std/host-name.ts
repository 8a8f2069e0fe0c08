/** The host's names, for mail and reports. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

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

/** The name up to its first dot: what syslog writes. */
export function shortHostName(name: string = hostname()): string {
  return name.split(".", 1)[0] ?? name;
}
