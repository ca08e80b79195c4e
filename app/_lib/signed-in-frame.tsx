import type { ReactNode } from "react";
import { AppShell } from "@/components/app/app-shell";
import { REVISION, VERSION } from "@/lib/build";
import { getSession } from "@/lib/services/auth";
import { getClock } from "@/lib/services/clock";
import { isHeld } from "@/lib/services/installation";

/** The app's frame for a signed-in user; for others, `signedOut`. */
export async function SignedInFrame({ children, signedOut }: { children: ReactNode; signedOut: ReactNode }) {
  const session = await getSession();
  if (!session) return signedOut;
  const [clock, held] = await Promise.all([getClock(), isHeld()]);
  return (
    <AppShell
      organizationId={session.organizationId}
      clockNotice={clock.ok ? null : clock.message}
      build={{ version: VERSION, revision: REVISION }}
      isHeld={held}
    >
      {children}
    </AppShell>
  );
}
