/**
 * Says when the system's job runs next: by systemd's timer, or by cron.
 * Promise: what it does not know it does not say. Runs `systemctl show` where systemd runs, and changes nothing.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export interface Schedule {
  /** What starts it, in words. */
  readonly by: string;
  /** Left out: not known. */
  readonly next?: Date;
}

/** Where to look; tests have places of their own. */
export interface SchedulePlaces {
  /** Is there where systemd runs. */
  readonly systemd: string;
  readonly systemctl: string;
  readonly cronEntry: string;
}

export const systemSchedule: SchedulePlaces = {
  systemd: "/run/systemd/system",
  systemctl: "systemctl",
  cronEntry: "/etc/cron.d/logwinnow",
};

const timer = "logwinnow.timer";
const patienceMs = 5_000;

/** "none": nothing starts it, as far as is known. */
export function scheduleOf(places: SchedulePlaces, now: Date): Schedule | "none" {
  return byTimer(places) ?? byCron(places.cronEntry, now) ?? "none";
}

function byTimer({ systemd, systemctl }: SchedulePlaces): Schedule | undefined {
  if (!existsSync(systemd)) return undefined;
  const words = ["show", timer, "--timestamp=unix", "-p", "ActiveState", "-p", "NextElapseUSecRealtime"];
  const { status, stdout } = spawnSync(systemctl, words, {
    encoding: "utf8",
    timeout: patienceMs,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (status !== 0 || !/^ActiveState=active$/m.test(stdout)) return undefined;
  const seconds = /^NextElapseUSecRealtime=@(\d+)$/m.exec(stdout)?.[1];
  return { by: timer, ...(seconds !== undefined && { next: new Date(Number(seconds) * 1000) }) };
}

/** Of a packaged entry: a minute of each hour. Any other plan is given as it is written. */
function byCron(path: string, now: Date): Schedule | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const plans = text
    .split("\n")
    .flatMap((line) => /^\s*([\d*/,-]+(?:\s+\S+){4})\s+\S+\s+\S/.exec(line)?.[1] ?? []);
  const [plan] = plans;
  if (plan === undefined) return undefined;
  const minute = /^([0-5]?\d)(?:\s+\*){4}$/.exec(plan)?.[1];
  if (minute === undefined || plans.length > 1) return { by: `cron, ${path}: ${plans.join("; ")}` };
  const next = new Date(now);
  next.setMinutes(Number(minute), 0, 0);
  if (next <= now) next.setHours(next.getHours() + 1);
  return { by: `cron, ${path}`, next };
}
