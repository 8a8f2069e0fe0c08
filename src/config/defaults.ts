/** Where the configuration and the rules are when nobody says otherwise. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../std/package-root.js";

export const defaultConfigFile = "/etc/logwinnow/logwinnow.toml";

/** The shipped rules, the site's own, and logcheck's where it is installed. */
export const defaultRuleDirectories: readonly string[] = [
  existsSync(join(packageRoot, "ignore.d")) ? packageRoot : "/usr/share/logwinnow",
  "/etc/logwinnow",
  "/etc/logcheck",
];
