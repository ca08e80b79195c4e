import { Answered } from "@/app/_lib/answered";
import { GET as listActivity } from "@/app/api/projects/[projectId]/activity/route";
import { GET as listExports } from "@/app/api/projects/[projectId]/exports/route";
import { ActivityPage } from "@/components/activity/activity-page";
import { activityQuery, exportsQuery } from "@/lib/client/queries";

export const metadata = { title: "Activity" };

export default async function Page({ params }: { params: Promise<{ organizationId: string; projectId: string }> }) {
  const { projectId } = await params;
  return (
    <Answered
      params={params}
      asks={[
        [activityQuery(projectId, {}, undefined), listActivity],
        [exportsQuery(projectId), listExports],
      ]}
    >
      <ActivityPage />
    </Answered>
  );
}
