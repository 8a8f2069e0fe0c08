/** Reads HTML back, as a browser would. */
import { parse, type DefaultTreeAdapterTypes } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;

export interface ReadBack {
  /** All text of the body, in order; that of styles and scripts left out. */
  readonly text: string;
  /** The elements, as "tag[attribute,attribute]", each once. */
  readonly elements: ReadonlySet<string>;
  /** The contents of comments, conditional ones included. */
  readonly comments: readonly string[];
  /** What the parser had to mend, by its own names. */
  readonly errors: readonly string[];
}

export function readBack(html: string): ReadBack {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => void errors.push(code) });
  const elements = new Set<string>();
  const comments: string[] = [];
  let text = "";
  const visit = (node: Node, isRead: boolean): void => {
    if (node.nodeName === "#comment" && "data" in node) comments.push(node.data);
    if (isRead && node.nodeName === "#text" && "value" in node) text += node.value;
    if ("attrs" in node) elements.add(`${node.tagName}[${node.attrs.map(({ name }) => name).join()}]`);
    const isUnread = ["head", "style", "script"].includes(node.nodeName);
    if ("childNodes" in node) for (const child of node.childNodes) visit(child, isRead && !isUnread);
  };
  visit(document, true);
  return { text, elements, comments, errors };
}
