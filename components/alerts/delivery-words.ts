import type { Tone } from "@/components/ui/badge";
import type { Alert } from "@/lib/schemas/alert";

export type DeliveryState = Alert["deliveries"][number]["state"];

/** The outcome of a mail or a channel delivery; mails are `kept` if no mail server is configured. */
export const DELIVERY_WORDS: Record<DeliveryState, { label: string; tone: Tone }> = {
  queued: { label: "Sending", tone: "info" },
  sent: { label: "Delivered", tone: "ok" },
  kept: { label: "Saved, not sent", tone: "idle" },
  failed: { label: "Not delivered", tone: "bad" },
};
