/**
 * Writes files that others read: rules, which whoever runs the hourly job reads.
 * Promise: a name shows the old text or the new one, never a part, and keeps its owner and mode; of several files all are replaced or, where the disk
 * refuses one of them, none.
 */
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

export interface NewContent {
  readonly path: string;
  /** Undefined: the file goes. */
  readonly bytes: Uint8Array | undefined;
  /** Of a new file; left out: 0644. */
  readonly mode?: number;
}

/** Makes missing directories. A link stays one. Throws the system's error. */
export function replaceReadable(files: readonly NewContent[]): void {
  const staged: Staged[] = [];
  try {
    // Whatever takes room on the disk comes first, so that little can fail once the first name is another's.
    for (const file of files) staged.push(stage(file));
    for (const file of staged) file.place();
  } catch (error) {
    for (const file of staged.toReversed()) file.takeBack();
    throw error;
  }
}

interface Staged {
  place(): void;
  /** Whether it was placed or not. */
  takeBack(): void;
}

function stage({ path, bytes, mode }: NewContent): Staged {
  const target = existsSync(path) ? realpathSync(path) : path;
  const before = existsSync(target) ? readFileSync(target) : undefined;
  const temporary = bytes && writeTemporary(target, bytes, mode);
  let isPlaced = false;
  const put = (from: string | undefined): void => {
    if (from === undefined) rmSync(target, { force: true });
    else renameSync(from, target);
  };
  return {
    place() {
      put(temporary);
      isPlaced = true;
    },
    takeBack() {
      if (isPlaced) put(before && writeTemporary(target, before));
      else if (temporary !== undefined) rmSync(temporary, { force: true });
    },
  };
}

function writeTemporary(target: string, bytes: Uint8Array, mode = 0o644): string {
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${basename(target)}.tmp`);
  rmSync(temporary, { force: true });
  const before = statSync(target, { throwIfNoEntry: false });
  const descriptor = openSync(temporary, "wx", mode);
  try {
    // Who may read it was decided by whoever made it.
    if (before) {
      if (before.uid !== process.geteuid?.() || before.gid !== process.getegid?.())
        fchownSync(descriptor, before.uid, before.gid);
      fchmodSync(descriptor, before.mode & 0o7777);
    }
    writeFileSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return temporary;
}
