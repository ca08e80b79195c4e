import { MembersPage } from "@/components/people/members-page";

export const metadata = { title: "Members" };

export default function Page() {
  return <MembersPage />;
}
