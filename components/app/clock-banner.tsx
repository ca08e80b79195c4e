import { ClockAlert } from "lucide-react";

/** Shown above every page while the clock of a process is off. */
export function ClockBanner({ message }: { message: string }) {
  return (
    <p role="alert" className="mb-4 flex gap-2.5 rounded-lg bg-warn-soft px-3 py-2.5">
      <ClockAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      <span>{message} Windows still run by the database's clock, so none is exported too early.</span>
    </p>
  );
}
