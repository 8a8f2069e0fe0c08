/** Requests in the logs of web servers: who asked for what, in every form, whatever the client sent. */
import { expect } from "chai";
import { readEntry, timestampOf } from "../../src/entry/header.js";
import type { WebRequest } from "../../src/entry/web-request.js";
import { expectLinear } from "../support/expect-linear.js";

const now = new Date("2026-11-22T02:00:00Z");
const atMs = Date.UTC(2026, 10, 21, 23, 41, 26);
const time = "[22/Nov/2026:00:41:26 +0100]";
const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";

function webOf(line: string): WebRequest | undefined {
  return readEntry(line, now).web;
}

/** As Caddy writes it; the order of headers is not fixed. */
function caddy(request: object, headers: object, status = 200, ts = atMs / 1000): string {
  const document = {
    level: status < 500 ? "info" : "error",
    ts,
    logger: "http.log.access.log0",
    msg: "handled request",
    request: { remote_ip: "203.0.113.66", remote_port: "41342", proto: "HTTP/1.1", ...request, headers },
    user_id: "",
    duration: 0.001,
    size: 6,
    status,
    resp_headers: { Server: ["Caddy"] },
  };
  return Buffer.from(JSON.stringify(document)).toString("latin1");
}

const request: WebRequest = {
  address: "203.0.113.66",
  method: "GET",
  path: "/a",
  query: "b=c",
  status: 200,
};

