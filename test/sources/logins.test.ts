/** Logins: made records in every layout, and what util-linux makes of the same files. */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { traditionalTime } from "../../src/entry/traditional-time.js";
import { utmpFile } from "../../src/sources/records/utmp.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";
import { needsMounts, needsTool } from "../support/tools.js";
import { amd64, layouts, loginLine, loginRecord, noonSeconds, type LoginFields } from "./logins.js";
import { context, run, temporaryDirectory } from "./reading.js";

const words = ({ isLong, isBig }: (typeof layouts)[number]): string =>
  `${isLong ? "400" : "384"} bytes, ${isBig ? "big" : "little"}-endian`;

describe("logins", () => {
  const root = temporaryDirectory();
  const pathOf = (name = "wtmp"): string => join(mkdtempSync(join(root, "case-")), name);
  const source = (path: string, showsUnknownUsers = false) =>
    utmpFile(path, { firstRun: { kind: "all" }, followLinks: false, context, showsUnknownUsers });
  const textOf = (line: string): string => line.slice(`Nov 22 12:00:00 web1 `.length).trimEnd();

  for (const [what, fields, expected] of [
    [
      "a login over the network",
      { host: "client.example", address: [192, 0, 2, 7] },
      "wtmp: login user=alice line=pts/0 host=client.example address=192.0.2.7 pid=42",
    ],
    [
      "a login over IPv6",
      { host: "2001:db8::7", address: [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7] },
      "wtmp: login user=alice line=pts/0 host=2001:db8::7 address=2001:db8::7 pid=42",
    ],
    [
      "an address with two runs of zeros, and one of IPv4 within IPv6",
      { address: [0x20, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1] },
      "wtmp: login user=alice line=pts/0 host=- address=2001:0:0:1::1 pid=42",
    ],
    [
      "IPv4 within IPv6",
      { address: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 7] },
      "wtmp: login user=alice line=pts/0 host=- address=192.0.2.7 pid=42",
    ],
    ["a logout", { type: 8, user: "" }, "wtmp: logout user=- line=pts/0 host=- address=- pid=42"],
    [
      "a boot",
      { type: 2, user: "reboot", line: "~", host: "6.1.0-18-amd64", pid: 0 },
      "wtmp: boot user=reboot line=~ host=6.1.0-18-amd64 address=- pid=0",
    ],
    [
      "a shutdown",
      { type: 1, user: "shutdown", line: "~", host: "6.1.0-18-amd64", pid: 0 },
      "wtmp: shutdown user=shutdown line=~ host=6.1.0-18-amd64 address=- pid=0",
    ],
    [
      "a level of running",
      { type: 1, user: "runlevel", line: "~", host: "6.1.0-18-amd64", pid: 53 },
      "wtmp: runlevel user=runlevel line=~ host=6.1.0-18-amd64 address=- pid=53",
    ],
    [
      "a terminal that waits",
      { type: 6, user: "LOGIN", line: "tty1" },
      "wtmp: getty user=LOGIN line=tty1 host=- address=- pid=42",
    ],
    [
      "the clock before it was set",
      { type: 4, user: "date", line: "|" },
      "wtmp: old-time user=date line=| host=- address=- pid=42",
    ],
    [
      "the clock after it was set",
      { type: 3, user: "date", line: "{" },
      "wtmp: new-time user=date line={ host=- address=- pid=42",
    ],
    [
      "a child of init",
      { type: 5, user: "", line: "tty1" },
      "wtmp: init user=- line=tty1 host=- address=- pid=42",
    ],
    ["a type that nobody knows", { type: 77 }, "wtmp: type-77 user=alice line=pts/0 host=- address=- pid=42"],
    [
      "forged texts",
      { user: "a b=c\\\x01", line: "pts/0", host: "x\nNov 22 wtmp: login user=root \xff" },
      "wtmp: login user=a\\x20b\\x3dc\\x5c\\x01 line=pts/0 host=x\\x0aNov\\x2022\\x20wtmp:\\x20login\\x20user\\x3droot\\x20\\xff address=- pid=42",
    ],
    [
      "texts that fill their fields",
      { user: "u".repeat(32), line: "l".repeat(32), host: "h".repeat(256) },
      `wtmp: login user=${"u".repeat(32)} line=${"l".repeat(32)} host=${"h".repeat(256)} address=- pid=42`,
    ],
  ] as readonly (readonly [string, LoginFields, string])[])
    for (const layout of layouts)
      it(`shows ${what}, in ${words(layout)}`, async () => {
        const path = pathOf();
        // The record before it says what the layout is.
        writeFileSync(
          path,
          Buffer.concat([loginRecord({}, layout), loginRecord({}, layout), loginRecord(fields, layout)]),
        );
        const { lines } = await run(source(path));
        expect(lines.map(textOf)).to.deep.equal([textOf(loginLine()), textOf(loginLine()), expected]);
      });

  it("shows a record that was wiped: nobody else leaves zeros between logins", async () => {
    for (const layout of layouts) {
      const path = pathOf();
      const wiped = Buffer.alloc(loginRecord({}, layout).length);
      writeFileSync(path, Buffer.concat([loginRecord({}, layout), wiped, loginRecord({ pid: 7 }, layout)]));
      const { lines } = await run(source(path));
      expect(lines[1]).to.equal(
        `${traditionalTime(0)} web1 wtmp: empty user=- line=- host=- address=- pid=0\n`,
      );
      expect(lines).to.have.length(3);
    }
  });

  it("shows of a failed login whom it was tried as, if it is an account of this host, and else that it is none", async () => {
    const records = [
      loginRecord({ type: 6, user: "root", line: "ssh:notty", host: "192.0.2.7", address: [192, 0, 2, 7] }),
      loginRecord({ type: 6, user: "correct horse", line: "tty1" }),
      loginRecord({ type: 6, user: "", line: "tty1" }),
      loginRecord({ type: 7, user: "nobody-here", line: "tty1" }),
    ];
    const path = pathOf("btmp");
    writeFileSync(path, Buffer.concat(records));
    const hidden = await run(source(path));
    expect(hidden.lines.map(textOf)).to.deep.equal([
      "btmp: failed user=root line=ssh:notty host=192.0.2.7 address=192.0.2.7 pid=42",
      "btmp: failed user=UNKNOWN line=tty1 host=- address=- pid=42",
      "btmp: failed user=- line=tty1 host=- address=- pid=42",
      "btmp: failed user=UNKNOWN line=tty1 host=- address=- pid=42",
    ]);
    const shown = await run(source(path, true));
    expect(shown.lines.map(textOf)).to.include.members([
      "btmp: failed user=correct\\x20horse line=tty1 host=- address=- pid=42",
      "btmp: failed user=nobody-here line=tty1 host=- address=- pid=42",
    ]);
  });

  for (const layout of layouts)
    for (const bufferBytes of [4096, 65_536])
      it(`torn anywhere cost none of the others but what they overlay, in ${words(layout)}, with a buffer of ${bufferBytes} bytes`, async () => {
        const random = randomStream();
        for (let round = 0; round < 5; round++) {
          const path = pathOf();
          const whole: LoginFields[] = [];
          const pieces: Buffer[] = [];
          let torn = 0;
          for (let index = 0; index < 120; index++) {
            const fields = { pid: 1000 + index, line: `pts/${index}`, seconds: noonSeconds + index };
            const record = loginRecord(fields, layout);
            // Of one byte a big-endian record has a NUL.
            if (index % 10 === 5) {
              pieces.push(record.subarray(0, 2 + Math.floor(random() * (record.length - 2))));
              torn++;
            } else {
              pieces.push(record);
              whole.push(fields);
            }
          }
          writeFileSync(path, Buffer.concat(pieces));
          const { lines, notices } = await run(source(path), undefined, { bufferBytes });
          expect(lines).to.deep.equal(whole.map((fields) => loginLine(fields)));
          expect(notices.join()).to.contain(`${torn} records are torn: `);
        }
      });

  it("agrees with utmpdump on every field, in both directions", async function () {
    needsTool(this, "utmpdump");
    const path = pathOf();
    const text = [
      "[2] [00000] [~~  ] [reboot  ] [~           ] [6.1.0-18-amd64      ] [0.0.0.0        ] [2026-11-21T06:00:00,000000+00:00]",
      "[1] [00053] [~~  ] [runlevel] [~           ] [6.1.0-18-amd64      ] [0.0.0.0        ] [2026-11-21T06:00:09,120000+00:00]",
      "[6] [00612] [tty1] [LOGIN   ] [tty1        ] [                    ] [0.0.0.0        ] [2026-11-21T06:00:10,000001+00:00]",
      "[7] [01234] [ts/0] [alice   ] [pts/0       ] [client.example      ] [192.0.2.7      ] [2026-11-21T07:00:00,999999+00:00]",
      "[7] [01235] [ts/1] [bob     ] [pts/1       ] [2001:db8::9         ] [2001:db8::9    ] [2026-11-21T07:05:00,000000+00:00]",
      "[8] [01234] [    ] [        ] [pts/0       ] [                    ] [0.0.0.0        ] [2026-11-21T08:00:00,000000+00:00]",
    ];
    const made = spawnSync("utmpdump", ["--reverse", "--output", path], { input: `${text.join("\n")}\n` });
    expect(made.status).to.equal(0);
    appendFileSync(path, loginRecord({ user: "carol", host: "198.51.100.4", address: [198, 51, 100, 4] }));
    const { stdout } = spawnSync("utmpdump", [path], {
      encoding: "utf8",
      env: { ...process.env, TZ: "UTC" },
    });
    const dumped = stdout
      .trimEnd()
      .split("\n")
      .map((row) => [...row.matchAll(/\[([^\]]*)\]/g)].map(([, field = ""]) => field.trim()));
    const { lines } = await run(source(path));
    expect(lines).to.have.length(dumped.length).and.length(7);
    const names = ["empty", "runlevel", "boot", "new-time", "old-time", "init", "getty", "login", "logout"];
    lines.forEach((line, index) => {
      const [type, pid, , user, terminal, host, address, time = ""] = dumped[index] ?? [];
      const field = (text: string | undefined): string => (text === "" || text === undefined ? "-" : text);
      expect(line).to.equal(
        `${traditionalTime(Math.floor(Date.parse(time.replace(",", ".")) / 1000))} web1 wtmp: ` +
          `${names[Number(type)]} user=${field(user)} line=${field(terminal)} host=${field(host)} ` +
          `address=${address === "0.0.0.0" ? "-" : address} pid=${Number(pid)}\n`,
      );
    });
  });

  it("reads what login itself writes of a session", function () {
    needsTool(this, "login", "script", "utmpdump");
    needsMounts(this);
    const path = pathOf();
    const script = [
      "mount -t tmpfs none /var/log && mount -t tmpfs none /run || exit 1",
      "touch /var/log/wtmp /run/utmp",
      "printf 'exit\\n' | timeout 30 script --quiet --command 'login -f root' /dev/null",
      `cp /var/log/wtmp ${path}`,
    ].join("\n");
    const namespace = ["--mount", "--propagation", "private", "sh", "-c", script];
    expect(spawnSync("unshare", namespace, { stdio: "pipe" }).status).to.equal(0);
    return run(source(path)).then(({ lines }) => {
      const texts = lines.map((line) => textOf(line).replace(/\d+$/, "N"));
      // Which terminal it gets is chance: other programs have some.
      const terminal = /line=(pts\/\d+)/.exec(texts[0] ?? "")?.[1] ?? "";
      expect(texts).to.deep.equal([
        `wtmp: login user=root line=${terminal} host=- address=- pid=N`,
        `wtmp: logout user=- line=${terminal} host=- address=- pid=N`,
      ]);
    });
  });

  it("tells of the same logins as last, and of the same failures as lastb", async function () {
    needsTool(this, "last", "lastb");
    for (const [tool, name, type, event] of [
      ["last", "wtmp", 7, "login"],
      ["lastb", "btmp", 6, "failed"],
    ] as const) {
      const path = pathOf(name);
      const fields = Array.from({ length: 40 }, (_, index) => ({
        type,
        user: ["alice", "bob", "root"][index % 3] ?? "",
        line: `pts/${index % 7}`,
        host: `198.51.100.${index}`,
        address: [198, 51, 100, index],
        seconds: noonSeconds + 61 * index,
        pid: 1000 + index,
      }));
      for (const one of fields) appendFileSync(path, loginRecord(one));
      const output = execFileSync(tool, ["--file", path, "--time-format", "iso", "--fullnames", "--ip"], {
        encoding: "utf8",
      });
      const expected = output
        .split("\n")
        .filter((row) => /^(alice|bob|root)\s/.test(row))
        .map((row) => row.split(/\s+/).slice(0, 4).join(" "))
        .toReversed();
      const { lines } = await run(source(path, true));
      const told = lines.map((line, index) => {
        const [, user, terminal, host] =
          new RegExp(`: ${event} user=(\\S+) line=(\\S+) host=(\\S+) `).exec(line) ?? [];
        const time = new Date((fields[index]?.seconds ?? 0) * 1000);
        expect(line.slice(0, 15)).to.equal(traditionalTime(time.getTime() / 1000));
        return `${user} ${terminal} ${host}`;
      });
      expect(told).to.deep.equal(expected.map((row) => row.split(" ").slice(0, 3).join(" ")));
      expect(told).to.have.length(40);
    }
  });

  it("begins the first run with the logins within the look back, in every layout", async () => {
    for (const layout of layouts) {
      const path = pathOf();
      const hoursAgo = (hours: number) => ({ pid: hours, seconds: noonSeconds - hours * 3600 });
      const fields = Array.from({ length: 2000 }, (_, index) => hoursAgo(2000 - index));
      writeFileSync(path, Buffer.concat(fields.map((one) => loginRecord(one, layout))));
      const settings = { followLinks: false, context, showsUnknownUsers: false };
      const lookBack = { kind: "duration", milliseconds: 24 * 3_600_000 } as const;
      const { lines } = await run(utmpFile(path, { ...settings, firstRun: lookBack }));
      expect(lines).to.deep.equal(fields.slice(-24).map((one) => loginLine(one)));
    }
  });

  it("is read across rotations by savelog", async function () {
    needsTool(this, "savelog", "gzip");
    const path = pathOf();
    let count = 0;
    const write = (expected: string[]): void => {
      for (let index = 0; index < 30; index++) {
        const fields = { pid: ++count };
        appendFileSync(path, loginRecord(fields));
        expected.push(loginLine(fields));
      }
    };
    write([]);
    const first = await run(source(path));
    const expected: string[] = [];
    for (let rotation = 0; rotation < 2; rotation++) {
      write(expected);
      execFileSync("savelog", ["-q", "-c", "9", path], { stdio: "pipe" });
    }
    write(expected);
    expect((await run(source(path), first.position)).lines).to.deep.equal(expected);
  });

  it("reads many records in linear time", async () => {
    const some = Buffer.concat(
      Array.from({ length: 1000 }, (_, index) =>
        loginRecord({ pid: index, seconds: noonSeconds + index }, amd64),
      ),
    );
    const into = new Uint8Array(1 << 20);
    const reading = (thousands: number) => {
      const path = pathOf();
      writeFileSync(path, Buffer.concat(Array.from({ length: thousands }, () => some)));
      return async () => {
        const reader = await source(path).open(undefined);
        let lineBytes = 0;
        for (let chunk = await reader.read(into); chunk.kind === "lines"; chunk = await reader.read(into))
          lineBytes += chunk.lengthBytes;
        await reader.close();
        expect(lineBytes).to.be.above(70_000 * thousands);
      };
    };
    await expectLinear("records", reading, 5);
  });
});
