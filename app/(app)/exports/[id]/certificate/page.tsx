import { CertificatePage } from "@/components/receipts/certificate-page";

export const metadata = { title: "Certificate" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <CertificatePage exportId={(await params).id} />;
}
