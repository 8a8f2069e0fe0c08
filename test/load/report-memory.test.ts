/** What is reported costs bounded memory, whatever it is: measured as the peak of the whole program. */
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { Sandbox } from "../support/cli.js";

const mebibyte = 2 ** 20;
const limitBytes = 256 * mebibyte;

/** Prints the peak of its process when it ends, on standard error. */
const probe =
  `process.on("exit", () => process.stderr.write(` +
  `"peak " + require("fs").readFileSync("/proc/self/status", "latin1").match(/VmHWM:\\s+(\\d+)/)[1] + "\\n"))`;

const floods: Readonly<Record<string, readonly [piece: Buffer, times: number, lines: number]>> = {
  "10 million empty lines": [Buffer.alloc(mebibyte, "\n"), 10, 10 * mebibyte],
  "192 lines of 64 KiB that are no text": [Buffer.from(`${"\x80".repeat(65_535)}\n`, "latin1"), 192, 192],
  "192 lines of 64 KiB of control bytes": [Buffer.from(`${"\x1b".repeat(65_535)}\n`), 192, 192],
  "a million short lines of one kind": [Buffer.from("a 1\n".repeat(2 ** 18)), 4, 2 ** 20],
  "3 lines of 12 MiB": [Buffer.from(`${"x\xff".repeat(6 * mebibyte)}\n`, "latin1"), 3, 3],
};

describe("the memory of a report", function () {
  this.timeout(600_000);

  for (const layer of ["remainder", "never"] as const)
    for (const [what, [piece, times, lines]] of Object.entries(floods))
      it(`${what}, ${layer}: at most 256 MiB`, () => {
        const box = new Sandbox();
        try {
          box.write("rules/never.d/app", layer === "never" ? "^a \n[^ -~]\nx\n" : "the store is open$\n");
          const descriptor = openSync(box.path("app.log"), "w");
          for (let index = 0; index < times; index++) writeSync(descriptor, piece);
          closeSync(descriptor);
          box.write(
            "logwinnow.toml",
            `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
          );
          box.write("probe.cjs", probe);
          const args = ["--require", box.path("probe.cjs"), "dist/logwinnow.cjs", "check", "--stdout"];
          const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [...args, "--config", box.path("logwinnow.toml")],
            { env: box.environment, encoding: "utf8", maxBuffer: 2 ** 30 },
          );
          const [, kilobytes] = /^peak (\d+)$/m.exec(stderr) ?? [];
          expect(status, stderr).to.equal(0);
          console.log(`      peak memory ${Math.round(Number(kilobytes) / 1024)} MiB`);
          expect(Number(kilobytes) * 1024).to.be.within(1, limitBytes);
          const [, read = ""] = /app\.log  ([\d,]+) = /.exec(stdout) ?? [];
          expect(Number(read.replaceAll(",", ""))).to.equal(lines);
        } finally {
          box.remove();
        }
      });
});
