import { type HomePageProps, openAtHome } from "@/app/_lib/open-at-home";
import { CertificatePage } from "@/components/receipts/certificate-page";

export const metadata = { title: "Certificate" };

export default async function Page(props: HomePageProps) {
  return <CertificatePage exportId={await openAtHome("exports", props, "/certificate")} />;
}
