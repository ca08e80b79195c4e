import { Answered } from "@/app/_lib/answered";
import { type HomePageProps, openAtHome } from "@/app/_lib/open-at-home";
import { GET as getExport } from "@/app/api/exports/[id]/route";
import { InBrowser } from "@/components/app/in-browser";
import { EditExportPage } from "@/components/export-form/edit-page";
import { OnlyFor } from "@/components/settings/only-for";
import { exportQuery } from "@/lib/client/queries";

export const metadata = { title: "Edit export" };

export default async function Page(props: HomePageProps) {
  const id = await openAtHome("exports", props, "/edit");
  return (
    <Answered params={props.params} asks={[[exportQuery(id), getExport]]}>
      <OnlyFor page permission="exports.manage">
        <InBrowser>
          <EditExportPage id={id} />
        </InBrowser>
      </OnlyFor>
    </Answered>
  );
}
