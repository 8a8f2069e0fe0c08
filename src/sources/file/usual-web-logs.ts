/**
 * The logs that web servers usually have, for a run without configuration.
 * Promise: they are read beside a system's own logs, and take the place of none.
 */
import type { LookBack } from "../source.js";
import { fileSettings } from "./file-kind.js";
import type { FileSettings } from "./file-settings.js";

/** Where a server's directory is, all its sites' logs are, of requests and of errors. */
const usualDirectories: readonly (readonly [directory: string, logs: string])[] = [
  ["/var/log/nginx", "/var/log/nginx/*.log"],
  ["/var/log/apache2", "/var/log/apache2/*.log"],
  ["/var/log/httpd", "/var/log/httpd/*_log"],
  ["/var/log/caddy", "/var/log/caddy/*.log"],
  // Debian's rsyslog keeps what HAProxy says out of syslog.
  ["/var/log/haproxy.log", "/var/log/haproxy.log"],
];

/** Undefined where there is no web server. */
export function usualWebLogs(
  firstRun: LookBack,
  exists: (path: string) => boolean,
): FileSettings | undefined {
  const paths = usualDirectories.filter(([directory]) => exists(directory)).map(([, logs]) => logs);
  if (paths.length === 0) return undefined;
  const alsoRun = usualDirectories.map(([, logs]) => logs);
  return { ...fileSettings("file", paths, firstRun), alsoRun, mayMatchNothing: true };
}
