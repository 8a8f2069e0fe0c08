/** Certificates that are valid for a test and for nothing else. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** PEM. */
export interface Certificates {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

/** A CA of the test's own, and a certificate for localhost; the CA is in `ca.pem` of the directory. */
export function makeCertificates(directory: string): Certificates {
  const file = (name: string): string => join(directory, name);
  const openssl = (...args: string[]): void => {
    const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  };
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const ca = ["-keyout", file("ca.key"), "-out", file("ca.pem"), "-subj", "/CN=test CA", "-days", "2"];
  openssl("req", "-x509", ...newKey, ...ca);
  const signer = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-addext", "subjectAltName=DNS:localhost"];
  const leaf = ["-keyout", file("key.pem"), "-out", file("cert.pem"), "-subj", "/CN=localhost", "-days", "1"];
  openssl("req", "-x509", ...newKey, ...signer, ...leaf);
  const read = (name: string): string => readFileSync(file(name), "utf8");
  return { key: read("key.pem"), cert: read("cert.pem"), ca: read("ca.pem") };
}
