/** Starts the program: arguments in, exit status out. The only place that ends the process. */
import { run } from "./cli/run.js";

/** Not awaited: the bundle is a script, which cannot wait, because V8 keeps no compiled code of modules. */
export const finished: Promise<void> = run(process.argv[1] ?? "", process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
