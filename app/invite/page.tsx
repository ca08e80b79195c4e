import { InvitePage } from "@/components/auth/invite-page";

export const metadata = { title: "Invitation" };

export default function Page() {
  return <InvitePage />;
}
