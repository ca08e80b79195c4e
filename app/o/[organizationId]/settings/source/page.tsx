import { Answered } from "@/app/_lib/answered";
import { GET as getSource } from "@/app/api/source/route";
import { OnlyFor } from "@/components/settings/only-for";
import { SourcePage } from "@/components/source/source-page";
import { sourceQuery } from "@/lib/client/queries";

export const metadata = { title: "Source" };

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  const { organizationId } = await params;
  return (
    <Answered organizationId={organizationId} asks={[[sourceQuery(), getSource]]}>
      <OnlyFor permission="source.manage">
        <SourcePage />
      </OnlyFor>
    </Answered>
  );
}
