/**
 * `logwinnow check`, the hourly job.
 * Promise: what it read is reported, stored and mailed in an order that loses nothing.
 */
import type { CheckOptions } from "../cli/command.js";
import type { Config } from "../cli/config.js";
import { createSieve, reportedLayers } from "../classify/sieve.js";
import { timestampOf } from "../entry/header.js";
import { compose } from "../mail/compose.js";
import { deliverRound, noticesOfFailed } from "../mail/deliver.js";
import type { Message } from "../mail/message.js";
import { walk, type Progress } from "../pipeline.js";
import type { FittedReport } from "../report/budget.js";
import { createFullSet } from "../report/full-set.js";
import { decodeOpenReport, emptyReport, encodeOpenReport, type OpenReport } from "../report/open-report.js";
import { subjectOf } from "../report/subject.js";
import { discoverSources } from "../sources/discover.js";
import type { SourceSettings } from "../sources/source.js";
import { usualLogs } from "../sources/usual-logs.js";
import { takeLock } from "../state/lock.js";
import { isDue } from "../state/spool.js";
import { openVault, type Vault } from "../state/vault.js";
import { realDisk } from "../std/disk.js";
import { fullyQualifiedHostName, shortHostName } from "../std/host-name.js";
import { formatNotice, type Notice } from "../std/notice.js";
import { useCache } from "./cache.js";
import { loadRuleSet } from "./load-rule-set.js";
import { openTransport } from "./open-transport.js";
import { writeText } from "./output.js";
import { stateDirectory } from "./places.js";
import { createReportDesk } from "./report-desk.js";
import { afterTelling, hasNews } from "./told-notices.js";

export type CheckOutcome = "done" | "locked" | "mail deferred" | "input error";

/** A kill costs no more than the reading of so many bytes. */
const storeEveryBytes = 64 * 2 ** 20;

export async function check(options: CheckOptions, config: Config): Promise<CheckOutcome> {}
