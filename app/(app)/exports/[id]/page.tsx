import { ExportPage } from "@/components/exports/export-page";

export const metadata = { title: "Export" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ExportPage id={(await params).id} />;
}
