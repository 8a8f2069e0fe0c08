/** `npm start`: runs the hourly job on the small host in examples/, and says where everything went. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const outbox = "examples/outbox";
const mails = () => (existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith(".eml")) : []);

const before = new Set(mails());
const args = [
  "dist/logwinnow.cjs",
  "check",
  "--config",
  "examples/logwinnow.toml",
  "--state",
  "examples/state",
];
console.log(`$ logwinnow ${args.slice(1).join(" ")}`);
const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
const fresh = mails().filter((name) => !before.has(name));
if (status !== 0) console.log(`exit status ${status}`);
else if (fresh.length === 0)
  console.log("Nothing new. Append a line to examples/auth.log and run npm start again.");
else {
  for (const name of fresh) console.log(`mail:   ${outbox}/${name}`);
  console.log("state:  examples/state (delete it to start over)");
  console.log(`Read it: less ${outbox}/${fresh[0]}`);
}
process.exitCode = status ?? 1;
