import { firstExports } from "@/app/_lib/first-exports";
import { Known } from "@/app/_lib/known";
import { pageMe, pageSession } from "@/app/_lib/session";
import { ExportsPage } from "@/components/exports/exports-page";

export const metadata = { title: "Exports" };

export default async function Page() {
  const [session, me] = await Promise.all([pageSession(), pageMe()]);
  return (
    <Known answers={session && me ? await firstExports(session.actor, me.projectId) : []}>
      <ExportsPage />
    </Known>
  );
}
