/**
 * How a run comes to its store: alone and under the lock, or only to look.
 * Promise: nobody commits without holding the lock.
 */
import { realDisk } from "../std/disk.js";
import { takeLock } from "./lock.js";
import { openStore, readOnlyStore, type OpenedStore } from "./store.js";

/** Opens a store, or says that another run has it. Throws a DiskError where the disk fails. */
export interface StoreDoor {
  /** The state directory. */
  readonly directory: string;
  open(now: Date): (OpenedStore & { release(): void }) | "locked";
}

/** The store of a run that commits. */
export function storeDoor(directory: string): StoreDoor {
  return {
    directory,
    open(now) {
      const lock = takeLock(directory);
      if (lock.outcome === "locked") return "locked";
      try {
        return { ...openStore(directory, realDisk, now), release: () => lock.release() };
      } catch (error) {
        lock.release();
        throw error;
      }
    },
  };
}

/** The store of a dry run: it takes no lock and refuses to commit. */
export function readOnlyDoor(directory: string): StoreDoor {
  return { directory, open: () => ({ ...readOnlyStore(directory, realDisk), release() {} }) };
}
