import { Answered } from "@/app/_lib/answered";
import { type HomePageProps, openAtHome } from "@/app/_lib/open-at-home";
import { GET as listBuckets } from "@/app/api/buckets/route";
import { GET as getConnection } from "@/app/api/connections/[id]/route";
import { ConnectionPage } from "@/components/connections/connection-page";
import { bucketsQuery, connectionQuery } from "@/lib/client/queries";

export const metadata = { title: "Connection" };

export default async function Page(props: HomePageProps) {
  const id = await openAtHome("connections", props);
  return (
    <Answered
      params={props.params}
      asks={[
        [connectionQuery(id), getConnection],
        [bucketsQuery(), listBuckets],
      ]}
    >
      <ConnectionPage id={id} />
    </Answered>
  );
}
