import { VerifyPage } from "@/components/verify/verify-page";

export const metadata = { title: "Verify receipts" };

export default function Page() {
  return <VerifyPage />;
}
