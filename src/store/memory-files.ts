/**
 * What is remembered from run to run beside the state: a document for each thing that has a memory.
 * Promise: what is read is what the state's commit stored, to the bit; a document that is not is named and not trusted.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { placeFile } from "../std/atomic-file.js";
import type { Disk } from "../std/disk.js";
import type { Notice } from "../std/notice.js";
import { commitOfMemory, memoryName, type Layout } from "./layout.js";
import type { RememberedFile, State } from "./state.js";
import { decodeStored, encodeStored, type Stored } from "./stored.js";

/** What a memory is: `nothing` where none was ever stored, `unreadable` where it cannot be trusted. */
export type MemoryRead =
  | { readonly kind: "stored"; readonly stored: Stored }
  | { readonly kind: "nothing" }
  | { readonly kind: "unreadable"; readonly notice: Notice };

/** In: the document's name, and the file that the state names for it. Throws a DiskError where the disk fails. */
export function readMemory(
  disk: Disk,
  layout: Layout,
  name: string,
  file: RememberedFile | undefined,
): MemoryRead {
  if (file === undefined) return { kind: "nothing" };
  const path = join(layout.memory, memoryName(file.commitNumber, name));
  const bytes = disk.read(path);
  if (bytes !== undefined && digestOf(bytes) === file.sha256)
    return { kind: "stored", stored: decodeStored(bytes) };
  const what = bytes === undefined ? "is missing" : "is damaged (its checksum is wrong)";
  const done = "what it remembered is forgotten, lines may be reported again";
  return { kind: "unreadable", notice: { where: path, what, done } };
}

/** Writes the documents of a commit, durably. Out: how the state names all that is remembered from now on. */
export function placeMemory(
  disk: Disk,
  layout: Layout,
  commitNumber: number,
  documents: Readonly<Record<string, Stored>>,
  before: State["memory"],
): State["memory"] {
  const names = Object.keys(documents);
  if (names.length === 0) return before;
  const files = Object.entries(documents).map(([name, document]): [string, RememberedFile] => {
    const bytes = encodeStored(document);
    placeFile(disk, join(layout.memory, memoryName(commitNumber, name)), bytes);
    return [name, { commitNumber, sha256: digestOf(bytes) }];
  });
  disk.syncDirectory(layout.memory);
  return { ...before, ...Object.fromEntries(files) };
}

/** Removes the documents that none of the states names. The state before the last commit may be needed again. */
export function forgetMemory(disk: Disk, layout: Layout, states: readonly (State | undefined)[]): void {
  const named = new Set(
    states.flatMap((state) =>
      Object.entries(state?.memory ?? {}).map(([name, { commitNumber }]) => memoryName(commitNumber, name)),
    ),
  );
  for (const name of disk.list(layout.memory))
    if (commitOfMemory(name) !== undefined && !named.has(name)) disk.unlink(join(layout.memory, name));
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
