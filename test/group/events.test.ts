/** Events: lines that continue one are folded into it; what rules raise never disappears in one. */
import { expect } from "chai";
import { readEntry } from "../../src/entry/header.js";
import { createGroupTable, defaultGroupLimits, type GroupTable } from "../../src/group/group-table.js";
import { linesOf, type Finding, type Group } from "../../src/group/group.js";
import type { Layer } from "../../src/rules/layer.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";

const reference = new Date(2026, 10, 22, 12);

/** "!" before a line: a rule of alarms decides; "?": one of violations. */
function finding(text: string, seconds = 26): Finding {
  const layer: Layer = text.startsWith("!") ? "never" : text.startsWith("?") ? "violation" : "remainder";
  const message = layer === "remainder" ? text : text.slice(1);
  const line = `Nov 22 00:41:${seconds} web1 ${message}`;
  const rule = { list: "never", file: "rules", line: message.length % 7, text: "x" } as const;
  return {
    source: "log",
    line,
    trueLengthBytes: line.length,
    verdict: layer === "remainder" ? { layer } : { layer, rule },
    entry: readEntry(line, reference),
  };
}

function newTable(): GroupTable {
  return createGroupTable({ isGrouped: true, limits: defaultGroupLimits });
}

/** The groups of some lines: "layer count+folded shape". */
function told(lines: readonly string[]): string[] {
  const table = newTable();
  for (const line of lines) table.add(finding(line));
  return table.groups().map(({ layer, count, folded = 0, shape }) => `${layer} ${count}+${folded} ${shape}`);
}

const memory = [
  "kernel: [ 10.1] php-fpm invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER), order=0, oom_score_adj=0",
  "kernel: [ 10.1] CPU: 0 PID: 812 Comm: php-fpm Not tainted 6.1.0-13-amd64 #1 Debian 6.1.55-1",
  "kernel: [ 10.1] Hardware name: Invented Board, BIOS 1.0 01/01/2020",
  "kernel: [ 10.1] Call Trace:",
  "kernel: [ 10.1]  <TASK>",
  "kernel: [ 10.1]  dump_stack_lvl+0x44/0x5c",
  "kernel: [ 10.1]  ? filemap_fault+0x1f5/0x9d0",
  "kernel: [ 10.1]  </TASK>",
  "kernel: [ 10.1] Mem-Info:",
  "kernel: [ 10.1] active_anon:123 inactive_anon:456 isolated_anon:0",
  "kernel: [ 10.1]  active_file:12 inactive_file:34 isolated_file:0",
  "kernel: [ 10.1] Node 0 DMA free:1234kB min:44kB low:56kB high:68kB",
  "kernel: [ 10.1] lowmem_reserve[]: 0 1892 1892 1892 1892",
  "kernel: [ 10.1] 812 total pagecache pages",
  "kernel: [ 10.1] 0 pages in swap cache",
  "kernel: [ 10.1] Free swap  = 0kB",
  "kernel: [ 10.1] Tasks state (memory values in pages):",
  "kernel: [ 10.1] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
  "kernel: [ 10.1] [    812]    33   812    12345     6789    45056        0             0 php-fpm",
  "kernel: [ 10.1] [    900]     0   900     2345      789    45056        0         -1000 sshd",
  "kernel: [ 10.1] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=php-fpm,pid=812,uid=33",
  "kernel: [ 10.1] Out of memory: Killed process 812 (php-fpm) total-vm:12345kB, anon-rss:6789kB",
  "kernel: [ 10.2] oom_reaper: reaped process 812 (php-fpm), now anon-rss:0kB",
];
const raised = memory.map((line) => (/invoked|oom-kill:|Out of memory/.test(line) ? `!${line}` : line));

