/** What stood around an alarm: ignored lines, of all sources, and never more than a few. */
import { expect } from "chai";
import { lookAround } from "../../src/check/report/look-around.js";
import type { Group } from "../../src/group/group.js";
import { surroundingsOf, usualSurroundings, type Surroundings } from "../../src/report/surroundings.js";
import type { Source } from "../../src/sources/source.js";

const now = new Date("2026-03-04T11:00:00Z");

function at(time: string, text: string): string {
  return `2026-03-04T10:${time}.000000+00:00 db7 ${text}`;
}

/** Gives its lines in chunks of a few. */
function log(name: string, lines: readonly string[], linesOfChunk = 3): Source & { opened: unknown[] } {
  const opened: unknown[] = [];
  return {
    kind: "file",
    name,
    opened,
    open(from) {
      opened.push(from);
      let next = 0;
      return Promise.resolve({
        read(into) {
          if (next >= lines.length) return Promise.resolve({ kind: "end" });
          const text = lines.slice(next, next + linesOfChunk).map((line) => `${line}\n`);
          next += linesOfChunk;
          const lengthBytes = Buffer.from(into.buffer).write(text.join(""), "latin1");
          return Promise.resolve({ kind: "lines", lengthBytes });
        },
        position: () => ({ kind: "none" }),
        notices: () => [],
        close: () => Promise.resolve(),
      });
    },
  };
}

function alarm(line: string, source = "/var/log/auth.log", parts: Partial<Group> = {}): Group {
  return {
    kind: "0123456789ab",
    layer: "never",
    shape: "",
    count: 1,
    samples: [{ source, line, trueLengthBytes: line.length }],
    ...parts,
  };
}

async function around(
  sources: readonly Source[],
  group: Group,
  surroundings: Surroundings = usualSurroundings,
): Promise<string[]> {
  const found = (await lookAround(sources, {}, [group], { now, surroundings })).get("0123456789ab");
  const shown = (lines: readonly { readonly line: string }[] = []): string[] =>
    lines.map(({ line }) => line.slice(14));
  return [...shown(found?.before), ">", ...shown(found?.after)];
}

const login = at("30:10", "sshd[9]: Accepted password for root from 192.0.2.7 port 4711 ssh2");

