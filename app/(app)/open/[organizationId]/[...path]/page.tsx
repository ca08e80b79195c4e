import { OpenPlace } from "@/components/app/open-place";

export const metadata = { title: "Opening" };

export default async function Page({ params }: { params: Promise<{ organizationId: string; path: string[] }> }) {
  return <OpenPlace {...(await params)} />;
}
