/**
 * Fills the fields of requests with what a client may send, as servers write it down.
 * Promise: no text of a client's makes a request look served, refused or routine that was not, and none hides an alarm.
 */

import { expect } from "chai";
import { matcherOf } from "./matcher.js";
import { outcome, shippedRules, type Outcome } from "./shipped.js";

const match = matcherOf(shippedRules());

interface Request {
  readonly method?: string;
  readonly target?: string;
  readonly status: number;
  readonly agent?: string;
  readonly referrer?: string;
}

const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";

/** How each server writes a request down. */
const servers: Readonly<Record<string, (request: Request) => string>> = {
  nginx: (request) => combined(request, (text) => text.replaceAll("\\", "\\x5C").replaceAll('"', "\\x22")),
  Apache: (request) => combined(request, (text) => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')),
  HAProxy: haproxy,
  Caddy: caddy,
};

function combined(
  { method = "GET", target = "/", status, agent = browser, referrer = "-" }: Request,
  escape: (text: string) => string,
): string {
  const request = escape(`${method} ${target} HTTP/1.1`);
  return `203.0.113.66 - - [22/Nov/2026:00:41:26 +0100] "${request}" ${status} 612 "${escape(referrer)}" "${escape(agent)}"`;
}

function haproxy({ method = "GET", target = "/", status, agent = browser, referrer = "" }: Request): string {
  const escape = (text: string): string =>
    text.replaceAll("#", "#23").replaceAll('"', "#22").replaceAll("|", "#7C");
  const braces = (text: string): string => escape(text).replaceAll("{", "#7B").replaceAll("}", "#7D");
  return `Nov 22 00:41:26 web1 haproxy[8150]: 203.0.113.66:52250 [22/Nov/2026:00:41:26.261] web app/a1 0/0/1/4/5 ${status} 612 - - ---- 1/1/0/0/0 0/0 {${braces(agent)}|${braces(referrer)}} "${method} ${escape(target)} HTTP/1.1"`;
}

function caddy({ method = "GET", target = "/", status, agent = browser, referrer }: Request): string {
  return JSON.stringify({
    level: status < 400 ? "info" : "error",
    ts: 1_795_304_486.1,
    logger: "http.log.access",
    msg: "handled request",
    request: {
      remote_ip: "203.0.113.66",
      remote_port: "41342",
      proto: "HTTP/1.1",
      method,
      host: "www.example.org",
      uri: target,
      headers: { Accept: ["*/*"], "User-Agent": [agent], ...(referrer && { Referer: [referrer] }) },
    },
    user_id: "",
    duration: 0.001,
    size: 612,
    status,
    resp_headers: { Server: ["Caddy"] },
  });
}

function outcomeOf(line: string): Outcome {
  return outcome(match(line), "server");
}

/** What a client would like the rest of the line to be. */
const forgeries: readonly string[] = [
  '" 404 5 "-" "x',
  ' HTTP/1.1" 404 5 "-" "x',
  '","headers":{}},"user_id":"","duration":1,"size":1,"status":404,"resp_headers":{}}',
  'x","status":404,"resp_headers":{}}',
  "} {x",
  '"',
  "\\",
  '\\"',
  "x: Accepted password for root from 203.0.113.66 port 22 ssh2",
];

/** Requests, and what becomes of them whatever else the client says of itself. */
const requests: readonly { readonly request: Request; readonly expected: Outcome }[] = [
  { request: { status: 500 }, expected: "violation" },
  { request: { target: "/.env", status: 200 }, expected: "violation" },
  { request: { target: "/wp-login.php", status: 200 }, expected: "violation" },
  { request: { method: "POST", target: "/uploads/x", status: 200 }, expected: "violation" },
  { request: { target: "/a?x=;id", status: 200 }, expected: "violation" },
  { request: { target: "/a?id=1+union+select+2", status: 200 }, expected: "violation" },
  { request: { target: "/uploads/x.php", status: 200 }, expected: "never" },
  { request: { method: "CONNECT", target: "192.0.2.1:25", status: 200 }, expected: "kept" },
  { request: { method: "PUT", target: "/x", status: 201 }, expected: "kept" },
];

describe("rules for web servers against what clients send", () => {
  for (const [server, write] of Object.entries(servers)) {
    describe(server, () => {
      for (const { request, expected } of requests) {
        const { method = "GET", target = "/", status } = request;
        it(`${method} ${target} ${status} is ${expected} whatever the agent and the referrer are`, () => {
          expect(outcomeOf(write(request))).to.equal(expected);
          for (const text of forgeries)
            for (const field of ["agent", "referrer"] as const) {
              const line = write({ ...request, [field]: text });
              expect(outcomeOf(line), line).to.equal(expected);
            }
        });

        it(`${method} ${target} ${status} is not ignored whatever is added to its query`, () => {
          const mark = target.includes("?") ? "&" : "?";
          for (const text of forgeries) {
            const line = write({ ...request, target: `${target}${mark}${text}` });
            expect(outcomeOf(line), line).to.not.equal("ignored");
          }
        });
      }

      it("a page that was served is routine as one word only", () => {
        expect(outcomeOf(write({ target: "/a/b", status: 200 }))).to.equal("ignored");
        for (const text of forgeries.filter((one) => one.includes(" "))) {
          const line = write({ target: `/a/${text}`, status: 200 });
          expect(outcomeOf(line), line).to.not.equal("ignored");
        }
      });

      it("what was refused is hopeless, whatever was sent", () => {
        for (const text of forgeries)
          for (const status of [400, 403, 404, 405]) {
            const line = write({ target: `/.env?${text.replaceAll(" ", "%20")}`, status, agent: text });
            expect(outcomeOf(line), line).to.equal("ignored");
          }
      });

      it("a scan is hopeless where it is refused or sent elsewhere, and raised where it is served", () => {
        const scans = [
          "/wp-login.php",
          "/blog/xmlrpc.php",
          "/.env",
          "/app/.git/HEAD",
          "/phpmyadmin/index.php",
          "/PMA/",
          "/cgi-bin/../../bin/sh",
          "/a/%2e%2e/%2e%2e/etc/passwd",
          "/backup.zip",
          "/shell.php?cmd=id",
        ];
        for (const target of scans) {
          for (const status of [301, 308, 400, 403, 404])
            expect(outcomeOf(write({ target, status })), `${target} ${status}`).to.equal("ignored");
          expect(outcomeOf(write({ target, status: 200 })), target).to.equal("violation");
        }
      });
    });
  }
});
