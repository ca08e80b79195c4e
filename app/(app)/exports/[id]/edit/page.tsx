import { EditExportPage } from "@/components/export-form/edit-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "Edit export" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <OnlyFor permission="exports.manage">
      <EditExportPage id={id} />
    </OnlyFor>
  );
}
