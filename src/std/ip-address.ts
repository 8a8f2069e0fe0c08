/**
 * Tells IP addresses from other text.
 * Promise: node:net, which takes as long to load as fifty files of rules, is loaded by the first question.
 */
let net: typeof import("node:net") | undefined;

export function loadedNet(): typeof import("node:net") {
  return (net ??= process.getBuiltinModule("node:net"));
}

/** 4 or 6; 0 for what is no address. */
export function isIP(text: string): number {
  return loadedNet().isIP(text);
}

export function isIPv4(text: string): boolean {
  return isIP(text) === 4;
}

export function isIPv6(text: string): boolean {
  return isIP(text) === 6;
}
