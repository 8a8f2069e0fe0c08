/** How much of each part an outline shows. */

export interface Limits {
  /** Rows of alarms; those of further kinds are joined by rule. */
  readonly alarmRows: number;
  /** Rows of rules, once kinds are joined by rule. */
  readonly ruleRows: number;
  /** Distinct lines of each kind of alarm; at least one is shown. */
  readonly alarmLines: number;
  /** Of one line of an alarm; it is shown cut. */
  readonly alarmLineBytes: number;
  /** Kinds of alarms whose lines are shown, and what these may have together. */
  readonly alarmKinds: number;
  readonly alarmBytes: number;
  /** Violations and new kinds that are shown. */
  readonly lookKinds: number;
  readonly lookBytes: number;
  readonly violationLines: number;
  readonly newLines: number;
  readonly lineBytes: number;
  /** Lines of one kind. */
  readonly kindBytes: number;
  readonly knownKinds: number;
  readonly notSeenRows: number;
  readonly programRows: number;
  readonly ledgerRows: number;
  readonly ignoredRows: number;
  readonly inventoryKeys: number;
  /** Of a path or another name. */
  readonly nameCharacters: number;
}

export const richestLimits: Limits = {
  alarmRows: 500,
  ruleRows: 40,
  alarmLines: 10,
  alarmLineBytes: 2000,
  alarmKinds: 500,
  alarmBytes: 45_000,
  lookKinds: 25,
  lookBytes: 25_000,
  violationLines: 3,
  newLines: 2,
  lineBytes: 600,
  kindBytes: 8000,
  knownKinds: 15,
  notSeenRows: 20,
  programRows: 9,
  ledgerRows: 12,
  ignoredRows: 12,
  inventoryKeys: 200,
  nameCharacters: 120,
};
