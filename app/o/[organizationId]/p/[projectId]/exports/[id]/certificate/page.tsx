import { Answered } from "@/app/_lib/answered";
import { type HomePageProps, openAtHome } from "@/app/_lib/open-at-home";
import { GET as getCertificate } from "@/app/api/exports/[id]/certificate/route";
import { CertificatePage } from "@/components/receipts/certificate-page";
import { certificateQuery } from "@/lib/client/queries";

export const metadata = { title: "Certificate" };

export default async function Page(props: HomePageProps) {
  const id = await openAtHome("exports", props, "/certificate");
  const { from, to } = await props.searchParams;
  const range = { from: String(from ?? ""), to: String(to ?? "") };
  return (
    <Answered params={props.params} asks={[[certificateQuery(id, range), getCertificate]]}>
      <CertificatePage exportId={id} />
    </Answered>
  );
}
