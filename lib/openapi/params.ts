import { z } from "zod";
import { idSchema } from "@/lib/fields/common";

export const byId = z.object({ id: idSchema });
export const byProject = z.object({ projectId: idSchema });
export const bySession = z.object({ sessionId: z.string().min(1).max(100) });
