import { OnlyFor } from "@/components/settings/only-for";
import { SourcePage } from "@/components/source/source-page";

export const metadata = { title: "Source" };

export default function Page() {
  return (
    <OnlyFor permission="source.manage">
      <SourcePage />
    </OnlyFor>
  );
}