/** Lines, and what is told of them. */
const cases: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  "who ran out of memory": [memory, ["remainder 1+22 kernel: * invoked oom-killer"]],
  "who ran out of memory, as rules raise it": [raised, ["never 1+22 kernel: * invoked oom-killer"]],
  "who ran out of memory, where rules raise only the end": [
    memory.map((line) => (line.includes("Out of memory") ? `!${line}` : line)),
    ["never 1+22 kernel: Out of memory: Killed process *"],
  ],
  "who ran out of memory, among other lines of the kernel and of others": [
    raised.flatMap((line, index) => [
      line,
      ...(index % 7 === 3
        ? ["kernel: [ 10.1] usb 1-1: USB disconnect, device number 4", "app[7]: hello"]
        : []),
    ]),
    [
      "never 1+22 kernel: * invoked oom-killer",
      "remainder 3+0 kernel: usb *: USB disconnect, device number *",
      "remainder 3+0 app: hello",
    ],
  ],
  "two who ran out of memory": [[...raised, ...raised], ["never 2+44 kernel: * invoked oom-killer"]],
  "a trace of the kernel": [
    [
      "kernel: [ 10.1] ------------[ cut here ]------------",
      "kernel: [ 10.1] WARNING: CPU: 0 PID: 812 at kernel/x.c:12 some_function+0x12/0x34",
      "kernel: [ 10.1] Modules linked in: one two",
      "kernel: [ 10.1] RIP: 0010:some_function+0x12/0x34",
      "kernel: [ 10.1] RAX: 0000000000000000 RBX: ffff8881 RCX: 0",
      "kernel: [ 10.1] Call Trace:",
      "kernel: [ 10.1]  other+0x1/0x2",
      "kernel: [ 10.1] ---[ end trace 0123456789abcdef ]---",
      "kernel: [ 10.1] eth0: link down",
    ],
    ["remainder 1+7 kernel: WARNING: CPU: * PID: * at *", "remainder 1+0 kernel: *: link down"],
  ],
  "a trace of Java": [
    [
      "app[7]: java.lang.IllegalStateException: no pool",
      "app[7]: #011at org.example.Pool.take(Pool.java:12)",
      "app[7]: #011at org.example.Main.main(Main.java:3)",
      "app[7]: Caused by: java.io.IOException: no disk",
      "app[7]: #011... 2 more",
    ],
    ["remainder 1+4 app: java.lang.IllegalStateException: no pool"],
  ],
  "a trace of Python, told by its exception": [
    [
      "app[7]: Traceback (most recent call last):",
      'app[7]:   File "/srv/x.py", line 3, in <module>',
      "app[7]:     main()",
      "app[7]: KeyError: 'b'",
      "app[7]: ",
      "app[7]: During handling of the above exception, another exception occurred:",
      "app[7]: Traceback (most recent call last):",
      'app[7]:   File "/srv/x.py", line 9, in <module>',
      "app[7]: ValueError: bad",
    ],
    ["remainder 1+8 app: ValueError: bad"],
  ],
  "a trace of Go": [
    [
      "app[7]: panic: runtime error: index out of range",
      "app[7]: [signal SIGSEGV: segmentation violation code=0x1]",
      "app[7]: ",
      "app[7]: goroutine 1 [running]:",
      "app[7]: main.take(0x1)",
      "app[7]: #011/srv/main.go:12 +0x1d",
      "app[7]: created by main.main",
      "app[7]: exit status 2",
    ],
    ["remainder 1+7 app: panic: runtime error: index out of range"],
  ],
  "a trace of Node, told by its exception": [
    [
      "app[7]: /srv/app.js:10",
      "app[7]:     throw new TypeError('x')",
      "app[7]:     ^",
      "app[7]: ",
      "app[7]: TypeError: no such pool",
      "app[7]:     at take (/srv/app.js:10:11)",
      "app[7]: Node.js v20.1.0",
    ],
    ["remainder 1+6 app: TypeError: no such pool"],
  ],
  "a trace of PHP": [
    [
      "php: PHP Fatal error:  Uncaught Exception: no pool in /srv/a.php:3",
      "php: Stack trace:",
      "php: #0 /srv/b.php(12): take()",
      "php: #1 {main}",
      "php:   thrown in /srv/a.php on line 3",
    ],
    ["remainder 1+4 php: PHP Fatal error: Uncaught Exception: no pool in *"],
  ],
  "details of PostgreSQL": [
    [
      'postgres[7]: [5-1] ops@shop ERROR:  relation "x" does not exist',
      "postgres[7]: [5-2] ops@shop STATEMENT:  select * from x",
    ],
    ["remainder 1+1 postgres: [*] * ERROR: relation * does not exist"],
  ],
  "a unit that failed twice, and another": [
    [
      "systemd[1]: one.service: Main process exited, code=exited, status=1/FAILURE",
      "systemd[1]: two.service: Main process exited, code=killed, status=9/KILL",
      "systemd[1]: one.service: Failed with result 'exit-code'.",
      "systemd[1]: Failed to start The first one.",
      "systemd[1]: two.service: Failed with result 'signal'.",
      "systemd[1]: one.service: Scheduled restart job, restart counter is at 1.",
      "systemd[1]: one.service: Main process exited, code=exited, status=1/FAILURE",
      "systemd[1]: one.service: Failed with result 'exit-code'.",
    ],
    [
      "remainder 2+4 systemd: one.service: Failed with result exit-code",
      "remainder 1+1 systemd: two.service: Failed with result signal",
    ],
  ],
  "a long command of sudo": [
    [
      "sudo[7]: ops : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/make a",
      "sudo[7]: ops : (command continued) b",
      "sudo[8]: git : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/apt",
      "sudo[7]: ops : (command continued) c",
    ],
    ["remainder 1+2 sudo: * : COMMAND=make", "remainder 1+0 sudo: * : COMMAND=apt"],
  ],
  "traces of two processes, interleaved": [
    [
      "app[7]: Error: one",
      "app[8]: Error: two",
      "app[7]:     at a (x:1:2)",
      "app[8]:     at b (x:1:2)",
      "app[8]:     at b (x:1:3)",
      "app[7]:     at a (x:1:3)",
    ],
    ["remainder 1+2 app: Error: one", "remainder 1+2 app: Error: two"],
  ],
};