const forms: Readonly<Record<string, { readonly line: string; readonly web: WebRequest }>> = {
  common: { line: `203.0.113.66 - - ${time} "GET /a?b=c HTTP/1.1" 200 612`, web: request },
  combined: {
    line: `203.0.113.66 - - ${time} "GET /a?b=c HTTP/1.1" 200 612 "https://example.org/x" "${browser}"`,
    web: { ...request, referrer: "https://example.org/x", agent: browser },
  },
  "combined, with the time that the request took": {
    line: `203.0.113.66 - - ${time} "GET /a?b=c HTTP/1.1" 200 612 "-" "${browser}" 0.004 "198.51.100.7"`,
    web: { ...request, agent: browser },
  },
  "vhost_combined, with a user": {
    line: `www.example.org:443 203.0.113.66 - joe ${time} "GET /a?b=c HTTP/1.1" 200 612 "-" "${browser}"`,
    web: { ...request, virtualHost: "www.example.org", user: "joe", agent: browser },
  },
  "a name in place of the address": {
    line: `scan.example.net - - ${time} "GET /a?b=c HTTP/1.1" 200 -`,
    web: { ...request, address: "scan.example.net" },
  },
  "a name in place of the address, after a site": {
    line: `www.example.org:80 scan.example.net - - ${time} "GET /a?b=c HTTP/1.1" 200 -`,
    web: { ...request, address: "scan.example.net", virtualHost: "www.example.org" },
  },
  IPv6: {
    line: `2001:db8::66 - - ${time} "GET /a?b=c HTTP/2.0" 304 0 "-" "${browser}"`,
    web: { ...request, address: "2001:db8::66", status: 304, agent: browser },
  },
  "no agent": {
    line: `203.0.113.66 - - ${time} "GET /a?b=c HTTP/1.1" 200 612 "-" "-"`,
    web: { ...request, agent: "" },
  },
  "nginx, a handshake on the wrong port": {
    line: String.raw`203.0.113.66 - - ${time} "\x16\x03\x01\x00" 400 157 "-" "-"`,
    web: { address: "203.0.113.66", path: String.raw`\x16\x03\x01\x00`, status: 400, agent: "" },
  },
  "no request at all": {
    line: `203.0.113.66 - - ${time} "-" 408 0 "-" "-"`,
    web: { address: "203.0.113.66", path: "-", status: 408, agent: "" },
  },
  "nginx through syslog": {
    line: `Nov 22 00:41:26 web1 nginx: 203.0.113.66 - - ${time} "GET /a?b=c HTTP/1.1" 200 612 "-" "${browser}"`,
    web: { ...request, agent: browser },
  },
  "a container's, whatever it is called": {
    line: `Nov 22 00:41:26 web1 shop-web-1: 203.0.113.66 - - ${time} "GET /a?b=c HTTP/1.1" 200 612 "-" "${browser}"`,
    web: { ...request, agent: browser },
  },
  Caddy: {
    line: caddy(
      { method: "GET", host: "www.example.org:8443", uri: "/a?b=c" },
      { Accept: ["*/*"], "User-Agent": [browser], Referer: ["https://example.org/x"] },
    ),
    web: { ...request, virtualHost: "www.example.org", referrer: "https://example.org/x", agent: browser },
  },
  "Caddy 2.7, behind a trusted proxy": {
    line: caddy(
      { client_ip: "198.51.100.7", method: "GET", host: "www.example.org", uri: "/a?b=c" },
      { "User-Agent": [browser] },
    ),
    web: { ...request, address: "198.51.100.7", virtualHost: "www.example.org", agent: browser },
  },
  "HAProxy, httplog": {
    line: `Nov 22 00:41:26 web1 haproxy[812]: 203.0.113.66:40112 [22/Nov/2026:00:41:26.123] web~ app/a1 0/0/1/4/5 200 612 - - ---- 2/1/0/0/0 0/0 "GET /a?b=c HTTP/1.1"`,
    web: request,
  },
  "HAProxy, httplog with captured headers": {
    line: `Nov 22 00:41:26 web1 haproxy[812]: 203.0.113.66:40112 [22/Nov/2026:00:41:26.123] web~ app/a1 0/0/1/4/5 200 612 - - ---- 2/1/0/0/0 0/0 {www.example.org|${browser}} {} "GET /a?b=c HTTP/1.1"`,
    web: { ...request, virtualHost: "www.example.org", agent: browser },
  },
  "HAProxy, no request": {
    line: `Nov 22 00:41:26 web1 haproxy[812]: 2001:db8::66:40112 [22/Nov/2026:00:41:26.123] web web/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 1/1/0/0/0 0/0 "<BADREQ>"`,
    web: { address: "2001:db8::66", path: "<BADREQ>", status: 400 },
  },
  "HAProxy, tcplog": {
    line: `Nov 22 00:41:26 web1 haproxy[812]: 203.0.113.66:40112 [22/Nov/2026:00:41:26.123] smtp mail/m1 1/0/5007 212 -- 0/0/0/0/3 0/0`,
    web: { address: "203.0.113.66" },
  },
  "nginx' error log": {
    line: '2026/11/22 00:41:26 [error] 7#7: *1 open() "/srv/a" failed (2: No such file or directory), client: 203.0.113.66, server: _, request: "GET /a?b=c HTTP/1.1", host: "192.0.2.10"',
    web: { address: "203.0.113.66", method: "GET", path: "/a", query: "b=c" },
  },
  "Apache's error log": {
    line: "[Sun Nov 22 00:41:26.123456 2026] [core:error] [pid 7:tid 8] [client 203.0.113.66:40112] AH10244: invalid URI path (/a)",
    web: { address: "203.0.113.66" },
  },
  "Apache's error log, IPv6": {
    line: "[Sun Nov 22 00:41:26.123456 2026] [core:error] [pid 7] [client 2001:db8::66] AH10244: invalid URI path (/a)",
    web: { address: "2001:db8::66" },
  },
};

