/** The caches, where this user has a place for them. */
import { AutomatonCache } from "./cache.js";
import { EditorCache } from "./editor-cache.js";
import { RuleWordsCache } from "./words-cache.js";
import { realDisk } from "../../std/disk.js";
import { packageVersion } from "../../std/package-root.js";
import { cacheDirectory } from "../places.js";

export function openCache(): AutomatonCache | undefined {
  const directory = ownCacheDirectory();
  return directory === undefined ? undefined : new AutomatonCache(realDisk, directory, packageVersion());
}

/** In: see EditorCache. */
export function openEditorCache(place: readonly string[]): EditorCache | undefined {
  const directory = ownCacheDirectory();
  return directory === undefined ? undefined : new EditorCache(realDisk, directory, packageVersion(), place);
}

export function openWordsCache(): RuleWordsCache | undefined {
  const directory = ownCacheDirectory();
  return directory === undefined ? undefined : new RuleWordsCache(realDisk, directory, packageVersion());
}

function ownCacheDirectory(): string | undefined {
  return cacheDirectory(process.env, process.geteuid?.() ?? -1);
}
