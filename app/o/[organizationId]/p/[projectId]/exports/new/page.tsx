import { InBrowser } from "@/components/app/in-browser";
import { NewExportPage } from "@/components/export-form/new-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "New export" };

export default async function Page({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  const { from } = await searchParams;
  return (
    <OnlyFor page permission="exports.manage">
      <InBrowser>
        <NewExportPage from={typeof from === "string" ? from : null} />
      </InBrowser>
    </OnlyFor>
  );
}
