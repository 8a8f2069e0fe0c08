/** What both Debian packages hold: everything but the program and Node. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { licensesOfBundled } from "./licenses.mjs";
import { debianVersion, epoch, manifest } from "./release.mjs";

export const maintainer = "The logwinnow authors <logwinnow@example.org>";

/** Files that an administrator edits, and that an upgrade leaves as they are. */
export const conffiles = ["/etc/cron.d/logwinnow", "/etc/logwinnow/logwinnow.toml"];

/** Directories of rules, and of lines that show what they do. */
export const rules = manifest.files.filter((name) => /\.d$|^canaries$/.test(name) && existsSync(name));

/** What the program itself is, beside the script that starts it. */
export const bundles = ["program.cjs", "nodemailer.cjs", "mail-composer.cjs"];

/** Files of packaging/ that `logwinnow setup` looks for beside the program. */
export const systemFiles = readdirSync("packaging").filter((name) =>
  /^logwinnow[.-].*$|^mail-failure$/.test(name),
);

export const modeOf = (file) => (file === "mail-failure" ? 0o755 : 0o644);

const inPlace = {
  "etc/cron.d/logwinnow": "packaging/logwinnow.cron",
  "etc/logwinnow/logwinnow.toml": "packaging/debian/logwinnow.toml",
  "usr/lib/systemd/system/logwinnow.service": "packaging/logwinnow.service",
  "usr/lib/systemd/system/logwinnow.timer": "packaging/logwinnow.timer",
  "usr/lib/systemd/system/logwinnow-failure.service": "packaging/logwinnow-failure.service",
  "usr/lib/sysusers.d/logwinnow.conf": "packaging/logwinnow.sysusers",
  "usr/lib/tmpfiles.d/logwinnow.conf": "packaging/logwinnow.tmpfiles",
};

/** Where each shell looks for what completes a command. */
const completions = {
  bash: "usr/share/bash-completion/completions/logwinnow",
  zsh: "usr/share/zsh/vendor-completions/_logwinnow",
  fish: "usr/share/fish/vendor_completions.d/logwinnow.fish",
};

/** As `logwinnow completion SHELL` prints it. */
function completionScript(shell) {
  const { status, stdout } = spawnSync(process.execPath, ["dist/logwinnow.cjs", "completion", shell]);
  if (status !== 0) throw new Error(`logwinnow completion ${shell}: exit status ${status}`);
  return stdout;
}

/** Adds them to the tree of the package `name`. `moreLicenses` is what its own parts are under. */
export function addContents(tree, name, moreLicenses = "") {
  for (const [path, source] of Object.entries(inPlace)) tree.copy(source, path);
  for (const [shell, path] of Object.entries(completions)) tree.write(path, completionScript(shell));
  for (const directory of rules) tree.copy(directory, `usr/share/logwinnow/${directory}`);
  const { version } = manifest;
  tree.write("usr/share/logwinnow/package.json", `${JSON.stringify({ name: "logwinnow", version })}\n`);
  for (const file of systemFiles)
    tree.copy(`packaging/${file}`, `usr/share/logwinnow/packaging/${file}`, modeOf(file));
  tree.copy("packaging/mail-failure", "usr/libexec/logwinnow/mail-failure", 0o755);
  for (const page of manifest.man)
    tree.write(`usr/share/man/man${page.at(-1)}/${page.replace("man/", "")}.gz`, gzip(readFileSync(page)));
  const documents = `usr/share/doc/${name}`;
  tree.write(`${documents}/changelog.gz`, gzip(debianChangelog(name)));
  tree.write(`${documents}/CHANGELOG.md.gz`, gzip(readFileSync("CHANGELOG.md")));
  tree.write(`${documents}/copyright`, copyright() + moreLicenses);
  tree.copy("examples/zabbix-agent.conf", `${documents}/examples/zabbix-agent.conf`);
  tree.copy("packaging/debian/README.Debian", `${documents}/README.Debian`);
}

/** As lintian wants it: the highest level, without a time. */
export function gzip(content) {
  return gzipSync(content, { level: 9 });
}

function debianChangelog(name) {
  const date = new Date(epoch * 1000).toUTCString().replace("GMT", "+0000");
  return `${name} (${debianVersion}) unstable; urgency=medium

  * What changed is in /usr/share/doc/${name}/CHANGELOG.md.gz.

 -- ${maintainer}  ${date}
`;
}

function copyright() {
  return `logwinnow is under this license:

${readFileSync("LICENSE", "utf8")}
The program includes the packages below, from https://www.npmjs.com/, each under its own license.

${licensesOfBundled()}`;
}
