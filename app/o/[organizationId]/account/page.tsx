import { Answered } from "@/app/_lib/answered";
import { GET as listSessions } from "@/app/api/me/sessions/route";
import { AccountPage } from "@/components/account/account-page";
import { sessionsQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Your account" };

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  const { organizationId } = await params;
  return (
    <Answered organizationId={organizationId} asks={[[sessionsQuery(), listSessions]]}>
      <AccountPage />
    </Answered>
  );
}
