/** What is known on this host from now on, as far as there is room: each family is shown before any has a second key. */
import type { InventoryOfFamily } from "../../document.js";
import { formatCount } from "../../render/wording.js";
import type { Limits } from "../limits.js";
import type { Inventory } from "../outline.js";
import { quotedBytes, quotedName } from "../kind/quoted.js";

const maxKeyBytes = 200;

export function inventoryOf(
  inventory: readonly InventoryOfFamily[] = [],
  { inventoryKeys, nameCharacters }: Limits,
): Inventory | undefined {
  if (inventory.length === 0) return undefined;
  const longest = Math.max(...inventory.map(({ keys }) => keys.length));
  const keyCount = inventory.reduce((sum, { keys }) => sum + keys.length, 0);
  const shownUpTo = (ofEach: number): number =>
    inventory.reduce((sum, { keys }) => sum + Math.min(keys.length, ofEach), 0);
  let ofEach = 0;
  while (ofEach < longest && shownUpTo(ofEach + 1) <= inventoryKeys) ofEach++;
  const rest = keyCount - shownUpTo(ofEach);
  return {
    keyCount,
    families: inventory
      .map(({ family, keys }) => ({
        family: quotedName(family, nameCharacters),
        keys: keys.slice(0, ofEach).map((key) => quotedBytes(key.split("\n").join(", "), maxKeyBytes)),
      }))
      .filter(({ keys }) => keys.length > 0),
    ...(rest > 0 && { more: `and ${formatCount(rest)} more` }),
  };
}
