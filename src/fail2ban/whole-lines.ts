/**
 * Makes of an expression that is searched for one that tells of whole lines.
 * Promise: the same lines; references to groups, conditions, anchors at the start and look-aheads are worked in.
 */
import { anyCharacter } from "./character-set.js";
import { isNullable, orAtNewline } from "./languages.js";
import { withoutLooks } from "./look-aheads.js";
import { NotCarriedOver } from "./not-carried-over.js";
import { withoutReferences } from "./references.js";
import {
  changed,
  choice,
  contains,
  group,
  never,
  nothing,
  repeat,
  sequence,
  setTree,
  type Tree,
} from "./regex-tree.js";

const anything = repeat(setTree(anyCharacter), 0, Infinity);

/**
 * The whole lines, without their newline, in which the expression is found. `hasNewline`: Python sees one at the end.
 * Throws NotCarriedOver.
 */
export function wholeLines(tree: Tree, hasNewline: boolean): Tree {
  const split = withoutReferences(tree);
  const { atStart, elsewhere } = anchored(split);
  const searched = choice(atStart, elsewhere.kind === "never" ? never : sequence(anything, elsewhere));
  const ended = hasNewline ? orAtNewline(searched) : searched;
  return plain(withoutLooks(sequence(ended, anything)));
}

/** What the tree matches where it begins at the line's start, and elsewhere. */
interface Anchored {
  readonly atStart: Tree;
  readonly elsewhere: Tree;
}

function anchored(tree: Tree): Anchored {
  const isStart = ({ kind }: Tree): boolean => kind === "start";
  if (!contains(tree, isStart)) return { atStart: tree, elsewhere: tree };
  switch (tree.kind) {
    case "start":
      return { atStart: nothing, elsewhere: never };
    case "sequence": {
      const [first = nothing, ...items] = tree.items;
      const [head, rest] = [anchored(first), anchored(sequence(...items))];
      const elsewhere = sequence(head.elsewhere, rest.elsewhere);
      if (isZeroWidth(first)) return { atStart: sequence(head.atStart, rest.atStart), elsewhere };
      if (!isNullable(first) || !contains(sequence(...items), isStart))
        return { atStart: sequence(head.atStart, rest.elsewhere), elsewhere };
      throw new NotCarriedOver('has a "^" after what may be left out');
    }
    case "choice": {
      const options = tree.options.map(anchored);
      return {
        atStart: choice(...options.map(({ atStart }) => atStart)),
        elsewhere: choice(...options.map((option) => option.elsewhere)),
      };
    }
    case "group": {
      const { atStart, elsewhere } = anchored(tree.body);
      return { atStart: group(tree.name, atStart), elsewhere: group(tree.name, elsewhere) };
    }
    case "repeat": {
      if (tree.most > 1) throw new NotCarriedOver('repeats a "^"');
      const { atStart, elsewhere } = anchored(tree.body);
      return { atStart: repeat(atStart, 0, 1), elsewhere: repeat(elsewhere, 0, 1) };
    }
    default:
      throw new NotCarriedOver('has a "^" in a look-ahead');
  }
}

function isZeroWidth({ kind }: Tree): boolean {
  return kind === "start" || kind === "word edge" || kind === "no word edge";
}

/** Groups are of no use any more. */
function plain(tree: Tree): Tree {
  return changed(tree, (part) => (part.kind === "group" ? part.body : part));
}
