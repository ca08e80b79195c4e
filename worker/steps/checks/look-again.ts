import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { FINGERPRINT_LOOK, LOOK_NAMES, LOOKS, type Look } from "@/lib/fields/checks";
import { alertLater, recordChecks } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";
import { SECOND } from "@/lib/units";
import { askInParts } from "./ask-runs";

/** Windows per batch, and time in ms after which a round asks nothing more: the next round continues. */
const [BATCH, LONGEST] = [300, 150_000];

interface Due extends Record<string, unknown> {
  run_id: string;
  looked: number;
  age: number;
  looks: Look[];
}

/**
 * Asks the source again for windows whose next look is due, and reports what earlier looks held back. Returns how many
 * were asked about, and the alerts raised.
 */
export async function lookAgain(
  deps: Dependencies,
  signal: AbortSignal,
): Promise<{ looked: number; alertIds: string[] }> {
  const until = performance.now() + LONGEST;
  const round = { looked: 0, alertIds: await alertLater(deps.db) };
  while (performance.now() < until) {
    const due = await takeDue(deps.db);
    if (due.length === 0) break;
    await look(deps, due, { signal, until }, round);
  }
  return round;
}

/**
 * Takes due looks, longest overdue first. They are due again in a while, in case this process ends before it records
 * them. Windows of a deleted export are not looked at anymore.
 */
async function takeDue(db: Db): Promise<Due[]> {
  const { rows } = await db.execute<Due>(sql`
    with due as (
      select w.run_id, e.deleted_at is null as wanted, e.checks -> 'source' as looks,
        extract(epoch from now() - w.committed_at)::bigint as age
      from watched_runs w join exports e on e.id = w.export_id
      where w.next_look_at <= now() order by w.next_look_at limit ${BATCH} for update of w skip locked
    )
    update watched_runs w set next_look_at = case when due.wanted then now() + interval '10 minutes' end
    from due where w.run_id = due.run_id
    returning w.run_id, w.looked, due.age::float8 as age, due.wanted, due.looks`);
  return rows.filter(({ wanted }) => wanted === true);
}

interface Round {
  looked: number;
  alertIds: string[];
}

/** Records each part as it is answered: one that takes long holds up no other, and what was asked is not asked again. */
async function look(
  deps: Dependencies,
  due: readonly Due[],
  { signal, until }: { signal: AbortSignal; until: number },
  round: Round,
): Promise<void> {
  const looks = new Map(due.map((one) => [one.run_id, looksDue(one)]));
  for (const [fingerprints, group] of Map.groupBy(due, ({ run_id }) => looks.get(run_id)!.includes(FINGERPRINT_LOOK))) {
    const ids = group.map(({ run_id }) => run_id);
    for await (const findings of askInParts(deps, ids, { fingerprints, signal })) {
      const named = findings.map((finding) => ({ ...finding, look: looks.get(finding.run.id)?.at(-1) ?? null }));
      round.alertIds.push(...(await recordChecks(deps, named)));
      round.looked += findings.length;
      // Windows that were taken and not asked about are due again in a while.
      if (performance.now() > until) return;
    }
  }
}

/** The looks whose time has come since the last one. One question answers them all. */
export const looksDue = ({ looked, age, looks }: Pick<Due, "looked" | "age" | "looks">): Look[] =>
  LOOK_NAMES.filter((name) => {
    const after = LOOKS[name] / SECOND;
    return looks.includes(name) && looked < after && after <= age;
  });
