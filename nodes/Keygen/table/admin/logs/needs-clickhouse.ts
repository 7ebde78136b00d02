/** What the logs of events and requests ask of a server. */
export const NEEDS_CLICKHOUSE = 'Needs Keygen EE with ClickHouse, or Keygen Cloud.';
