/** Writes small mmdb files. https://maxmind.github.io/MaxMind-DB/ */

type Value = string | number | { readonly [key: string]: Value };

/** In: networks of IPv6 as bits, "0010…", and what is known of them. Addresses of IPv4 are those of ::/96. */
export function mmdbOf(networks: readonly (readonly [bits: string, value: Value])[]): Buffer {
  interface Node {
    readonly sides: [Node | Value | undefined, Node | Value | undefined];
  }
  const isNode = (one: Node | Value | undefined): one is Node => typeof one === "object" && "sides" in one;
  const root: Node = { sides: [undefined, undefined] };
  const nodes: Node[] = [root];
  for (const [bits, value] of networks) {
    let node = root;
    for (const [index, bit] of bits.split("").entries()) {
      const side = bit === "0" ? 0 : 1;
      if (index === bits.length - 1) node.sides[side] = value;
      else {
        const next = node.sides[side];
        if (isNode(next)) node = next;
        else {
          const made: Node = { sides: [undefined, undefined] };
          node.sides[side] = made;
          nodes.push(made);
          node = made;
        }
      }
    }
  }
  const data: Buffer[] = [];
  let dataBytes = 0;
  const recordOf = (side: Node | Value | undefined): number => {
    if (side === undefined) return nodes.length;
    if (isNode(side)) return nodes.indexOf(side);
    const record = nodes.length + 16 + dataBytes;
    const bytes = encoded(side);
    data.push(bytes);
    dataBytes += bytes.length;
    return record;
  };
  const tree = Buffer.concat(
    nodes.map(({ sides }) => {
      const node = Buffer.alloc(6);
      node.writeUIntBE(recordOf(sides[0]), 0, 3);
      node.writeUIntBE(recordOf(sides[1]), 3, 3);
      return node;
    }),
  );
  const metadata = Buffer.concat([
    control(7, 9),
    ...[
      ["binary_format_major_version", uint16(2)],
      ["binary_format_minor_version", uint16(0)],
      ["build_epoch", Buffer.from("080200000000" + "6b0291e6", "hex")],
      ["database_type", encoded("Test")],
      ["description", encoded({})],
      ["ip_version", uint16(6)],
      // An empty list.
      ["languages", Buffer.of(0, 4)],
      ["node_count", encoded(nodes.length)],
      ["record_size", uint16(24)],
    ].flatMap(([key, value]) => [encoded(key as string), value as Buffer]),
  ]);
  const start = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  return Buffer.concat([tree, Buffer.alloc(16), ...data, start, metadata]);
}

/** The bits of an address of IPv4, as far as its network goes. */
export function bitsOfIpv4(address: string, prefix: number): string {
  const bits = address.split(".").map((part) => Number(part).toString(2).padStart(8, "0"));
  return "0".repeat(96) + bits.join("").slice(0, prefix);
}

/** Of an address of IPv6, written in full. */
export function bitsOfIpv6(address: string, prefix: number): string {
  const bits = address.split(":").map((part) => parseInt(part, 16).toString(2).padStart(16, "0"));
  return bits.join("").slice(0, prefix);
}

function encoded(value: Value): Buffer {
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return Buffer.concat([control(2, bytes.length), bytes]);
  }
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([
    control(7, entries.length),
    ...entries.flatMap(([key, one]) => [encoded(key), encoded(one)]),
  ]);
}

function uint16(value: number): Buffer {
  return Buffer.concat([control(5, 2), Buffer.of(value >>> 8, value & 255)]);
}

/** A type below 8 and a size below 285. */
function control(type: number, size: number): Buffer {
  return size < 29 ? Buffer.of((type << 5) | size) : Buffer.of((type << 5) | 29, size - 29);
}
