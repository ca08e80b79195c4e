import { ExportsPage } from "@/components/exports/exports-page";

export const metadata = { title: "Exports" };

export default function Page() {
  return <ExportsPage />;
}
