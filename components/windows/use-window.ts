import { createParser, useQueryState } from "nuqs";

/** A window, its times in ISO 8601. */
export interface WindowBounds {
  start: string;
  end: string;
}

const moment = (text: string | undefined): string | null => {
  const time = new Date(text ?? "");
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
};

/** An ISO 8601 interval: `2026-03-29T14:00Z/2026-03-29T15:00Z`. Null if it is none. */
export function parseWindow(text: string): WindowBounds | null {
  const [from, to] = text.split("/");
  const [start, end] = [moment(from), moment(to)];
  return start !== null && end !== null && start < end ? { start, end } : null;
}

const minutes = (iso: string) => iso.replace(":00.000Z", "Z");

export const windowText = ({ start, end }: WindowBounds): string => `${minutes(start)}/${minutes(end)}`;

const WINDOW = createParser<WindowBounds>({
  parse: parseWindow,
  serialize: windowText,
  eq: (one, other) => windowText(one) === windowText(other),
}).withOptions({ history: "push" });

/** The open window of an export's page, which the URL holds. */
export const useWindow = () => useQueryState("window", WINDOW);
