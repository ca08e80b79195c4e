import { Answered } from "@/app/_lib/answered";
import { currentSession } from "@/app/_lib/current-session";
import { GET as listSessions } from "@/app/api/me/sessions/route";
import { AccountPage } from "@/components/account/account-page";
import { sessionsQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Your account" };

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  const { organizationId } = await params;
  // What extends the session also changes when it was last used.
  const isDue = (await currentSession(organizationId))?.isDue ?? false;
  return (
    <Answered params={params} asks={isDue ? [] : [[sessionsQuery(), listSessions]]}>
      <AccountPage />
    </Answered>
  );
}
