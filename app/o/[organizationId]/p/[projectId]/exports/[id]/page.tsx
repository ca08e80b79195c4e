import { type HomePageProps, openAtHome } from "@/app/_lib/open-at-home";
import { ExportPage } from "@/components/exports/export-page";

export const metadata = { title: "Export" };

export default async function Page(props: HomePageProps) {
  return <ExportPage id={await openAtHome("exports", props)} />;
}
