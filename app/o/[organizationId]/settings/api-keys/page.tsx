import { Answered } from "@/app/_lib/answered";
import { currentSession } from "@/app/_lib/current-session";
import type { SearchParams } from "@/app/_lib/search";
import { GET as listApiKeys } from "@/app/api/projects/[projectId]/api-keys/route";
import { ApiKeysPage } from "@/components/settings/api-keys-page";
import { OnlyFor } from "@/components/settings/only-for";
import { apiKeysQuery } from "@/lib/client/people-queries";
import { lastProjectOf } from "@/lib/services/workspaces";

export const metadata = { title: "API keys" };

interface PageProps {
  params: Promise<{ organizationId: string }>;
  searchParams: SearchParams;
}

export default async function Page({ params, searchParams }: PageProps) {
  const { organizationId } = await params;
  const projectId = await projectOf(organizationId, (await searchParams).project);
  return (
    <Answered params={params} asks={projectId === null ? [] : [[apiKeysQuery(projectId), listApiKeys]]}>
      <OnlyFor permission="keys.manage">
        <ApiKeysPage />
      </OnlyFor>
    </Answered>
  );
}

/** The project of the URL, else the one that the page's links lead to. */
async function projectOf(organizationId: string, wanted: string | string[] | undefined): Promise<string | null> {
  if (typeof wanted === "string") return wanted;
  const session = await currentSession(organizationId);
  if (session?.organizationId !== organizationId) return null;
  return lastProjectOf(organizationId, session.last.projectId);
}
