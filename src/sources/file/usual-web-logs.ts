/**
 * The logs that web servers usually have, for a run without configuration.
 * Promise: they are read beside a system's own logs, and take the place of none.
 */
import type { LookBack } from "../source.js";
import { fileSettings } from "./file-kind.js";
import type { FileSettings } from "./file-settings.js";

/**
 * Where a server's directory is, its sites' logs of requests and of errors are. Other logs lie beside them, such as what
 * ModSecurity audits, or a second one of the same requests: those are read where they are asked for.
 */
const usualDirectories: readonly (readonly [directory: string, logs: readonly string[]])[] = [
  ["/var/log/nginx", ["/var/log/nginx/*access*.log", "/var/log/nginx/*error*.log"]],
  ["/var/log/apache2", ["/var/log/apache2/*access*.log", "/var/log/apache2/*error*.log"]],
  ["/var/log/httpd", ["/var/log/httpd/*access_log", "/var/log/httpd/*error_log"]],
  ["/var/log/caddy", ["/var/log/caddy/*access*.log"]],
  // Debian's rsyslog keeps what HAProxy says out of syslog.
  ["/var/log/haproxy.log", ["/var/log/haproxy.log"]],
];

/** Undefined where there is no web server. */
export function usualWebLogs(
  firstRun: LookBack,
  exists: (path: string) => boolean,
): FileSettings | undefined {
  const paths = usualDirectories.filter(([directory]) => exists(directory)).flatMap(([, logs]) => logs);
  if (paths.length === 0) return undefined;
  const alsoRun = usualDirectories.flatMap(([, logs]) => logs);
  return { ...fileSettings("file", paths, firstRun), alsoRun, mayMatchNothing: true };
}
