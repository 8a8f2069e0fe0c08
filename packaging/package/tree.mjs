/**
 * Lays out the files of a package below a directory of its own.
 * Promise: modes and times depend on nothing but what is asked for: not on the umask, the clone or the day.
 */
import {
  chmodSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export class Tree {
  directory = mkdtempSync(join(tmpdir(), "logwinnow-package-"));

  /** In: the path inside, the content, and the mode. */
  write(path, content, mode = 0o644) {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  }

  link(path, target) {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    symlinkSync(target, join(this.directory, path));
  }

  /** Copies a file, or a directory with all that is in it. */
  copy(source, path, mode = 0o644) {
    if (lstatSync(source).isDirectory())
      for (const name of readdirSync(source)) this.copy(join(source, name), join(path, name), mode);
    else this.write(path, readFileSync(source), mode);
  }

  /** Every path inside, directories before what is in them, in byte order. */
  paths(below = "") {
    return readdirSync(join(this.directory, below), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = join(below, entry.name);
        return entry.isDirectory() ? [`${path}/`, ...this.paths(path)] : [path];
      });
  }

  /** Gives every file and directory the same time, in seconds since 1970. */
  date(seconds) {
    for (const path of ["", ...this.paths()]) {
      const file = join(this.directory, path);
      if (path === "" || path.endsWith("/")) chmodSync(file, 0o755);
      lutimesSync(file, seconds, seconds);
    }
  }

  remove() {
    rmSync(this.directory, { recursive: true });
  }
}
