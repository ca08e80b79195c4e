import { MailsPage } from "@/components/mails/mails-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "Emails" };

export default function Page() {
  return (
    <OnlyFor permission="mail.read">
      <MailsPage />
    </OnlyFor>
  );
}
