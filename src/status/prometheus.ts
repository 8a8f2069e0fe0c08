/**
 * The state of the hourly job for Prometheus: its text exposition format, for node_exporter's textfile collector.
 * Promise: each metric has its HELP and TYPE once, and no name of a log breaks a line or a label.
 */
import { problemsOf } from "./problems.js";
import type { Survey } from "./survey.js";

interface Metric {
  /** Without the prefix. Of seconds and bytes, as Prometheus' conventions ask. */
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** ASCII and UTF-8, lines by "\n". */
export function prometheusText(survey: Survey): string {
  return metricsOf(survey)
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, samples }) =>
      [
        `# HELP logwinnow_${name} ${help}`,
        `# TYPE logwinnow_${name} gauge`,
        ...samples.map(({ value, labels = {} }) => `logwinnow_${name}${labelsText(labels)} ${value}`),
        "",
      ].join("\n"),
    )
    .join("");
}

function metricsOf(survey: Survey): readonly Metric[] {
  const { now, state, waiting, refused, sources, rules, sizes, schedule } = survey;
  const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);
  return [
    {
      name: "problems",
      help: "What somebody must look at; 0 when all is well.",
      samples: [{ value: problemsOf(survey).length }],
    },
    {
      name: "last_success_timestamp_seconds",
      help: "When a run last ended well; 0 when none ever did.",
      samples: [{ value: state.lastSuccess === undefined ? 0 : seconds(state.lastSuccess) }],
    },
    {
      name: "next_run_timestamp_seconds",
      help: "When the next run is planned.",
      samples:
        typeof schedule === "object" && schedule.next
          ? [{ value: Math.floor(schedule.next.getTime() / 1000) }]
          : [],
    },
    {
      name: "status_timestamp_seconds",
      help: "When these figures were made.",
      samples: [{ value: Math.floor(now.getTime() / 1000) }],
    },
    {
      name: "spool_entries",
      help: "Mails that wait to be delivered, and that were refused.",
      samples: [
        { value: waiting.length, labels: { status: "waiting" } },
        { value: refused.length, labels: { status: "refused" } },
      ],
    },
    {
      name: "source_failed",
      help: "1 for a source that the last run could not read to its end.",
      samples: sources.map(({ name, hasFailed }) => ({
        value: hasFailed ? 1 : 0,
        labels: { source: name },
      })),
    },
    {
      name: "source_unread_bytes",
      help: "What was written to a source since it was read.",
      samples: sources.flatMap(({ name, unreadBytes }) =>
        unreadBytes === undefined ? [] : [{ value: unreadBytes, labels: { source: name } }],
      ),
    },
    {
      name: "rules",
      help: "Rules at work.",
      samples: rules ? [{ value: rules.count }] : [],
    },
    {
      name: "rules_notices",
      help: "Rules that are off, and files of rules that could not be read.",
      samples: rules ? [{ value: rules.notices.length }] : [],
    },
    {
      name: "stored_bytes",
      help: "What the state directory takes, by part.",
      samples: Object.entries(sizes).map(([part, value]) => ({ value, labels: { part } })),
    },
  ];
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapedLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Backslash, quote and newline are all that the format escapes. */
function escapedLabel(value: string): string {
  return value.replaceAll(/[\\"\n]/g, (character) => (character === "\n" ? "\\n" : `\\${character}`));
}
