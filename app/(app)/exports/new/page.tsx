import { ExportWizard } from "@/components/export-form/wizard";
import { MayGate } from "@/components/ui/may-gate";

export const metadata = { title: "New export" };

export default function Page() {
  return (
    <MayGate permission="exports.manage">
      <ExportWizard />
    </MayGate>
  );
}
