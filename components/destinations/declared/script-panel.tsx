"use client";

import { useQuery } from "@tanstack/react-query";
import { CodeBlock } from "@/components/ui/code-block";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { setupScriptQuery } from "@/lib/client/queries";
import { useDebounced } from "@/lib/client/use-debounced";
import { type DestinationType, outlines } from "@/lib/destinations/outlines";
import { type SetupScriptRequest, setupScriptRequestSchema } from "@/lib/schemas/policy";
import type { SetupProps } from "../parts";

/** The script for an administrator to paste, generated from the current values. */
export function ScriptPanel({ type, config }: SetupProps) {
  const request = setupScriptRequestSchema.safeParse(JSON.parse(useDebounced(JSON.stringify({ type, config }), 300)));
  return (
    <section aria-label="Setup script" className="flex flex-col gap-3">
      <p className="text-muted">
        Run it as an administrator of {outlines[type].form.label}. It grants Penstock only what exports need.
      </p>
      {request.success ? <Script request={request.data} /> : <Missing type={type} issues={request.error.issues} />}
    </section>
  );
}

function Script({ request }: { request: SetupScriptRequest }) {
  const setup = useQuery(setupScriptQuery(request));
  if (setup.isPending)
    return (
      <div role="status" aria-label="Generating the script">
        <Skeleton className="h-40 w-full" />
      </div>
    );
  if (setup.isError)
    return <ErrorState title="Couldn’t generate the script" error={setup.error} onRetry={() => setup.refetch()} />;
  const { label } = outlines[request.type].form;
  return <CodeBlock title={`Script for ${label}`} text={setup.data.script} copyLabel="Copy the setup script" />;
}

interface MissingProps {
  type: DestinationType;
  issues: readonly { path: readonly PropertyKey[] }[];
}

/** The labels of the fields that the script still needs. */
function Missing({ type, issues }: MissingProps) {
  const names = new Set(issues.map(({ path }) => path.at(-1)));
  const labels = outlines[type].form.connection.filter(({ name }) => names.has(name)).map(({ label }) => label);
  return (
    <p className="rounded-xl bg-sunken p-3.5 text-muted">
      Still needed: {labels.join(", ")}. The script covers exactly what you enter.
    </p>
  );
}
