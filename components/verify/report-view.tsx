import { BadgeCheck, CircleAlert, CircleHelp, LoaderCircle } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, Facts } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { formatBytes, formatCount, plural } from "@/lib/client/format";
import { type Report, verdictOf } from "@/verifier/browser/report";
import { FindingList } from "./finding-list";

const ICONS = {
  ok: <BadgeCheck aria-hidden />,
  false: <CircleAlert aria-hidden />,
  unknown: <CircleHelp aria-hidden />,
  running: <LoaderCircle className="animate-spin" aria-hidden />,
};
const TONES: Record<keyof typeof ICONS, Tone> = { ok: "ok", false: "bad", unknown: "warn", running: "info" };

/** What was found: the sum, everything that is not true, and what is. */
export function ReportView({ report }: { report: Report }) {
  const { status, text } = verdictOf(report);
  const { looked, read, total, findings, notes, checks } = report;
  return (
    <Card
      title={
        <span role="status">
          <Badge tone={TONES[status]}>
            {ICONS[status]} {text}
          </Badge>
        </span>
      }
      className="flex flex-col gap-4"
    >
      {looked ? (
        <Facts
          items={[
            ["Receipts", formatCount(looked.receipts)],
            ["Links of chains", formatCount(looked.links)],
            ["Files read", `${plural(looked.files, "file")}, ${formatBytes(looked.bytes)}`],
            ["Rows counted", formatCount(looked.rows)],
          ]}
        />
      ) : (
        <div>
          <Progress label="Bytes read" value={Math.min(read, total)} max={total} />
          <p className="mt-1 text-muted text-xs">
            {formatBytes(read)} of {formatBytes(total)}
          </p>
        </div>
      )}
      <FindingList findings={findings} />
      {notes.map((note) => (
        <p key={note} className="break-words text-muted">
          {note}
        </p>
      ))}
      {looked && (
        <div>
          <h3 className="mb-1 font-medium">What is true</h3>
          <Facts items={Object.entries(checks).map(([what, times]) => [what, plural(times, "time")] as const)} />
        </div>
      )}
    </Card>
  );
}
