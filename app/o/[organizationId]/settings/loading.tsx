import { TableSkeleton } from "@/components/ui/skeleton";

/** Shown at once below the settings' navigation. */
export default function Loading() {
  return <TableSkeleton label="Loading" />;
}
