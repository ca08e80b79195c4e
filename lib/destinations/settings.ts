import { z } from "zod";
import { DESTINATION_TYPES, partOfEach } from "./catalog";

/** How an export writes, by the kind of its destination; where that is and who writes is the connection's. */
export const settingsSchema = z.discriminatedUnion("type", partOfEach(DESTINATION_TYPES, "settings"));

export type Settings = z.infer<typeof settingsSchema>;
