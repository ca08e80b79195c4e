import type { ReactNode } from "react";
import { AppShell } from "@/components/app/app-shell";
import { NotMember } from "@/components/app/not-member";
import { REVISION, VERSION } from "@/lib/build";
import { meQuery } from "@/lib/client/queries";
import { getClock } from "@/lib/services/clock";
import { isHeld } from "@/lib/services/installation";
import { lastProjectOf } from "@/lib/services/workspaces";
import { currentMe, currentSession } from "./current-session";
import { knownState } from "./known";
import { requestTime } from "./request-time";

interface FrameProps {
  children: ReactNode;
  signedOut: ReactNode;
  /** The organization of the URL; by default the user's last one. */
  organizationId?: string;
}

/** The app's frame for a signed-in user; for others, `signedOut`. */
export async function SignedInFrame({ children, signedOut, organizationId: wanted }: FrameProps) {
  const session = await currentSession(wanted);
  if (!session) return signedOut;
  const { organizationId, last, email } = session;
  const [clock, held, projectId, me] = await Promise.all([
    getClock(),
    isHeld(),
    lastProjectOf(organizationId, last.projectId),
    currentMe(organizationId),
  ]);
  const isMember = wanted === undefined || wanted === organizationId;
  return (
    <AppShell
      workspace={{ organizationId, projectId }}
      last={last}
      // Asked for again where the session is to be extended: a page can't do that.
      known={knownState(me ? [[meQuery().queryKey, me]] : [], { isOld: session.isDue })}
      renderedAt={requestTime()}
      clockNotice={clock.ok ? null : clock.message}
      build={{ version: VERSION, revision: REVISION }}
      isHeld={held}
    >
      {isMember ? children : <NotMember email={email} />}
    </AppShell>
  );
}
