import { EditExportPage } from "@/components/export-form/edit-page";

export const metadata = { title: "Edit export" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <EditExportPage id={(await params).id} />;
}
