import { CircleCheck, CircleX, Inbox, LoaderCircle } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { DELIVERY_WORDS, type DeliveryState } from "./delivery-words";

const icons = { queued: LoaderCircle, sent: CircleCheck, kept: Inbox, failed: CircleX };

export function DeliveryBadge({ state }: { state: DeliveryState }) {
  const { label, tone } = DELIVERY_WORDS[state];
  const Icon = icons[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden /> {label}
    </Badge>
  );
}
