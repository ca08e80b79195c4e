import type { Alert } from "@/lib/schemas/alert";

type Told = Alert["deliveries"][number];

export type ToldMail = Pick<Told, "to" | "state" | "error">;

/**
 * An alert's mails as shown: by address, or as the number of people per state for viewers who may not see addresses.
 */
export function toldByMail(mails: ToldMail[], showAddresses: boolean): Told[] {
  if (showAddresses) return mails.map((mail) => ({ channel: "mail", ...mail }));
  const states = [...new Set(mails.map(({ state }) => state))];
  return states.map((state) => {
    const [first, ...others] = mails.filter((mail) => mail.state === state);
    const people = others.length === 0 ? "1 person" : `${others.length + 1} people`;
    return { channel: "mail", to: people, state, error: first?.error ?? null };
  });
}
