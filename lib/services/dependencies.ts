import type { Client } from "@temporalio/client";
import { type Db, getDb } from "@/lib/db/client";
import { getSource, type Source } from "@/lib/source/client";
import { getTemporal } from "@/lib/temporal/client";

/** What steps are given. There is no clock among them: only the database's and the source's decide anything. */
export interface Dependencies {
  db: Db;
  source: Source;
  temporal: Client;
}

/** The pool and the clients of this process. */
export const processDependencies = (): Dependencies => ({ db: getDb(), source: getSource(), temporal: getTemporal() });
