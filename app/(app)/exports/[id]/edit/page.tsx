import { EditExportPage } from "@/components/export-form/edit-page";
import { MayGate } from "@/components/ui/may-gate";

export const metadata = { title: "Edit export" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <MayGate permission="exports.manage">
      <EditExportPage id={id} />
    </MayGate>
  );
}
