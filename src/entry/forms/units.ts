/** Which program's lines the units of systemd have, where their names differ. */
import type { ByteString } from "../../std/text/byte-string.js";

const programs: ReadonlyMap<string, string> = new Map([
  ["bind9", "named"],
  ["chrony", "chronyd"],
  ["crond", "CROND"],
  ["dbus", "dbus-daemon"],
  ["init", "systemd"],
  ["nfs-idmapd", "rpc.idmapd"],
  ["nfs-mountd", "rpc.mountd"],
  ["ntp", "ntpd"],
  ["ntpsec", "ntpd"],
  ["polkit", "polkitd"],
  ["rpc-statd", "rpc.statd"],
  ["rsyslog", "rsyslogd"],
  ["smartmontools", "smartd"],
  ["ssh", "sshd"],
  ["systemd-tmpfiles-clean", "systemd-tmpfiles"],
  ["systemd-tmpfiles-setup", "systemd-tmpfiles"],
  ["user", "systemd"],
]);

/** Undefined where a unit holds programs of any kind. */
export function programOfUnit(unit: ByteString, message: ByteString): string | undefined {
  const dot = unit.lastIndexOf(".");
  const [name = ""] = unit.slice(0, dot).split("@");
  if (unit.endsWith(".scope") && name !== "init") return undefined;
  // Debian's cron calls itself so where it speaks of itself, and CRON where it runs a command.
  if (name === "cron") return /^\((?:CRON|\*system\*)/.test(message) ? "cron" : "CRON";
  return programs.get(name) ?? name;
}
