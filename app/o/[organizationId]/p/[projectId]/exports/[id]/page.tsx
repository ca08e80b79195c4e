import { firstOfExport } from "@/app/_lib/first-of-export";
import { Known } from "@/app/_lib/known";
import { type HomePageProps, openAtHome } from "@/app/_lib/open-at-home";
import { ExportPage } from "@/components/exports/export-page";

export const metadata = { title: "Export" };

export default async function Page(props: HomePageProps) {
  const { organizationId } = await props.params;
  const id = await openAtHome("exports", props);
  return (
    <Known answers={await firstOfExport(organizationId, id, await props.searchParams)}>
      <ExportPage id={id} />
    </Known>
  );
}
