import { Answered } from "@/app/_lib/answered";
import { GET as listBuckets } from "@/app/api/buckets/route";
import { GET as listConnections } from "@/app/api/projects/[projectId]/connections/route";
import { GET as listReservedKeys } from "@/app/api/projects/[projectId]/reserved-keys/route";
import { ConnectionsPage } from "@/components/connections/connections-page";
import { bucketsQuery, connectionPagesQuery, reservedKeysQuery } from "@/lib/client/queries";

export const metadata = { title: "Connections" };

export default async function Page({ params }: { params: Promise<{ organizationId: string; projectId: string }> }) {
  const { projectId } = await params;
  return (
    <Answered
      params={params}
      asks={[
        [bucketsQuery(), listBuckets],
        [connectionPagesQuery(projectId), listConnections],
        [reservedKeysQuery(projectId), listReservedKeys],
      ]}
    >
      <ConnectionsPage />
    </Answered>
  );
}
