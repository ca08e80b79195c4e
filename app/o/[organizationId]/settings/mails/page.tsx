import { Answered } from "@/app/_lib/answered";
import { GET as listMails } from "@/app/api/mails/route";
import { MailsPage } from "@/components/mails/mails-page";
import { OnlyFor } from "@/components/settings/only-for";
import { mailsQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Emails" };

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  const { organizationId } = await params;
  return (
    <Answered organizationId={organizationId} asks={[[mailsQuery(), listMails]]}>
      <OnlyFor permission="mail.read">
        <MailsPage />
      </OnlyFor>
    </Answered>
  );
}
