import {
  Ban,
  CalendarOff,
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
import { STATE_WORDS } from "./state-words";

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
export function WindowStateBadge({ state }: { state: Coverage["state"] }) {
  const { tone, Icon } = looks[state];
  const { label, note } = STATE_WORDS[state];
  return (
    <Badge tone={tone} title={note}>
      <Icon className={state === "running" ? "animate-spin" : undefined} aria-hidden /> {label}
    </Badge>
  );
}