describe("what stood around an alarm", () => {
  it("is as many lines on each side as somebody names, a minute away and noise included", async () => {
    const lines = [
      ...Array.from({ length: 9 }, (_, index) => at(`29:3${index}`, "cron[7]: tick")),
      login,
      ...Array.from({ length: 9 }, (_, index) => at(`31:1${index}`, `app[7]: step ${"abcdefghi"[index]}`)),
    ];
    const shown = await around([log("/var/log/auth.log", lines)], alarm(login), surroundingsOf(4));
    expect(shown).to.deep.equal([
      ...[5, 6, 7, 8].map((second) => at(`29:3${second}`, "cron[7]: tick").slice(14)),
      ">",
      ...[0, 1, 2, 3].map((second) => at(`31:1${second}`, `app[7]: step ${"abcdefghi"[second]}`).slice(14)),
    ]);
    expect(surroundingsOf(0)).to.equal(undefined);
    expect(surroundingsOf(false)).to.equal(undefined);
    expect(surroundingsOf(true)).to.equal(usualSurroundings);
  });

  it("is two lines before and three after, of all sources, the nearest", async () => {
    const auth = log("/var/log/auth.log", [
      at("30:02", "cron[1]: too far before the others"),
      at("30:05", "cron[1]: second before"),
      at("30:09", "cron[1]: first before"),
      login,
      at("30:11", "su[3]: first after"),
      at("30:14", "su[3]: third after"),
      at("30:19", "su[3]: fourth after"),
      at("30:21", "su[3]: eleven seconds later"),
    ]);
    const syslog = log("/var/log/syslog", [
      at("10:00", "app[1]: long before"),
      at("30:12", "app[1]: second after"),
    ]);
    expect(await around([syslog, auth], alarm(login))).to.deep.equal([
      "30:05.000000+00:00 db7 cron[1]: second before",
      "30:09.000000+00:00 db7 cron[1]: first before",
      ">",
      "30:11.000000+00:00 db7 su[3]: first after",
      "30:12.000000+00:00 db7 app[1]: second after",
      "30:14.000000+00:00 db7 su[3]: third after",
    ]);
  });

  it("is of the same address or process before unrelated lines that are nearer", async () => {
    const lines = [
      at("30:01", "sshd[4]: Failed password for root from 192.0.2.7 port 4700 ssh2"),
      ...[2, 4, 6, 8].map((second) =>
        at(`30:0${second}`, `app[1]: noise at ${second} of ${"abcdefghi"[second]}`),
      ),
      login,
      ...[1, 2, 3, 4].map((second) =>
        at(`30:1${second}`, `app[1]: more noise at ${second} of ${"abcde"[second]}`),
      ),
      at("30:18", "sshd[9]: session opened for user root"),
    ];
    const keys = [{ by: "address", counts: { "192.0.2.7": 1 }, others: 0 }] as const;
    expect(
      await around([log("/var/log/auth.log", lines)], alarm(login, "/var/log/auth.log", { keys })),
    ).to.deep.equal([
      "30:01.000000+00:00 db7 sshd[4]: Failed password for root from 192.0.2.7 port 4700 ssh2",
      "30:08.000000+00:00 db7 app[1]: noise at 8 of i",
      ">",
      "30:11.000000+00:00 db7 app[1]: more noise at 1 of b",
      "30:12.000000+00:00 db7 app[1]: more noise at 2 of c",
      "30:18.000000+00:00 db7 sshd[9]: session opened for user root",
    ]);
  });

  it("is no further line of the kind itself, and no event twice", async () => {
    const auth = log("/var/log/auth.log", [login, login.replace("4711", "4712"), at("30:12", "su[3]: once")]);
    const journal = log("journal", [login, at("30:12", "su[3]: once").replace(".000000", ".123456")]);
    expect(await around([auth, journal], alarm(login))).to.deep.equal([
      ">",
      "30:12.000000+00:00 db7 su[3]: once",
    ]);
  });

  it("is read once more from where the run began, and only where there is an alarm", async () => {
    const auth = log("/var/log/auth.log", [login]);
    const from = { kind: "offset" };
    await lookAround([auth], { "/var/log/auth.log": from }, [alarm(login)], { now });
    expect(auth.opened).to.deep.equal([from]);
    await lookAround([auth], {}, [alarm(login, "x", { layer: "remainder" })], { now });
    await lookAround([auth], {}, [alarm(login, "x", { count: 5000 })], { now });
    expect(auth.opened).to.have.length(1);
  });

  it("ends at its bounds, and lets go what fails", async () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      at("30:12", `app[1]: ${"abcdefgh"[index % 8]} flood`),
    );
    const flood = log("/var/log/syslog", many, 100);
    const found = await lookAround([flood], {}, [alarm(login)], {
      now,
      limits: {
        bytes: 20_000,
        milliseconds: 60_000,
        kinds: 24,
      },
    });
    // What comes again and again is noise.
    expect(found.size).to.equal(0);
    const broken: Source = { ...flood, open: () => Promise.reject(new Error("gone")) };
    const after = log("/var/log/auth.log", [login, at("30:11", "su[3]: after")]);
    expect(await around([broken, after], alarm(login))).to.deep.equal([
      ">",
      "30:11.000000+00:00 db7 su[3]: after",
    ]);
    const hanging: Source = { ...flood, open: () => new Promise(() => {}) };
    const late = await lookAround([hanging], {}, [alarm(login)], {
      now,
      limits: {
        bytes: 1e9,
        milliseconds: 20,
        kinds: 24,
      },
    });
    expect(late.size).to.equal(0);
    expect(await around([after], alarm("a line without a time"))).to.deep.equal([">"]);
  });
});
