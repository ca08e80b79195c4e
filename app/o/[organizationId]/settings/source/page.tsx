import { Answered, type OrganizationPageProps } from "@/app/_lib/answered";
import { GET as getSource } from "@/app/api/source/route";
import { OnlyFor } from "@/components/settings/only-for";
import { SourcePage } from "@/components/source/source-page";
import { sourceQuery } from "@/lib/client/queries";

export const metadata = { title: "Source" };

export default function Page({ params }: OrganizationPageProps) {
  return (
    <Answered params={params} asks={[[sourceQuery(), getSource]]}>
      <OnlyFor permission="source.manage">
        <SourcePage />
      </OnlyFor>
    </Answered>
  );
}
