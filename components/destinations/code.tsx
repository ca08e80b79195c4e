import { Breakable } from "@/components/ui/breakable";

/** A value of a connection's settings; wraps between its parts if it is too long. */
export const code = (text: string) => (
  <code key={text} className="font-mono text-[0.8125rem]">
    <Breakable text={text} />
  </code>
);

/** A value of an export's settings; wraps anywhere. */
export const inline = (text: string) => <code className="break-all font-mono text-[0.8125rem]">{text}</code>;
