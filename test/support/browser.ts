/** A browser of its own for a test: Debian's Chromium, driven by its debugging protocol over two pipes. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Readable, Writable } from "node:stream";

export interface Screen {
  readonly width: number;
  readonly scheme: "light" | "dark";
  readonly scripts?: boolean;
}

export interface Page {
  /** What an expression gives, as JSON carries it. A promise is waited for. */
  evaluate(expression: string): Promise<unknown>;
  /** Types a key, such as "a" or "Escape", into what has the focus. */
  press(key: string): Promise<void>;
  /** A PNG of the whole page, however high it is. */
  screenshot(): Promise<Buffer>;
  /** The addresses of all that was asked for after the page itself. */
  readonly requests: readonly string[];
  /** What the page said to the console: errors of scripts, and what its policy kept it from. */
  readonly complaints: readonly string[];
}

export interface Browser {
  /** Shows an HTML file. */
  open(path: string, screen: Screen): Promise<Page>;
  close(): Promise<void>;
}

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--remote-debugging-pipe",
];

/** However a test ends, no browser outlives it by more than this. */
const longestLifeMs = 120_000;

export function openBrowser(): Browser {
  const profile = mkdtempSync(join(tmpdir(), "logwinnow-chromium-"));
  const child = spawn("chromium", [...flags, `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    timeout: longestLifeMs,
    killSignal: "SIGKILL",
    // Its helpers are ended with it: they still write to the profile otherwise.
    detached: true,
  });
  const connection = new Connection(child);
  return {
    open: (path, screen) => openPage(connection, path, screen),
    async close() {
      await connection.end();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

type Listener = (method: string, params: Readonly<Record<string, unknown>>) => void;

interface Answer {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Messages are JSON, each ended by a NUL. */
class Connection {
  readonly listeners = new Map<string, Listener>();
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private readonly waiting = new Map<number, Answer>();
  private lastId = 0;

  constructor(child: ChildProcess) {
    this.child = child;
    let pending = "";
    const [, , , , output] = child.stdio as unknown as readonly [null, null, null, Writable, Readable];
    output.setEncoding("utf8").on("data", (piece: string) => {
      const messages = (pending + piece).split("\0");
      pending = messages.pop() ?? "";
      for (const message of messages) this.take(JSON.parse(message) as Reply);
    });
    this.ended = new Promise((resolve) => {
      child.once("close", () => {
        for (const { reject } of this.waiting.values()) reject(new Error("chromium ended"));
        resolve();
      });
    });
  }

  /** The shape of an answer is the protocol's: whoever asks knows it. */
  async ask<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    const id = ++this.lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    const input = this.child.stdio[3] as Writable;
    input.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    return (await answer) as Result;
  }

  async end(): Promise<void> {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, "SIGKILL");
    await this.ended;
  }

  private take({ id, method, sessionId, params, result, error }: Reply): void {
    if (method !== undefined) this.listeners.get(sessionId ?? "")?.(method, params ?? {});
    if (id === undefined) return;
    const answer = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  }
}

async function openPage(connection: Connection, path: string, screen: Screen): Promise<Page> {
  const { targetId } = await connection.ask<{ targetId: string }>("Target.createTarget", {
    url: "about:blank",
  });
  const { sessionId } = await connection.ask<{ sessionId: string }>("Target.attachToTarget", {
    targetId,
    flatten: true,
  });
  const ask = <Result>(method: string, params?: object): Promise<Result> =>
    connection.ask<Result>(method, params, sessionId);
  const requests: string[] = [];
  const complaints: string[] = [];
  const loaded = new Promise<void>((resolve) => {
    connection.listeners.set(sessionId, (method, params) => {
      if (method === "Page.loadEventFired") resolve();
      if (method === "Network.requestWillBeSent")
        requests.push((params as { request: { url: string } }).request.url);
      if (method === "Log.entryAdded") complaints.push((params as { entry: { text: string } }).entry.text);
      if (method === "Runtime.exceptionThrown") complaints.push(JSON.stringify(params));
    });
  });
  for (const domain of ["Page", "Network", "Log", "Runtime"]) await ask(`${domain}.enable`);
  const { width, scheme, scripts = true } = screen;
  const metrics = (height: number): object => ({ width, height, deviceScaleFactor: 1, mobile: false });
  await ask("Emulation.setDeviceMetricsOverride", metrics(800));
  const features = [{ name: "prefers-color-scheme", value: scheme }];
  await ask("Emulation.setEmulatedMedia", { features });
  if (!scripts) await ask("Emulation.setScriptExecutionDisabled", { value: true });
  const url = pathToFileURL(path).href;
  await ask("Page.navigate", { url });
  await loaded;
  return {
    get requests() {
      return requests.filter((each) => each !== url);
    },
    complaints,
    async evaluate(expression) {
      const { result, exceptionDetails } = await ask<Evaluated>("Runtime.evaluate", {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    async press(key) {
      // A key that is a character is typed; others have their effect when they go down.
      const typed = key.length === 1 ? { text: key } : key === "Enter" ? { text: "\r" } : {};
      // Without its code the browser itself does nothing for it.
      const code = key === "Tab" ? { windowsVirtualKeyCode: 9 } : {};
      await ask("Input.dispatchKeyEvent", { type: "keyDown", key, ...typed, ...code });
      await ask("Input.dispatchKeyEvent", { type: "keyUp", key });
    },
    async screenshot() {
      const { cssContentSize } = await ask<{ cssContentSize: { height: number } }>("Page.getLayoutMetrics");
      await ask("Emulation.setDeviceMetricsOverride", metrics(Math.ceil(cssContentSize.height)));
      const { data } = await ask<{ data: string }>("Page.captureScreenshot", { format: "png" });
      return Buffer.from(data, "base64");
    },
  };
}

interface Evaluated {
  readonly result: { readonly value: unknown };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description: string };
  };
}
