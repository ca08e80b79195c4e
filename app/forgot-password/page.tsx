import { ForgotPasswordPage } from "@/components/auth/forgot-password-page";
import { canMailReset } from "@/lib/services/password-reset";

export const metadata = { title: "Reset your password" };

export default function Page() {
  return <ForgotPasswordPage canMail={canMailReset()} />;
}
