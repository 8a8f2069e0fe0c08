/**
 * Says which of some packages a program or a unit of systemd came with, from dpkg's lists of files.
 * Promise: bounded work, never an error: what is not known, or would be of two packages, is of none.
 */
import { closeSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openRegularFile, readAt, type OpenFile } from "./bytes/open.js";
import type { PackageChange } from "./package-changes.js";

const usualDirectory = "/var/lib/dpkg/info";

/** A release of all of Debian's packages on a server has 8 MB of lists. */
const maxListBytes = 4 * 1024 * 1024;
const maxBytes = 32 * 1024 * 1024;

/** In: changes of packages, and where dpkg keeps its lists. Out: by the name of a program, or of a unit such as "cron.service". */
export function programsOf(
  changes: readonly PackageChange[],
  directory: string = usualDirectory,
): ReadonlyMap<string, PackageChange> {
  /** Undefined: of two packages. */
  const programs = new Map<string, PackageChange | undefined>();
  let bytesLeft = maxBytes;
  const add = (name: string, change: PackageChange): void => {
    const isOwn = !programs.has(name) || programs.get(name)?.name === change.name;
    programs.set(name, isOwn ? change : undefined);
  };
  const lists = listsIn(directory);
  for (const change of changes) {
    if (change.to === undefined) continue;
    if (change.name.startsWith("linux-image-")) add("kernel", change);
    const list = lists.get(change.name);
    const text = list === undefined ? "" : readList(join(directory, list), Math.min(maxListBytes, bytesLeft));
    bytesLeft -= text.length;
    for (const name of namesIn(text)) add(name, change);
  }
  return new Map([...programs].flatMap(([name, change]) => (change ? [[name, change]] : [])));
}

/** "cron.list", "libc6:amd64.list", by the name of the package. */
function listsIn(directory: string): ReadonlyMap<string, string> {
  try {
    const names = readdirSync(directory).filter((name) => name.endsWith(".list"));
    return new Map(names.map((name) => [name.replace(/(?::[a-z0-9-]+)?\.list$/, ""), name]));
  } catch {
    return new Map();
  }
}

/** Empty where it cannot be read, or is larger. */
function readList(path: string, mostBytes: number): string {
  let file: OpenFile;
  try {
    file = openRegularFile(path, false);
  } catch {
    return "";
  }
  try {
    if (file.sizeBytes > mostBytes) return "";
    const bytes = Buffer.alloc(file.sizeBytes);
    return bytes.toString("latin1", 0, readAt(file.descriptor, bytes, 0));
  } catch {
    return "";
  } finally {
    closeSync(file.descriptor);
  }
}

/** What is run, or started by systemd. Libraries and modules are neither. */
const program = /^\/(?:usr\/)?(?:local\/)?(?:s?bin|libexec|lib)\/(?:[^/]+\/)*([A-Za-z0-9][\w@.+-]*)$/;
const noProgram = /\/(?:python[0-9.]*|perl[0-9.]*|modules|firmware|[a-z0-9_]+-linux-gnu[a-z0-9]*)\/|\.so\b/;

function* namesIn(list: string): Generator<string> {
  const paths = list.split("\n");
  for (const [index, path] of paths.entries()) {
    const name = program.exec(path)?.[1];
    // A directory comes before what is in it.
    if (name === undefined || noProgram.test(path) || paths[index + 1]?.startsWith(`${path}/`)) continue;
    yield name;
  }
}
