import { z } from "zod";
import { DESTINATION_TYPES, partOfEach } from "./catalog";

/** How an export writes, by its destination's type; its connection says where, and who writes. */
export const settingsSchema = z.discriminatedUnion("type", partOfEach(DESTINATION_TYPES, "settings"));

export type Settings = z.infer<typeof settingsSchema>;
