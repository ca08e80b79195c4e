import { AuditPage } from "@/components/audit/audit-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "Audit log" };

export default function Page() {
  return (
    <OnlyFor permission="audit.read">
      <AuditPage />
    </OnlyFor>
  );
}
