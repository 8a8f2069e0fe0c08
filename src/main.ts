#!/usr/bin/env node
/** The program's door: arguments in, exit status out. The only place that ends the process. */
import { run } from "./cli/run.js";

process.exitCode = await run(process.argv[1] ?? "", process.argv.slice(2));
