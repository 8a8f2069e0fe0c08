/**
 * Says whether a file is the log that its path means, and not another's that somebody put in its place.
 * Promise: nobody gets to see, by a link in a directory of his own, what he may not read himself.
 *
 * Who may write to a log's directory may put a link there. A symbolic link at the end of a path is not followed anyway;
 * here it is about links before the end, and about second names of other files (hard links, where
 * fs.protected_hardlinks is off). Group-writable directories are trusted with their group's files: Ubuntu's /var/log is
 * root:syslog 0775, PostgreSQL's root:postgres 1775.
 */
import { fstatSync, lstatSync, readlinkSync, statSync, type Stats } from "node:fs";
import { dirname, join, sep } from "node:path";
import { pathText, systemPath } from "../../std/text/path-text.js";

const writableByAll = 0o002;
const writableByGroup = 0o020;
const readableByAll = 0o004;
const readableByGroup = 0o040;

/** Why the open file is not to be read under this path; undefined when it may be. Throws the system's error. */
export function distrustOf(path: string, descriptor: number, followLinks: boolean): string | undefined {
  const directory = statSync(systemPath(dirname(path)));
  if (followLinks) {
    const link = lstatSync(systemPath(path));
    if (link.isSymbolicLink() && !isTrusted(link.uid) && !mayRead(link, fstatSync(descriptor)))
      return "is a link of a user who may not read what it leads to";
  } else {
    if (directory.mode & writableByAll)
      return "is in a directory that everybody may write to, and links are not followed";
    if (leadsThroughForeignLink(path, descriptor))
      return "is reached through a symbolic link that others may change, and links are not followed";
  }
  if (isTrusted(directory.uid) && !(directory.mode & (writableByAll | writableByGroup))) return undefined;
  const file = fstatSync(descriptor);
  if (file.nlink === 1 || mayRead(directory, file)) return undefined;
  return "has another name elsewhere, and who may write to its directory may not read it";
}

function isTrusted(uid: number): boolean {
  return uid === 0 || uid === process.geteuid?.();
}

/**
 * Whether who owns a link or may write to a directory may read the file. What groups he is in is not looked up: the
 * group of what he owns is one of them.
 */
function mayRead({ uid, gid, mode }: Stats, file: Stats): boolean {
  if (file.mode & readableByAll) return true;
  if (!isTrusted(uid) && file.uid === uid) return true;
  return Boolean(file.mode & readableByGroup) && file.gid === gid && (mode & writableByAll) === 0;
}

/** Undefined where there is no /proc. */
function realPathOf(descriptor: number): string | undefined {
  try {
    return pathText(readlinkSync(`/proc/self/fd/${descriptor}`, { encoding: "buffer" }));
  } catch {
    return undefined;
  }
}

/** Asked of the open file: what its path led to is decided by then. */
function leadsThroughForeignLink(path: string, descriptor: number): boolean {
  const real = realPathOf(descriptor);
  if (real === path || real === `${path} (deleted)`) return false;
  let directory: string = sep;
  for (const name of path.split(sep).slice(1, -1)) {
    const one = join(directory, name);
    if (lstatSync(systemPath(one)).isSymbolicLink()) {
      const { uid, mode } = statSync(systemPath(directory));
      if (!isTrusted(uid) || mode & (writableByAll | writableByGroup)) return true;
    }
    directory = one;
  }
  return false;
}
