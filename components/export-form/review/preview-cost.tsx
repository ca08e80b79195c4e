import { costFigures } from "@/lib/client/cost-words";
import type { Cost } from "@/lib/fields/cost";
import { Figures } from "./preview-figures";

/** What the warehouse is expected to bill for what runs read, and what that leaves out. */
export function PreviewCost({ cost }: { cost: Cost }) {
  const figures = costFigures(cost);
  return (
    <div className="flex flex-col gap-2">
      {figures.length > 0 && <Figures label="Estimated warehouse cost for reading" figures={figures} />}
      {cost.notes.map((note) => (
        <p key={note} className="text-muted text-xs">
          {note}
        </p>
      ))}
    </div>
  );
}
