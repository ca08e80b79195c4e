import { ClockAlert } from "lucide-react";

/** Shown above every page while the clock of a process is off. */
export function ClockBanner({ message }: { message: string }) {
  return (
    <p role="alert" className="mb-5 flex gap-3 rounded-xl bg-warn-soft p-3.5">
      <ClockAlert className="mt-0.5 size-5 shrink-0 text-warn" aria-hidden />
      <span>{message} Windows follow the database’s clock, so none is exported too early.</span>
    </p>
  );
}
