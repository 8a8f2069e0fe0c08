/** Says which conditions a rule has, as its comment has them: "max=20/h". */
import type { Directives } from "./files/directives.js";
import { ratePeriods, type KeyPart, type Network, type Rate } from "./files/directive-values.js";
import type { Rule } from "./rule.js";

/** Undefined for a rule without any. Those that were applied when rules were loaded are none any more. */
export function conditionText({ directives = {} }: Rule): string | undefined {
  const parts = Object.entries(writers).flatMap(([property, write]) => {
    const value = directives[property as keyof Directives];
    return value === undefined ? [] : [write(value as never)];
  });
  return parts.length === 0 ? undefined : parts.join(" ");
}

const list = (name: string) => (values: readonly string[]) => `${name}=${values.join(",")}`;
const rate =
  (name: string) =>
  ({ count, periodMs }: Rate): string => {
    const [unit = `${periodMs}ms`] = ratePeriods.find(([, milliseconds]) => milliseconds === periodMs) ?? [];
    return `${name}=${count}/${unit}`;
  };

const writers: { readonly [Property in keyof Directives]?: (value: never) => string } = {
  firstSeen: (parts: readonly KeyPart[]) =>
    `first-seen=${parts.map(({ group, form }) => `\\${group}${form === "exact" ? "" : `:${form}`}`).join(",")}`,
  max: rate("max"),
  min: rate("min"),
  near: list("near"),
  unlessCountry: list("unless-country"),
  unlessNetwork: (networks: readonly Network[]) =>
    `unless-network=${networks.map(({ address, prefixBits }) => `${address}/${prefixBits}`).join(",")}`,
  unlessSuspect: list("unless-suspect"),
};
