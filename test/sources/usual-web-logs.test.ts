/** The usual logs of web servers: read where a server is, beside a system's own logs. */
import { expect } from "chai";
import type { FileSettings } from "../../src/sources/file/file-settings.js";
import { usualWebLogs } from "../../src/sources/file/usual-web-logs.js";
import { usualLookBack } from "../../src/sources/look-back.js";
import { usualLogs } from "../../src/sources/usual-logs.js";

describe("the usual logs of web servers", () => {
  it("are those of all sites, where the server's directory is", () => {
    const there = ["/var/log/nginx", "/var/log/haproxy.log", "/var/log/httpd"];
    expect(usualWebLogs(usualLookBack, (path) => there.includes(path))?.paths).to.deep.equal([
      "/var/log/nginx/*access*.log",
      "/var/log/nginx/*error*.log",
      "/var/log/httpd/*access_log",
      "/var/log/httpd/*error_log",
      "/var/log/haproxy.log",
    ]);
    expect(usualWebLogs(usualLookBack, () => false)).to.equal(undefined);
  });

  it("say nothing of a server without logs, and count as looked for where there is no server yet", () => {
    const settings = usualWebLogs(usualLookBack, (path) => path === "/var/log/caddy");
    expect(settings?.mayMatchNothing).to.equal(true);
    expect(settings?.alsoRun).to.include.members([
      "/var/log/caddy/*access*.log",
      "/var/log/apache2/*error*.log",
    ]);
  });

  const journal = "/var/log/journal";
  const cases: readonly (readonly [what: string, there: readonly string[], kinds: readonly string[]])[] = [
    ["a journal alone", [journal, "/var/log/nginx"], ["journal", "file"]],
    ["a syslog file and a journal", [journal, "/var/log/syslog", "/var/log/nginx"], ["file", "file"]],
  ];
  for (const [what, there, kinds] of cases) {
    it(`are read beside ${what}, whose own logs are read as without them`, () => {
      const usual = usualLogs(usualLookBack, {
        exists: (path) => there.includes(path),
        // An access log that nobody asks for does not mean that syslog is dead.
        lastWrittenMs: (path) => (path === journal || path === "/var/log/syslog" ? 0 : undefined),
      });
      expect(usual.map(({ kind }) => kind)).to.deep.equal(kinds);
      expect((usual.at(-1) as FileSettings).paths).to.deep.equal([
        "/var/log/nginx/*access*.log",
        "/var/log/nginx/*error*.log",
      ]);
    });
  }
});
