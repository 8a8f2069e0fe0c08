/** Web logs through the hourly job and the shipped rules: what is counted, what is told. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { countsIn, inOneLine } from "../support/mail-text.js";

const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";
const clock = "[22/Nov/2026:00:41:26 +0100]";

describe("logwinnow check on web logs", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());

  function reportOf(lines: readonly string[]): string {
    writeFileSync(box.path("access.log"), lines.map((line) => `${line}\n`).join(""));
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = [${JSON.stringify(resolve("."))}]\n[[source]]\nkind = "file"\npath = "access.log"\nfirst_run = "all"\n`,
    );
    const { status, stdout, stderr } = box.run(["check", "--config", box.path("logwinnow.toml")]);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    return stdout;
  }

  const request = (address: string, target: string, status: number, agent = browser): string =>
    `${address} - - ${clock} "GET ${target} HTTP/1.1" ${status} 612 "-" "${agent}"`;

  it("counts scans by path, agent, address and network, and robots by agent", () => {
    const report = reportOf([
      ...Array.from({ length: 4 }, () => request("203.0.113.5", "/wp-login.php", 404, "zgrab/0.x")),
      ...Array.from({ length: 3 }, (_, host) => request(`198.51.100.${host}`, "/.env", 403, "")),
      request("192.0.2.1", "/nosuch", 404),
      request("192.0.2.2", "/", 200, "curl/8.1.2"),
      request("192.0.2.3", "/", 200),
      request("192.0.2.3", "/.env", 200),
    ]);
    expect(inOneLine(report))
      .to.include("IGNORED by the rules for web 10 ")
      .and.include("web by path: /wp-login.php 4, /.env 3, /nosuch 1, / 1 ")
      .and.include(`web by agent: zgrab/0.x 4, (none) 3, ${browser.slice(0, 64)}... 1, curl/8.1.2 1 `)
      .and.include("web by network: 203.0.113.0/24 4, 198.51.100.0/24 3, 192.0.2.0/24 2 ");
  });

  it("tells what a scanner is served beyond what anybody is, and of nobody else", () => {
    const report = reportOf([
      request("203.0.113.5", "/early", 200),
      request("203.0.113.5", "/wp-login.php", 404),
      request("203.0.113.5", "/", 200),
      request("203.0.113.5", "/theme/site.css", 200),
      request("203.0.113.5", "/admin/config", 200),
      request("203.0.113.5", "/hook", 200, "curl/8.1.2"),
      request("198.51.100.7", "/admin/config", 200),
    ]);
    expect(countsIn(report).violations).to.equal(2);
    expect(report)
      .to.include("/admin/config")
      .and.include("/hook")
      .and.not.match(/early|site\.css|198\.51\.100\.7 - -/);
  });
});
