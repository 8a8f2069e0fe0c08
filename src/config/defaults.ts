/** Where the configuration and the rules are when nobody says otherwise. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../std/package-root.js";

export const defaultConfigFile = "/etc/logwinnow/logwinnow.toml";

/** Where the shipped rules and canaries are. */
export const shippedRuleDirectory = existsSync(join(packageRoot, "ignore.d"))
  ? packageRoot
  : "/usr/share/logwinnow";

/** The shipped rules, the site's own, and logcheck's where it is installed. */
export const defaultRuleDirectories: readonly string[] = [
  shippedRuleDirectory,
  "/etc/logwinnow",
  "/etc/logcheck",
];
