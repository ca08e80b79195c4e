import { quote } from "@/lib/rows/quote";
import { person, personProperties } from "./people";
import { eventProperties } from "./properties";
import { QUANTILES } from "./rhythm";
import { hash, PEOPLE, pick, uuid } from "./sql";

/** Purposes of visits, as sequences of events. A short visit contains only the beginning, which makes a funnel. */
const JOURNEYS = {
  browse:
    "$pageview $autocapture $pageview $pageview search_performed $pageview product_viewed $pageview $autocapture " +
    "product_viewed $pageview product_viewed wishlist_added $pageleave",
  shop:
    "$pageview product_viewed $autocapture product_viewed add_to_cart $pageview product_viewed add_to_cart " +
    "checkout_started $autocapture purchase $pageview review_written $pageleave",
  join:
    "$pageview $pageview $autocapture sign_up $identify login onboarding_step_completed feature_used " +
    "onboarding_step_completed invite_sent feature_used $pageview feature_used $pageleave",
  work:
    "login $pageview feature_used $autocapture report_created feature_used $pageview feature_used report_shared " +
    "$autocapture feature_used export_downloaded $pageview $pageleave",
};
const STEPS = 14;
/** Per ten visits. */
const MIX = ["browse", "browse", "browse", "browse", "shop", "shop", "shop", "join", "work", "work"] as const;

const BUTTON = `button.btn.btn-primary:attr__class="btn btn-primary"nth-child="2"nth-of-type="1"text=`;
const ANCESTORS = `div.card:attr__class="card"nth-child="3"nth-of-type="3";main:nth-child="1"nth-of-type="1"`;
const LABELS = ["Add to cart", "Continue", "Try it free", "Save", "Next step", "See details"];

/** Past visits: `s` numbers them by time, `i` numbers the steps of one, `at` is the step's time in µs. */
export const PAST_VISITS = `
  SELECT s, arrayJoin(range(2 + ${hash("length", "s")} % 13)) AS i,
    1000000 * ({hours:Array(UInt32)}[1 + intDiv(s * ${QUANTILES}, {visits:UInt64})] + ${hash("second", "s")} % 3600)
      + i * (4000000 + ${hash("gap", "s")} % 60000000) + ${hash("jitter", "s", "i")} % 4000000 AS at
  FROM (SELECT number AS s FROM numbers_mt({visits:UInt64}))`;

/** Steps of current visits; `seed` must differ between calls. */
export const PRESENT_STEPS = `
  SELECT {seed:UInt64} + number AS s, ${hash("step", "s")} % ${STEPS} AS i,
    toUnixTimestamp64Micro(now64(6)) - 1500000 - ${hash("jitter", "s", "i")} % 1500000 AS at
  FROM numbers({rows:UInt64})`;

/** Rows of `events` from these steps. Omits rows that would be ingested after `now`. */
export function eventsQuery(steps: string): string {
  const journeys = MIX.map((name) => `splitByChar(' ', ${quote(JOURNEYS[name])})`).join(", ");
  const known = `${person.isIdentified} AND (journey != 8 OR i > 3)`;
  // One in a hundred arrives minutes late, as from an offline phone.
  const delay = `if(${hash("late", "s", "i")} % 100 = 0, 60000000 + ${hash("delay", "s", "i")} % 540000000,
    100000 + ${hash("delay", "s", "i")} % 900000)`;
  return `
    INSERT INTO events (project_id, uuid, event, distinct_id, person_id, timestamp, created_at, inserted_at, properties,
      person_properties, elements_chain, ip)
    SELECT {project:UInt32}, ${uuid("event", "s", "i")}, event, if(${known}, ${person.userId}, ${person.deviceId}),
      ${person.id}, fromUnixTimestamp64Micro(at, 'UTC'), fromUnixTimestamp64Micro(created, 'UTC'),
      fromUnixTimestamp64Micro(inserted, 'UTC'), ${eventProperties()}, ${personProperties()},
      if(event = '$autocapture', concat(${quote(BUTTON)}, '"', ${pick(LABELS, hash("label", "s", "i"))}, '";', ${quote(ANCESTORS)}), ''),
      if(${hash("noip", "s")} % 20 = 0, '', concat(${pick(["192.0.2.", "198.51.100.", "203.0.113."], hash("net", "u"))}, toString(1 + ${hash("host", "u")} % 254)))
    FROM (
      SELECT s, i, toInt64(at) AS at, created, toInt64(created + ${delay}) AS inserted, u, journey,
        [${journeys}][journey][i + 1] AS event
      FROM (
        SELECT s, i, at, toInt64(at + 20000 + ${hash("created", "s", "i")} % 380000) AS created,
          toUInt64(floor(pow(${hash("who", "s")} / 18446744073709551616., 1.8) * ${PEOPLE})) AS u,
          1 + ${hash("journey", "s")} % ${MIX.length} AS journey
        FROM (${steps})
      )
    )
    WHERE inserted <= toUnixTimestamp64Micro({now:DateTime64(6, 'UTC')})`;
}
