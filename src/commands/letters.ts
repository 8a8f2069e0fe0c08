/** The mails of a report, as `[mail]` says. */
import type { CheckedReport } from "../check/report/checked-report.js";
import type { MailAbout } from "../outlets/mail/headers.js";
import type { Letter } from "../outlets/mail/outlet.js";
import type { MailSettings } from "../outlets/mail/settings.js";
import type { Attachment } from "../outlets/mail/transport.js";
import type { Outline } from "../report/outline/outline.js";
import { fittedHtmlMail } from "../report/render/html/mail/fit.js";
import { textOf } from "../report/render/text.js";
import { localDay } from "../std/local-day.js";

/** In: a report, the settings of mail, and how this host calls itself in addresses. */
export function lettersOf(report: CheckedReport, mail: MailSettings, hostname: string): readonly Letter[] {
  const { outline, outlineWith } = report;
  const html = mail.format === "html" ? fittedHtmlMail(outline, outlineWith) : undefined;
  return [
    {
      from: mail.from,
      to: mail.to,
      subject: outline.subject,
      text: textOf(outline),
      ...(html !== undefined && { html }),
      attachments: mail.attach ? attachmentsOf(report) : [],
      about: aboutOf(outline),
      hostname,
    },
  ];
}

/** The worst kinds first, as the mail has them. */
function aboutOf({ host, reportId, urgency, counts, alarmRows, look }: Outline): MailAbout {
  const kinds = [...alarmRows.rows, ...look.rows].map(({ id }) => id);
  return { host, reportId, urgency, counts, kinds };
}

function attachmentsOf({ outline, whole }: CheckedReport): readonly Attachment[] {
  const { id, forms } = whole();
  if (forms.html === undefined) return [];
  const host = outline.host.replace(/[^A-Za-z0-9-]/g, "-").toLowerCase();
  const day = localDay(outline.period.to);
  return [{ filename: `${host}-${day}-${id}.html`, contentType: "text/html", bytes: forms.html }];
}
