/** The host's names, as mail and reports give them. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/**
 * The fully qualified host name: the kernel's if it has a dot, else the canonical name that hosts(5) gives it,
 * else the kernel's as it is. Never asks the network: an hourly job must not hang on a name server.
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
