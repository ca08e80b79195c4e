import { cn } from "@/lib/client/cn";

const COLORS: Record<string, string> = {
  GET: "bg-info-soft text-info",
  POST: "bg-ok-soft text-ok",
  PATCH: "bg-warn-soft text-warn",
  DELETE: "bg-bad-soft text-bad",
};

/** An operation's HTTP method. */
export const Method = ({ name }: { name: string }) => (
  <code className={cn("rounded px-1.5 py-0.5 font-medium font-mono text-xs", COLORS[name])}>{name}</code>
);
