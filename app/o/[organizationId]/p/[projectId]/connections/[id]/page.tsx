import { type HomePageProps, openAtHome } from "@/app/_lib/open-at-home";
import { ConnectionPage } from "@/components/connections/connection-page";

export const metadata = { title: "Connection" };

export default async function Page(props: HomePageProps) {
  return <ConnectionPage id={await openAtHome("connections", props)} />;
}
