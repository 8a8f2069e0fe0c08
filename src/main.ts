/** The program's door: arguments in, exit status out. The only place that ends the process. */
import { run } from "./cli/run.js";

/** Not awaited here: the bundle is a script, since V8 keeps no compiled code of modules, and a script cannot wait. */
export const finished: Promise<void> = run(process.argv[1] ?? "", process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
