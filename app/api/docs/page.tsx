import { ReferenceFrame } from "@/app/_lib/reference-frame";
import { ReferenceOverview } from "@/components/api-reference/overview";
import { referenceSections } from "@/lib/openapi/reference";

export const metadata = { title: "API reference" };

export default function Page() {
  return (
    <ReferenceFrame path="/api/docs">
      <ReferenceOverview sections={referenceSections()} />
    </ReferenceFrame>
  );
}
