import { hash, jsonObject, jsonText, PEOPLE, pick, uuid } from "./sql";

const FIRST =
  "Ada Ben Chloé David Elena Farid Grace Hiro Ines Jonas Kateryna Luca Mei Noor Omar Priya Quinn Rosa Søren Zoë";
const LAST =
  "Abe Brown Chen Dubois Evans Fischer García Haddad Ivanova Jensen Kim López Müller Nguyen Okafor Patel Rossi Silva";
const PLANS = "free free free free free starter starter pro pro enterprise";
const COUNTRIES = "US US US US GB DE DE FR NL BR IN IN JP CA PL ES SE AU UA NG";

/** SQL expressions for person number `u`, the same wherever that person appears. */
export const person = {
  id: uuid("person", "u"),
  /** The browser's id before the person signs in. */
  deviceId: `concat('device_', lower(hex(${hash("device", "u")})))`,
  /** The person's id after signing in. */
  userId: "concat('user_', toString(100000 + u))",
  isIdentified: `${hash("identified", "u")} % 10 < 6`,
};

/** The person's properties as JSON; `plan` is an SQL expression. */
export function personProperties(plan = pick(PLANS.split(" "), hash("plan", "u"))): string {
  const first = pick(FIRST.split(" "), hash("first", "u"));
  const last = pick(LAST.split(" "), hash("last", "u"));
  return jsonObject([
    ["name", jsonText(`concat(${first}, ' ', ${last})`)],
    ["email", jsonText("concat('user', toString(100000 + u), '@example.com')")],
    ["plan", jsonText(plan)],
    ["country", jsonText(pick(COUNTRIES.split(" "), hash("country", "u")))],
    ["seats", `toString(1 + ${hash("seats", "u")} % 40)`],
    ["newsletter", `if(${hash("newsletter", "u")} % 3 = 0, 'true', 'false')`],
  ]);
}

/** Rows of `persons`: everyone once, three in a hundred again with another plan, a few again as deleted. */
export function personsQuery(): string {
  const draw = hash("version", "u");
  const deleted = `(version = 2 AND ${draw} % 200 = 0)`;
  const inserted = `{now:DateTime64(6, 'UTC')} - toIntervalSecond(${hash("seen", "u", "version")} % {span:UInt32})`;
  return `
    INSERT INTO persons (project_id, person_id, distinct_ids, properties, created_at, inserted_at, version, is_deleted)
    SELECT {project:UInt32}, ${person.id},
      if(${person.isIdentified}, [${person.deviceId}, ${person.userId}], [${person.deviceId}]),
      if(version = 2, ${personProperties("'enterprise'")}, ${personProperties()}),
      {now:DateTime64(6, 'UTC')} - toIntervalSecond({span:UInt32} + ${hash("created", "u")} % 31536000),
      ${inserted}, version, ${deleted}
    FROM (
      SELECT number AS u, arrayJoin(if(${draw} % 100 < 3, [1, 2], [1])) AS version FROM numbers(${PEOPLE})
    )`;
}

/** Rows of `merged_ids`: two merged identities of one person. Their numbers need all 64 bits. */
export function mergedIdsQuery(): string {
  const id = (salt: string) => `toInt64(bitShiftRight(${hash(salt, "u")}, 1))`;
  return `
    INSERT INTO merged_ids (project_id, scope, amplitude_id, merged_amplitude_id, merge_time, inserted_at)
    SELECT {project:UInt32}, {project:UInt32}, ${id("amplitude")}, ${id("merged")},
      toDateTime64(inserted - toIntervalMillisecond(200 + ${hash("merge", "u")} % 60000), 3, 'UTC'), inserted
    FROM (
      SELECT number AS u, {now:DateTime64(6, 'UTC')} - toIntervalSecond(${hash("join", "u")} % {span:UInt32}) AS inserted
      FROM numbers(${PEOPLE / 20})
    )`;
}
