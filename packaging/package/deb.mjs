/**
 * Makes a Debian package of a tree.
 * Promise: the same tree and the same moment make the same bytes; nobody need be root.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { conffiles, maintainer } from "./contents.mjs";
import { debianVersion, epoch } from "./release.mjs";

const recommends = "systemd-sysv | cron | cron-daemon, default-mta | mail-transport-agent";
const suggests = "logcheck-database, bzip2, xz-utils, zstd, tor-geoipdb";

const description = `report what a server logged that is not routine
 logwinnow runs every hour. It reads what was logged since the last run, drops
 each line that a rule calls routine, puts what should never happen on top, and
 mails the rest.
 .
 It reads files, rotated and compressed ones too, the systemd journal, process
 accounting, logins and auditd's log, and it uses the rules of logcheck where
 they are installed. Each line is accounted for, and no line is lost between the
 log and the mailbox.`;

/**
 * In: a tree with the package's files, and the fields that tell it from others: `name`, `architecture`, `depends`, `other`
 * (the package that it takes the place of) and `about` (a paragraph for the description).
 * Out: the path of the package below `into`.
 */
export function buildDeb(tree, { name, architecture, depends, other, about }, { into, compression }) {
  const files = tree.paths().filter((path) => !path.endsWith("/"));
  const digests = files
    .filter((path) => !conffiles.includes(`/${path}`) && lstatSync(join(tree.directory, path)).isFile())
    .map((path) => `${md5(join(tree.directory, path))}  ${path}\n`);
  const sizes = files.map((path) => Math.ceil(lstatSync(join(tree.directory, path)).size / 1024));
  const size = sizes.reduce((sum, kilobytes) => sum + kilobytes, 0);
  tree.write(
    "DEBIAN/control",
    `Package: ${name}
Version: ${debianVersion}
Architecture: ${architecture}
Maintainer: ${maintainer}
Installed-Size: ${size}
Depends: ${[...depends, ...dependsOfBoth].join(", ")}
Recommends: ${recommends}
Suggests: ${suggests}
Conflicts: ${other}
Replaces: ${other}
Section: admin
Priority: optional
Description: ${description}
 .
${about.replace(/^/gm, " ")}
`,
  );
  tree.write("DEBIAN/conffiles", conffiles.map((path) => `${path}\n`).join(""));
  tree.write("DEBIAN/md5sums", digests.join(""));
  tree.copy("packaging/debian/triggers", "DEBIAN/triggers");
  for (const script of ["postinst", "prerm", "postrm"])
    tree.copy(`packaging/debian/${script}`, `DEBIAN/${script}`, 0o755);
  tree.date(epoch);
  const path = join(into, `${name}_${debianVersion}_${architecture}.deb`);
  // Level 6 takes four times as long for a tenth less.
  const levels = compression === "xz" && size > 50_000 ? ["-z2"] : [];
  const built = spawnSync(
    "dpkg-deb",
    ["--root-owner-group", `-Z${compression}`, ...levels, "--build", tree.directory, path],
    {
      encoding: "utf8",
      // xz makes other bytes with more threads.
      env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch), DPKG_DEB_THREADS_MAX: "1" },
    },
  );
  if (built.error) throw built.error;
  if (built.status !== 0) throw new Error(`dpkg-deb: ${built.stderr}`);
  return path;
}

/** postinst needs these. */
const dependsOfBoth = [
  "init-system-helpers (>= 1.54)",
  "passwd",
  "systemd | systemd-standalone-sysusers | systemd-sysusers",
  "systemd | systemd-standalone-tmpfiles | systemd-tmpfiles",
];

function md5(path) {
  return createHash("md5").update(readFileSync(path)).digest("hex");
}
