import type { Schemas } from "@/shared/api";

type AuditEvent = Schemas["AuditEvent"];

export interface Folded {
  /** The newest of them. */
  readonly event: AuditEvent;
  readonly count: number;
  /** When the oldest of them was. */
  readonly since: string | undefined;
}

/**
 * Makes one row of sessions that were continued one after the other, newest first, one for each device: each reload of
 * a page continues one, and they would hide the rest.
 */
export function foldContinued(events: readonly AuditEvent[]): readonly Folded[] {
  const rows: Folded[] = [];
  let first = 0; // of the rows since the last event of another kind
  for (const event of events) {
    if (!isContinued(event)) {
      rows.push({ event, count: 1, since: event.occurred_at });
      first = rows.length;
      continue;
    }
    const at = rows.findIndex((row, index) => index >= first && isOfSameDevice(row.event, event));
    const row = rows[at];
    if (row === undefined) {
      rows.push({ event, count: 1, since: event.occurred_at });
    } else {
      rows[at] = { ...row, count: row.count + 1, since: event.occurred_at };
    }
  }
  return rows;
}

function isContinued({ event, outcome }: AuditEvent): boolean {
  return event === "TOKEN_REFRESH" && outcome === "DONE";
}

function isOfSameDevice(one: AuditEvent, other: AuditEvent): boolean {
  return one.client_address === other.client_address && one.user_agent === other.user_agent;
}
