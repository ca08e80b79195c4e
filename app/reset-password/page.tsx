import { ResetPasswordPage } from "@/components/auth/reset-password-page";

export const metadata = { title: "New password" };

export default function Page() {
  return <ResetPasswordPage />;
}
