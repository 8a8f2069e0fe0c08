/**
 * The door of the engine: many POSIX EREs become one set, and a scanner says which of them match each line.
 * Promise: a pattern matches a line exactly when `grep -E` says so, in time linear in the line's length.
 */
export { oneLine } from "./one-line.js";
export { compile, PatternSyntaxError, type CompiledPatterns, type CompileOptions } from "./compile.js";
export type { Locale } from "./alphabet/locale.js";
export type { PatternError } from "./syntax/checked-patterns.js";
export type { MatchSetId } from "./dfa/match-sets.js";
export type { SavableStates, StatesCache } from "./dfa/states-cache.js";
export type { LineScanner, ScannedLines } from "./scan/line-scanner.js";
export {
  compilePatternSet,
  type Compilation,
  type PatternSet,
  type PatternSetOptions,
  type ScannerOptions,
} from "./scan/pattern-set.js";
export { groupFinder, type GroupFinder } from "./scan/group-finder.js";
export { isPlainPattern } from "./syntax/plain-pattern.js";
export { partsOf, type Span, type SyntaxTree } from "./syntax/syntax-tree.js";
export type { WorkBudget } from "./analysis/line-search.js";
export {
  PatternLanguages,
  type LineAnswer,
  type PatternGroup,
  type PatternLanguagesOptions,
  type QuestionOptions,
} from "./analysis/pattern-languages.js";
export type { PatternWords } from "./nearest/variant-programs.js";
export { NearestPatterns, type NearPattern, type NearPatterns } from "./nearest/nearest-patterns.js";
export { patternCosts, patternParser, type PatternCost } from "./analysis/parse-patterns.js";
export { sampleLine, type SampleStyle } from "./analysis/sample-lines.js";
export { isWhiteSpaceByte, requiresOtherByte, takesByte } from "./analysis/required-bytes.js";
export { byteSetFrom, type ByteSet } from "./alphabet/byte-set.js";
