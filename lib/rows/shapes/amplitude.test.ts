import { describe, expect, it } from "vitest";
import { events } from "../tables/events";
import { mergedIds } from "../tables/merged-ids";
import { amplitudeShape } from "./amplitude";

/** Amplitude's documented object, field by field, with types. */
const DOCUMENTED = `
server_received_time time, app int, device_carrier string, $schema int, city string, user_id string, uuid uuid,
event_time time, platform string, os_version string, amplitude_id int, processed_time time, user_creation_time time,
version_name string, ip_address string, paying bool, dma string, group_properties json, user_properties json,
client_upload_time time, $insert_id string, event_type string, library string, amplitude_attribution_ids string,
device_type string, device_manufacturer string, start_version string, location_lng float, server_upload_time time,
event_id int, location_lat float, os_name string, amplitude_event_type string, device_brand string, groups json,
event_properties json, data json, device_id string, language string, device_model string, country string, region string,
is_attribution_event bool, adid string, session_id int, device_family string, sample_rate string, idfa string,
client_event_time time`
  .trim()
  .split(/,\s+/);

describe("Amplitude's event object", () => {
  it("has every documented field, in its order, of its type", () => {
    const { fields } = amplitudeShape(events, null);
    expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual(DOCUMENTED);
  });

  it("keeps a field whose column is left out, as null", () => {
    const { fields } = amplitudeShape(events, [{ name: "uuid", as: null, hash: false }]);
    expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual(DOCUMENTED);
    expect(fields.find(({ name }) => name === "user_id")).toMatchObject({ nullable: true });
    expect(fields.find(({ name }) => name === "event_properties")?.sql).toContain("NULL");
    expect(fields.find(({ name }) => name === "os_name")?.sql).toContain("NULL");
  });
});

it("Amplitude's merged ids have their documented fields in their order", () => {
  const { fields } = amplitudeShape(mergedIds, null);
  expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    "scope int",
    "merge_time int",
    "merge_server_time int",
    "amplitude_id int",
    "merged_amplitude_id int",
  ]);
});
