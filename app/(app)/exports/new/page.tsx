import { ExportWizard } from "@/components/export-form/wizard";

export const metadata = { title: "New export" };

export default function Page() {
  return <ExportWizard />;
}
