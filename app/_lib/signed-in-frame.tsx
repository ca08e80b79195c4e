import type { ReactNode } from "react";
import { AppShell } from "@/components/app/app-shell";
import { meQuery } from "@/lib/client/queries";
import { getClock } from "@/lib/services/clock";
import { isHeld } from "@/lib/services/installation";
import { Known, type KnownAnswer } from "./known";
import { pageMe, pageSession } from "./session";

/** The app's frame for a signed-in user; for others, `signedOut`. */
export async function SignedInFrame({ children, signedOut }: { children: ReactNode; signedOut: ReactNode }) {
  const session = await pageSession();
  if (!session) return signedOut;
  const [clock, held, me] = await Promise.all([getClock(), isHeld(), pageMe()]);
  const answers: KnownAnswer[] = me ? [[meQuery().queryKey, me]] : [];
  return (
    <Known answers={answers}>
      <AppShell organizationId={session.organizationId} clockNotice={clock.ok ? null : clock.message} isHeld={held}>
        {children}
      </AppShell>
    </Known>
  );
}
