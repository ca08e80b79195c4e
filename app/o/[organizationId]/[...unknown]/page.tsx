import { notFound } from "next/navigation";

export const metadata = { title: "Not found" };

/** Keeps the organization's frame around what isn't there. */
export default function Page() {
  notFound();
}
