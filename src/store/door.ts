/**
 * How a run comes to its store: alone and under the lock, or only to look.
 * Promise: nobody commits without holding the lock.
 */
import { realDisk } from "../std/disk.js";
import { layoutOf } from "./layout.js";
import { takeLock } from "./lock.js";
import { recordBegin, recordEnd } from "./run-record.js";
import { defaultStoreLimits, openStore, readOnlyStore, type OpenedStore, type StoreLimits } from "./store.js";

export interface OpenedDoor extends OpenedStore {
  /** Frees the lock. `isEnded`: the run came to its end; otherwise `status` says that it did not. */
  release(isEnded?: boolean): void;
}

/** Opens a store, or says that another run has it. Throws a DiskError where the disk fails. */
export interface StoreDoor {
  /** The state directory. */
  readonly directory: string;
  open(now: Date): OpenedDoor | "locked";
}

/** The store of a run that commits. */
export function storeDoor(directory: string, limits: StoreLimits = defaultStoreLimits): StoreDoor {
  return {
    directory,
    open(now) {
      const lock = takeLock(directory);
      if (lock.outcome === "locked") return "locked";
      const layout = layoutOf(directory);
      recordBegin(realDisk, layout, now);
      try {
        const release = (isEnded = false): void => {
          if (isEnded) recordEnd(realDisk, layout);
          lock.release();
        };
        return { ...openStore(directory, realDisk, now, limits), release };
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
