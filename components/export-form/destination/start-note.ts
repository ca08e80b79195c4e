import type { Connection } from "@/lib/schemas/connection";

/** Why an export through a connection would not start when saved; null if it starts. */
export function startNote({ verifiedAt, automatic }: Pick<Connection, "verifiedAt" | "automatic">): string | null {
  if (verifiedAt === null)
    return "This connection isn’t verified. The export can be saved; it starts once the connection is verified.";
  if (!automatic)
    return "Automatic exports are off for this connection, so its schedules don’t run. Historic exports and retries can still run.";
  return null;
}
