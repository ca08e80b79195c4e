import { FilePenLine } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Says that the form holds an earlier draft, and offers to drop it. */
export function DraftNotice({ onStartOver }: { onStartOver: () => void }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg bg-info-soft px-3 py-2">
      <p className="flex gap-2">
        <FilePenLine className="mt-0.5 size-4 shrink-0 text-info" aria-hidden />
        Draft restored. Secrets aren’t saved in drafts.
      </p>
      <Button size="sm" variant="ghost" onClick={onStartOver}>
        Start over
      </Button>
    </div>
  );
}
