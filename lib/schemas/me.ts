import { z } from "zod";
import { idSchema } from "./common";
import { projectSchema } from "./project";

export const ROLES = ["owner", "admin", "member", "viewer"] as const;

/** Who is signed in, in which organization, and what they may see there. */
export const meSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  organization: z.object({ id: idSchema, name: z.string() }),
  role: z.enum(ROLES),
  projects: z.array(projectSchema),
});

export type Role = (typeof ROLES)[number];
export type Me = z.infer<typeof meSchema>;
