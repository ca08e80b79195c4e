import { type HomePageProps, openAtHome } from "@/app/_lib/open-at-home";
import { EditExportPage } from "@/components/export-form/edit-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "Edit export" };

export default async function Page(props: HomePageProps) {
  const id = await openAtHome("exports", props, "/edit");
  return (
    <OnlyFor page permission="exports.manage">
      <EditExportPage id={id} />
    </OnlyFor>
  );
}