describe("events: lines that continue one are folded", () => {
  for (const [what, [lines, expected]] of Object.entries(cases))
    it(what, () => expect(told(lines)).to.deep.equal(expected));

  it("not after a while", () => {
    const table = newTable();
    table.add(finding("app[7]: Error: one", 10));
    table.add(finding("app[7]:     at a (x:1:2)", 40));
    expect(table.groups()).to.have.length(2);
  });

  it("the first event is kept whole, of the others the first lines", () => {
    const table = newTable();
    const showings = [...memory, ...memory].map((line) => table.add(finding(line)));
    expect(showings.slice(0, 20)).to.not.include("counted");
    const [group] = table.groups();
    expect(group?.samples.filter(({ folded }) => folded === undefined)).to.have.length(2);
    expect(group?.samples[0]?.line).to.include("invoked oom-killer");
    expect(group?.samples[1]?.line).to.include("CPU: 0");
  });

  it("goes on over a batch that is stored", () => {
    const first = newTable();
    for (const line of raised.slice(0, 10)) first.add(finding(line));
    const stored: readonly Group[] = JSON.parse(JSON.stringify(first.groups()));
    const second = createGroupTable({ isGrouped: true, limits: defaultGroupLimits }, stored);
    expect(second.groups()).to.deep.equal(first.groups());
  });
});

describe("events: an alarm is never hidden in one", () => {
  for (const [what, lines] of Object.entries({
    "as a frame": [
      "app[7]: Error: one",
      "!app[7]:     at the vault (it is open)",
      "app[7]:     at x (y:1:2)",
    ],
    "as Python's exception": [
      "app[7]: Traceback (most recent call last):",
      "app[7]:   x",
      "!app[7]: KeyError: open",
    ],
    "as a detail": ["postgres[7]: ERROR:  x", "!postgres[7]: DETAIL:  the vault is open"],
    "as a violation within an alarm": ["!app[7]: Error: one", "?app[7]:     at x (open)"],
  }))
    it(what, () => {
      const table = newTable();
      for (const line of lines) table.add(finding(line));
      const expected = lines.filter((line) => /^[!?]/.test(line)).length;
      const groups = table.groups().filter(({ layer }) => layer !== "remainder");
      expect(groups.reduce((sum, { count }) => sum + count, 0)).to.equal(expected);
    });

  it("within the kernel's account, each that rules raise is a line that is kept, or an alarm of its own", () => {
    const table = newTable();
    const lines = Array.from({ length: 400 }, (_, index) =>
      index % 40 === 0
        ? `!kernel: x${index} invoked oom-killer: order=0`
        : `!kernel: Out of memory: Killed process ${index} (x)`,
    );
    for (const line of lines) table.add(finding(line));
    const groups = table.groups();
    const kept = groups
      .flatMap(({ samples }) => samples)
      .filter((sample) => sample.folded === "never").length;
    expect(groups.reduce((sum, group) => sum + linesOf(group), 0)).to.equal(400);
    const folded = groups.reduce((sum, group) => sum + (group.folded ?? 0), 0);
    expect(folded).to.be.at.least(200).and.to.equal(kept);
  });
});

