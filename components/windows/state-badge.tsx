import {
  Ban,
  CalendarOff,
  CalendarPlus,
  CircleCheck,
  CircleDashed,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Unlink,
} from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Coverage } from "@/lib/schemas/run";
import { wordsOf } from "./state-words";

const looks: Record<Coverage["state"], { tone: Tone; Icon: LucideIcon }> = {
  committed: { tone: "ok", Icon: CircleCheck },
  broken: { tone: "bad", Icon: Unlink },
  running: { tone: "info", Icon: LoaderCircle },
  failed: { tone: "bad", Icon: CircleX },
  cancelled: { tone: "idle", Icon: Ban },
  missing: { tone: "warn", Icon: CircleDashed },
  due: { tone: "info", Icon: Hourglass },
  not_expected: { tone: "idle", Icon: CalendarOff },
};

/** A window's state as an icon and a word. */
export function WindowStateBadge({ window }: { window: Pick<Coverage, "state" | "reason"> }) {
  const { tone, Icon } = looks[window.state];
  const { label, note } = wordsOf(window);
  const Shown = window.reason === "before_export" ? CalendarPlus : Icon;
  return (
    <Badge tone={tone} title={note}>
      <Shown className={window.state === "running" ? "animate-spin" : undefined} aria-hidden /> {label}
    </Badge>
  );
}
