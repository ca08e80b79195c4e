import {
  CircleCheck,
  CircleHelp,
  CircleX,
  ClockAlert,
  FileLock2,
  FilePlus2,
  FileX2,
  type LucideIcon,
  Replace,
  TrendingDown,
} from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import { OUTCOMES } from "@/lib/client/check-words";
import type { CheckOutcome } from "@/lib/fields/checks";
import type { Export } from "@/lib/schemas/export";

const looks: Record<CheckOutcome, { tone: Tone; Icon: LucideIcon }> = {
  unchanged: { tone: "ok", Icon: CircleCheck },
  intact: { tone: "ok", Icon: CircleCheck },
  late: { tone: "warn", Icon: ClockAlert },
  shrunk: { tone: "bad", Icon: TrendingDown },
  gone: { tone: "bad", Icon: CircleX },
  changed: { tone: "bad", Icon: Replace },
  missing: { tone: "bad", Icon: FileX2 },
  extra: { tone: "warn", Icon: FilePlus2 },
  unreadable: { tone: "bad", Icon: FileLock2 },
  unknown: { tone: "idle", Icon: CircleHelp },
};

/** Whether an export says that consumers cause an outcome. */
export const isExpected = (outcome: CheckOutcome, { checks }: Pick<Export, "checks">): boolean =>
  outcome === "missing" && checks.expectDeletion;

/** What a check found. `expected`: nothing to worry about, such as a file that consumers were to delete. */
export function OutcomeBadge({ outcome, expected = false }: { outcome: CheckOutcome; expected?: boolean }) {
  const { tone, Icon } = looks[outcome];
  const { label, note } = OUTCOMES[outcome];
  return (
    <Badge tone={expected ? "idle" : tone} title={note}>
      <Icon aria-hidden /> {label}
    </Badge>
  );
}
