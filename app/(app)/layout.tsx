import type { ReactNode } from "react";
import { AppShell } from "@/components/app/app-shell";
import { ToSignIn } from "@/components/auth/to-sign-in";
import { getSession } from "@/lib/services/auth";
import { getClock } from "@/lib/services/clock";
import { isHeld } from "@/lib/services/installation";

export default async function AppLayout({ children }: { children: ReactNode }) {
  // Only the browser knows the full URL to return to, so the redirect to the sign-in page starts there.
  const session = await getSession();
  if (!session) return <ToSignIn />;
  const [clock, held] = await Promise.all([getClock(), isHeld()]);
  return (
    <AppShell organizationId={session.organizationId} clockNotice={clock.ok ? null : clock.message} isHeld={held}>
      {children}
    </AppShell>
  );
}
