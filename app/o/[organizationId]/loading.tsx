import { PageSkeleton } from "@/components/app/project-context";

/** Shown at once where a page is slow to come. */
export default function Loading() {
  return <PageSkeleton />;
}
