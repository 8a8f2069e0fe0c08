/** Finds the keys that a table of the configuration may have. Promise: knows schemas by their shape alone. */

/** What a schema may consist of. */
export interface SchemaNode {
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly item?: SchemaNode;
  /** Of a choice by a key: tables, each of which has a literal of its own there. Without a key, texts to choose from. */
  readonly key?: string;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  /** What an optional value is, and the steps that read one. */
  readonly wrapped?: SchemaNode;
  readonly pipe?: readonly SchemaNode[];
}

/** One step into a document: the key, and the value that has it. */
export interface Step {
  readonly key: string | number;
  readonly input: unknown;
}

/** The keys that may stand where the last step is; none where that is no table. */
export function keysBeside(schema: SchemaNode, path: readonly Step[]): readonly string[] {
  let node: SchemaNode | undefined = schema;
  for (const { key, input } of path.slice(0, -1)) {
    const table: SchemaNode | undefined = chosen(node, input);
    node = typeof key === "number" ? table?.item : table?.entries?.[key];
  }
  return Object.keys(chosen(node, path.at(-1)?.input)?.entries ?? {});
}

/** Without what wraps it, and of several tables the one that the document chose. */
function chosen(node: SchemaNode | undefined, input: unknown): SchemaNode | undefined {
  if (node?.wrapped) return chosen(node.wrapped, input);
  if (node?.pipe && node.pipe[0] !== node) return chosen(node.pipe[0], input);
  const { key, options } = node ?? {};
  if (key === undefined || options === undefined) return node;
  const name = (input as Readonly<Record<string, unknown>> | undefined)?.[key];
  return (options as readonly SchemaNode[]).find((option) => option.entries?.[key]?.literal === name);
}
