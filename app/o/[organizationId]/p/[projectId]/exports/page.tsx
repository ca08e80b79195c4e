import { Answered } from "@/app/_lib/answered";
import { GET as listExports } from "@/app/api/projects/[projectId]/exports/route";
import { ExportsPage } from "@/components/exports/exports-page";
import { exportPagesQuery } from "@/lib/client/queries";

export const metadata = { title: "Exports" };

export default async function Page({ params }: { params: Promise<{ organizationId: string; projectId: string }> }) {
  const { projectId } = await params;
  return (
    <Answered params={params} asks={[[exportPagesQuery(projectId), listExports]]}>
      <ExportsPage />
    </Answered>
  );
}
