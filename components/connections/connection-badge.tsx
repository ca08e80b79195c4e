import { CircleCheck, CircleDashed, CircleX, KeyRound, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Connection } from "@/lib/schemas/connection";

type Known = Pick<Connection, "verifiedAt" | "lastVerification" | "secretUnreadable">;

/** Whether a connection's exports may start, and the result of its last verification. */
export function ConnectionBadge({
  connection: { verifiedAt, lastVerification, secretUnreadable },
}: {
  connection: Known;
}) {
  if (secretUnreadable)
    return (
      <Badge tone="bad">
        <KeyRound aria-hidden /> Secret lost
      </Badge>
    );
  const failed = lastVerification?.ok === false;
  if (verifiedAt && failed)
    return (
      <Badge tone="warn">
        <TriangleAlert aria-hidden /> Last check failed
      </Badge>
    );
  if (verifiedAt)
    return (
      <Badge tone="ok">
        <CircleCheck aria-hidden /> Verified
      </Badge>
    );
  if (failed)
    return (
      <Badge tone="bad">
        <CircleX aria-hidden /> Verification failed
      </Badge>
    );
  return (
    <Badge tone="idle">
      <CircleDashed aria-hidden /> Not verified
    </Badge>
  );
}
