/**
 * Reads what the kernel writes in many lines: traces, and its account of who ran out of memory.
 * Promise: only lines in the form of such a block are taken into it; what else the kernel says meanwhile stands alone.
 */
import { withoutUptime } from "../template/kernel.js";
import type { Family, Reading } from "./role.js";

/** "[ cut here ]": the next line says what happened. */
const cut = 0;
const trace = 1;
const memory = 2;
/** It is over: what was killed has been reaped. */
const reaped = 3;

const traceOpener =
  /^(?:BUG: |Oops|Kernel panic|general protection fault|kernel BUG at|Internal error|Unable to handle kernel|WARNING: |watchdog: BUG|NMI watchdog: BUG|stack segment|divide error|invalid opcode|Call Trace:|INFO: (?:task .{1,64} blocked for|rcu)|rcu: INFO|(?:\S+: )?page allocation failure|\S+: page allocation failure|UBSAN: |KASAN: )/;
const registers =
  /^ ?(?:R[A-Z]{2}|R\d\d|E[A-Z]{2}|[CDEFGS]S|CR\d|DR\d|PKRU|ORIG_RAX|EFLAGS|RFLAGS|pc|lr|sp|x\d+|r\d+|pstate|PSTATE|Flags|PGD|PUD|PMD|PTE|#PF)\s?:? /;
const traceLine =
  /^ *(?:\? ?)?(?:[\w.]+\+0x[0-9a-f]+\/0x|<\/?[A-Z]{2,8}>|\[<[0-9a-f]+>\]|=+$|-+\[ end trace|---\[)/;
const traceWords =
  /^ *(?:CPU: |Hardware name: |Call Trace:|Modules linked in:|Code: |Stack:|Workqueue: |task:|Tainted: |Not tainted|Mem abort info|Data abort info|Kernel Offset: |Sending NMI|NMI backtrace|Process \w|Backtrace|Exception stack|Last Breaking|"echo 0 > \/proc\/sys\/kernel\/hung_task|ESR = |EC = |SET = |EA = |FSC = |user pgtable|swapper pgtable|\[[0-9a-f]{8,16}\] pgd=)/;
const memoryLine =
  /^ *(?:Mem-Info:|(?:in)?active_(?:anon|file):|unevictable:|isolated_|slab_|unslab|mapped:|free:|Node \d+ |lowmem_reserve\[|\d+ (?:total )?pagecache pages|\d+ pages |Swap cache stats:|Free swap|Total swap|Tasks state|\[ *pid *\]|\[ *\d+\] +\d+ +\d+ |oom-kill:constraint=|Memory cgroup |memory(?:\+swap)?: usage|swap: usage|kmem: usage|Task in \/|Out of memory|Killed process |oom_reaper: |Unreclaimable slab info|Name +Used|[\w.-]+ +\d+KB +\d+KB|(?:anon|file|kernel|kernel_stack|pagetables|sock|shmem|slab|workingset_\w+|pg\w+|thp_\w+|sec_pagetables|percpu|vmalloc|file_\w+|anon_\w+|inactive_\w+|active_\w+) \d+$)/;
const end = /^ *(?:---\[ end|-+\[ end trace)/;

export const kernelBlocks: Family = { longestGapMs: 1000, holdsAlarms: true, read: readBlock };

function readBlock(message: string, state: number | undefined): Reading {
  const text = withoutUptime(message).slice(0, 200);
  if (text.includes(" invoked oom-killer: ")) return { role: "opens", state: memory };
  if (state === undefined) return readOpener(text);
  if (state === cut) return { role: "leads", state: trace };
  if (end.test(text)) return { role: "continues", state: reaped };
  const isTrace = traceLine.test(text) || traceWords.test(text) || registers.test(text);
  if (isTrace && state !== reaped) return { role: "continues", state };
  if (state === memory && memoryLine.test(text))
    return { role: "continues", state: text.startsWith("oom_reaper: ") ? reaped : state };
  if (state === reaped)
    return text.startsWith("Kernel panic") ? { role: "continues", state } : readOpener(text);
  // A trace may name several things in turn: "BUG: …", "Oops: …", "Kernel panic …".
  return traceOpener.test(text) ? { role: "continues", state } : { role: "stands", state };
}

function readOpener(text: string): Reading {
  if (text.includes("[ cut here ]")) return { role: "opens", state: cut };
  if (/^(?:Memory cgroup out of memory|Out of memory)/.test(text)) return { role: "opens", state: memory };
  if (traceOpener.test(text)) return { role: "opens", state: trace };
  return { role: "stands", state: 0 };
}
