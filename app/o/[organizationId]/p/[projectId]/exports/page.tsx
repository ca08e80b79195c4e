import { currentSession } from "@/app/_lib/current-session";
import { firstExports } from "@/app/_lib/first-exports";
import { Known } from "@/app/_lib/known";
import { ExportsPage } from "@/components/exports/exports-page";
import type { WorkspaceIds } from "@/lib/workspace-path";

export const metadata = { title: "Exports" };

interface PageProps {
  params: Promise<WorkspaceIds & { projectId: string }>;
}

export default async function Page({ params }: PageProps) {
  const { organizationId, projectId } = await params;
  const session = await currentSession(organizationId);
  const isMember = session?.organizationId === organizationId;
  return (
    <Known answers={isMember ? await firstExports(session.actor, projectId) : []}>
      <ExportsPage />
    </Known>
  );
}
