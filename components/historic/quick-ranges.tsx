import { Button } from "@/components/ui/button";
import { lastHours, QUICK_RANGES } from "./ranges";

/** Buttons for common ranges that end now. */
export function QuickRanges({ onChoose }: { onChoose: (range: ReturnType<typeof lastHours>) => void }) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Quick ranges</legend>
      {QUICK_RANGES.map(({ label, hours }) => (
        <Button key={label} size="sm" onClick={() => onChoose(lastHours(hours, Date.now()))}>
          {label}
        </Button>
      ))}
    </fieldset>
  );
}
