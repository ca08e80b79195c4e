import { hash, jsonObject, jsonText, pick } from "./sql";

const PRODUCTS = [
  "Desk lamp",
  "Oak table",
  "Notebook, A5",
  "Fountain pen",
  'Monitor 27\\"',
  "Café mug ☕",
  "Backpack",
  "Wool blanket",
  "Standing mat",
  "USB-C hub",
  "Plant pot",
  "Wall clock",
];
const PAGES = [
  "/",
  "/",
  "/pricing",
  "/features",
  "/blog/how-we-measure",
  "/blog/winter-release",
  "/docs/start",
  "/search",
  "/cart",
  "/account",
  "/products/desk-lamp",
  "/products/oak-table",
  "/products/backpack",
];
const REFERRERS = [
  "$direct",
  "$direct",
  "https://www.google.com/",
  "https://news.example.org/",
  "https://duckduckgo.com/",
];
const FEATURES = ["dashboards", "funnels", "retention", "exports", "alerts", "cohorts", "session replay"];
const BROWSERS = ["Chrome", "Chrome", "Chrome", "Safari", "Safari", "Firefox", "Edge"];
const SYSTEMS = ["Windows", "Windows", "Mac OS X", "iOS", "Android", "Linux"];
const CAMPAIGNS = ["spring_sale", "brand", "retargeting", "newsletter_42"];

/** An event's properties as JSON, from its visit `s`, step `i`, person `u`, and name `event`. */
export function eventProperties(): string {
  const page = pick(PAGES, hash("page", "s", "i"));
  const common = jsonObject([
    ["$session_id", jsonText(`lower(hex(${hash("session", "s")}))`)],
    ["$current_url", jsonText(`concat('https://shop.example.com', ${page})`)],
    ["$pathname", jsonText(page)],
    ["$host", "'\"shop.example.com\"'"],
    ["$referrer", jsonText(pick(REFERRERS, hash("referrer", "s")))],
    ["$browser", jsonText(pick(BROWSERS, hash("browser", "u")))],
    ["$browser_version", `toString(118 + ${hash("browser version", "u")} % 24)`],
    ["$os", jsonText(pick(SYSTEMS, hash("os", "u")))],
    ["$device_type", jsonText(pick(["Desktop", "Desktop", "Mobile", "Tablet"], hash("device type", "u")))],
    ["$screen_width", `toString([390, 1440, 1920, 2560][1 + ${hash("screen", "u")} % 4])`],
    ["$lib", "'\"web\"'"],
    ["$lib_version", "'\"1.194.3\"'"],
    ["$insert_id", jsonText(`lower(hex(${hash("insert id", "s", "i")}))`)],
  ]);
  // Drops the common part's closing brace; each kind of event adds its own.
  return `concat(substring(${common} AS common, 1, length(common) - 1), ${campaign()}, ${own()}, '}')`;
}

function campaign(): string {
  const tags = jsonObject([
    ["utm_source", jsonText(pick(["google", "linkedin", "newsletter"], hash("utm", "s")))],
    ["utm_medium", jsonText(pick(["cpc", "social", "email"], hash("utm", "s")))],
    ["utm_campaign", jsonText(pick(CAMPAIGNS, hash("campaign", "s")))],
  ]);
  return `if(${hash("tagged", "s")} % 4 = 0, concat(',', substring(${tags}, 2, length(${tags}) - 2)), '')`;
}

/** Event-specific properties: `,"name":value…`, or nothing. */
function own(): string {
  const cents = (salt: string) => `(499 + ${hash(salt, "s")} % 19500)`;
  const product = pick(PRODUCTS, hash("product", "s", "i"));
  const money = (salt: string) =>
    `concat(toString(intDiv(${cents(salt)}, 100)), '.', leftPad(toString(${cents(salt)} % 100), 2, '0'))`;
  const item = jsonObject([
    ["sku", jsonText(`concat('SKU-', toString(1000 + ${hash("sku", "s", "i")} % 900))`)],
    ["product", jsonText(product)],
    ["quantity", `toString(1 + ${hash("quantity", "s", "i")} % 3)`],
    ["price", money("price")],
  ]);
  const currency = pick(["EUR", "USD", "USD", "GBP"], hash("currency", "u"));
  const inner = `substring(${item} AS item, 2, length(item) - 2)`;
  return `multiIf(
    event IN ('product_viewed', 'add_to_cart', 'wishlist_added', 'review_written'), concat(',', ${inner}),
    event = 'purchase', concat(',"amount":', ${money("amount")}, ',"currency":"', ${currency}, '","order_id":',
      toString(9007199254740993 + ${hash("order", "s")} % 1000000000), ',"items":[', item, ']'),
    event IN ('feature_used', 'report_created', 'report_shared', 'export_downloaded'),
      concat(',"feature":"', ${pick(FEATURES, hash("feature", "s", "i"))}, '","duration_ms":', toString(${hash("duration", "s", "i")} % 9000)),
    event = 'search_performed', concat(',"query":"', lower(${product}), '","results":', toString(${hash("results", "s", "i")} % 60)),
    event IN ('sign_up', 'login'), concat(',"method":"', ${pick(["password", "google", "github", "saml"], hash("method", "u"))}, '"'),
    event = 'onboarding_step_completed', concat(',"step":', toString(1 + i)),
    '')`;
}