describe("web request: what a web server says about it", () => {
  for (const [form, { line, web }] of Object.entries(forms)) {
    it(form, () => {
      expect(webOf(line)).to.deep.equal(web);
    });
  }

  it("the time of an access log's line is that of its zone", () => {
    for (const form of ["common", "vhost_combined, with a user", "Caddy"]) {
      const line = forms[form]?.line ?? "";
      expect(readEntry(line, now).timestampMs, form).to.equal(atMs);
      expect(timestampOf(Buffer.from(line, "latin1"), now), form).to.equal(atMs);
    }
  });

  describe("what a client sent ends no field", () => {
    const forged = `" 200 5 "-" "x`;
    it("a quote that Apache escaped", () => {
      const escaped = forged.replaceAll('"', String.raw`\"`);
      const line = `203.0.113.66 - - ${time} "GET /${escaped} HTTP/1.1" 404 5 "${escaped}" "${escaped}"`;
      expect(webOf(line)).to.include({ status: 404, path: `/${escaped}`, agent: escaped });
    });

    it("a quote that nginx escaped, and a backslash before the closing quote", () => {
      const line = String.raw`203.0.113.66 - - ${time} "GET /\x22 200 HTTP/1.1" 404 5 "\x5C" "a\\"`;
      expect(webOf(line)).to.include({ status: 404, path: String.raw`/\x22 200`, agent: String.raw`a\\` });
    });

    it("a user's name with a time of its own", () => {
      const line = `203.0.113.66 - a ${time} b ${time} "GET / HTTP/1.1" 401 5`;
      expect(webOf(line)).to.equal(undefined);
    });

    it("a user's name with blanks", () => {
      const line = `203.0.113.66 - joe 198.51.100.7 - - ${time} "GET / HTTP/1.1" 401 5`;
      expect(webOf(line)).to.include({ address: "203.0.113.66", user: "joe 198.51.100.7 - -" });
    });

    it("an object in a JSON string", () => {
      const uri = `/","status":200,"request":{"remote_ip":"198.51.100.7`;
      const line = caddy({ method: "GET", host: "x", uri }, {}, 404);
      expect(webOf(line)).to.include({ address: "203.0.113.66", status: 404, path: uri, agent: "" });
    });

    it("UTF-8 and escapes in a JSON string are bytes", () => {
      const line = caddy({ method: "GET", host: "x", uri: "/é\u2028" }, {});
      expect(webOf(line)?.path).to.equal(Buffer.from("/é\u2028").toString("latin1"));
    });

    it("braces that HAProxy escaped", () => {
      const line = `Nov 22 00:41:26 web1 haproxy[812]: 203.0.113.66:40112 [22/Nov/2026:00:41:26.123] web app/a1 0/0/1/4/5 200 612 - - ---- 2/1/0/0/0 0/0 {() #7B :; #7D; /bin/bash -c #22id#22} "GET / HTTP/1.1"`;
      expect(webOf(line)).to.include({ agent: "() #7B :; #7D; /bin/bash -c #22id#22", path: "/" });
    });
  });

  const others = [
    "",
    "203.0.113.66 - - [22/Nov/2026:00:41:26 +0100] GET / 200",
    `203.0.113.66 - - [32/Nov/2026:00:41:26 +0100] "GET / HTTP/1.1" 200 5`,
    `203.0.113.66 - - [22/Foo/2026:00:41:26 +0100] "GET / HTTP/1.1" 200 5`,
    `203.0.113.66 - - ${time} "GET / HTTP/1.1" 2000 5`,
    `203.0.113.66 - - ${time} "GET / HTTP/1.1`,
    `{"level":"info","ts":1,"logger":"http.log.access","msg":"handled request"`,
    `{"level":"info","ts":1,"logger":"tls","msg":"x","request":{"remote_ip":"192.0.2.1"},"status":200}`,
    `Nov 22 00:41:26 web1 sshd[1]: 203.0.113.66:1 [22/Nov/2026:00:41:26.123] web app/a1 0/0/1/4/5 200 612 - - ---- 2/1/0/0/0 0/0 "GET / HTTP/1.1"`,
    "Nov 22 00:41:26 web1 haproxy[812]: Proxy web started.",
    "2026/11/22 00:41:26 [error] 7#7: *1 something, client: nobody, server: _",
  ];
  for (const line of others) {
    it(`no request: ${line.slice(0, 70)}`, () => {
      expect(webOf(line)).to.equal(undefined);
    });
  }

  for (const piece of [" [", '\\"', '" ', " [22/Nov/2026:", "{", ", client: "]) {
    it(`takes time in proportion to the line: ${piece}`, async () => {
      await expectLinear(
        piece,
        (size) => {
          const line = `203.0.113.66 - - ${time} "${piece.repeat(size)}`;
          return () => webOf(line);
        },
        10_000,
      );
    });
  }
});
