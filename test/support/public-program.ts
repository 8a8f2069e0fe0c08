/** The bundled program where any user can read it, whatever directory this checkout lies in. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const directory = mkdtempSync(join(tmpdir(), "logwinnow-program-"));
chmodSync(directory, 0o755);
mkdirSync(join(directory, "dist"));
cpSync("dist", join(directory, "dist"), { recursive: true });
cpSync("package.json", join(directory, "package.json"));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));

export const publicProgram: string = join(directory, "dist/logwinnow.cjs");
