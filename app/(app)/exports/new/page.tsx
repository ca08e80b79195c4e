import { ExportWizard } from "@/components/export-form/wizard";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "New export" };

export default function Page() {
  return (
    <OnlyFor permission="exports.manage">
      <ExportWizard />
    </OnlyFor>
  );
}
