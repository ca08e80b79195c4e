import { Answered, type OrganizationPageProps } from "@/app/_lib/answered";
import { GET as listMails } from "@/app/api/mails/route";
import { MailsPage } from "@/components/mails/mails-page";
import { OnlyFor } from "@/components/settings/only-for";
import { mailsQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Emails" };

export default function Page({ params }: OrganizationPageProps) {
  return (
    <Answered params={params} asks={[[mailsQuery(), listMails]]}>
      <OnlyFor permission="mail.read">
        <MailsPage />
      </OnlyFor>
    </Answered>
  );
}