describe("events: accounts and bounds", () => {
  const pieces = [
    ...raised,
    ...Object.values(cases).flatMap(([lines]) => lines),
    "?app[7]:     at x",
    "!app[7]: KeyError: x",
    "!systemd[1]: one.service: A process of this unit has been killed by the OOM killer.",
    "app[7]:",
  ];

  it("every line is counted once, and as many are kept as were called reported", () => {
    const random = randomStream();
    for (let round = 0; round < 40; round += 1) {
      const table = newTable();
      const total = 50 + Math.floor(random() * 500);
      let reported = 0;
      let never = 0;
      for (let index = 0; index < total; index += 1) {
        const piece = pieces[Math.floor(random() * pieces.length)] ?? "";
        if (piece.startsWith("!")) never += 1;
        if (table.add(finding(piece, 10 + Math.floor(index / 40))) === "reported") reported += 1;
      }
      const groups = table.groups();
      const samples = groups.flatMap((group) => group.samples);
      expect(groups.reduce((sum, group) => sum + linesOf(group), 0)).to.equal(total);
      expect(samples.filter(({ isInReportFile }) => !isInReportFile)).to.have.length(reported);
      for (const { count, folded = 0, samples: own } of groups) {
        const ofOthers = own.filter((sample) => sample.folded !== undefined).length;
        expect(count).to.be.at.least(Math.max(1, own.length - ofOthers));
        expect(folded).to.be.at.least(ofOthers);
      }
      // Each alarm is an alarm of its own, or a line that is kept of one.
      const alarms = groups.filter(({ layer }) => layer === "never");
      const own = alarms.reduce((sum, { count }) => sum + count, 0);
      const within = alarms
        .flatMap((group) => group.samples)
        .filter(({ folded }) => folded === "never").length;
      expect(own + within).to.equal(never);
    }
  });

  it("a flood of events and of one event's lines stays bounded", () => {
    const table = newTable();
    for (let index = 0; index < 10_000; index += 1) {
      table.add(finding(`app[${index % 3000}]: Traceback (most recent call last):`));
      table.add(finding(`app[${index % 3000}]:   ${"x".repeat(300)}`));
      table.add(finding(`!kernel: x invoked oom-killer: ${"y".repeat(300)}`));
      table.add(finding(`!kernel: Out of memory: Killed process ${index} (x)`));
      table.add(finding(`kernel: Mem-Info: ${"z".repeat(300)}`));
    }
    const groups = table.groups();
    expect(groups.reduce((sum, group) => sum + linesOf(group), 0)).to.equal(50_000);
    const bytes = groups.flatMap(({ samples }) => samples).reduce((sum, { line }) => sum + line.length, 0);
    expect(bytes).to.be.lessThan(16 * 1024 * 1024);
  }).timeout(60_000);

  it("takes linear time on hostile lines", async () => {
    for (const program of ["app[7]", "kernel", "systemd[1]", "sudo[7]"])
      for (const unit of [" ", "a.", "a", "(", ": ", "x=1 ", "DETAIL", "at ", "\t"]) {
        const folding = (size: number) => {
          const hostile = finding(`${program}: ${unit.repeat(size / unit.length)}`);
          return () => {
            const table = newTable();
            for (let index = 0; index < 20; index += 1) table.add(hostile);
          };
        };
        await expectLinear(`events of ${JSON.stringify(unit)} by ${program}`, folding, 16_384);
      }
  }).timeout(60_000);
});
