import { Ban, CircleCheck, CircleX, Hourglass, LoaderCircle, RotateCw } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { RunState } from "@/lib/fields/run-state";
import type { Run } from "@/lib/schemas/run";

interface Look {
  tone: Tone;
  word: string;
  Icon: typeof CircleCheck;
  spins?: boolean;
}

const LOOKS: Record<RunState, Look> = {
  Starting: { tone: "info", word: "Starting", Icon: Hourglass },
  Running: { tone: "info", word: "Running", Icon: LoaderCircle, spins: true },
  Completed: { tone: "ok", word: "Completed", Icon: CircleCheck },
  Failed: { tone: "bad", word: "Failed", Icon: CircleX },
  Cancelled: { tone: "idle", word: "Canceled", Icon: Ban },
};

export const stateWord = (state: RunState): string => LOOKS[state].word;

type Shown = Pick<Run, "state"> & Partial<Pick<Run, "error" | "attempt" | "files" | "filesDone">>;

/** A run with a transient error is still running: it shows a retry, not a failure. */
export const isRetrying = (run: Shown) => run.state === "Running" && run.error?.retryable === true;

/**
 * A run's state in a word, with the attempt of a retry or the files of an active run. `done` is the word for completed
 * runs.
 */
export function RunStateBadge({ run, done = "Completed" }: { run: Shown; done?: string }) {
  if (isRetrying(run))
    return (
      <Badge tone="warn">
        <RotateCw aria-hidden /> Retrying, attempt {run.attempt}
      </Badge>
    );
  const { tone, word, Icon, spins } = LOOKS[run.state];
  return (
    <Badge tone={tone}>
      <Icon className={spins ? "animate-spin" : undefined} aria-hidden />
      {run.state === "Completed" ? done : word}
      {run.state === "Running" && run.files ? (
        <span className="font-normal">
          {run.filesDone ?? 0}/{run.files} files
        </span>
      ) : null}
    </Badge>
  );
}
