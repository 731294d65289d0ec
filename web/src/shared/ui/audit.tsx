/** Events of the audit trail in words. */

import type { ReactNode } from "react";

import { reasonInWords } from "@/shared/api";
import type { Schemas } from "@/shared/api";

import { Time } from "./amounts";
import { Badge, Facts } from "./bits";
import { deviceInWords } from "./device";

type AuditEvent = Schemas["AuditEvent"];

// The contract may add kinds of events, so these are not all that can come.
const EVENTS: Readonly<Record<string, string>> = {
  REGISTRATION: "Registration",
  SIGN_IN: "Sign-in",
  TOKEN_REFRESH: "Session continued",
  TOKEN_REFRESH_REPEATED: "Session continued twice",
  TOKEN_REUSE_DETECTED: "Old session token used; session ended",
  LOGOUT: "Sign-out",
  PASSWORD_CHANGE: "Change of password",
  PROFILE_CHANGE: "Change of profile",
  SESSION_REVOKED: "Session ended",
  ACCESS: "Access",
  ROLE_CHANGE: "Change of role",
  USER_DISABLED: "Account disabled",
  USER_ENABLED: "Account enabled",
  ASSET_CREATED: "Asset created",
  ASSET_UPDATED: "Asset changed",
  ASSET_ACTIVATED: "Asset opened",
  ASSET_DEACTIVATED: "Asset closed",
  ASSET_PRICED: "Price set",
  ASSET_STATUS_SET: "Trading status set",
  ASSET_RESTOCKED: "Stock added",
  MARKET_HALTED: "All trading halted",
  MARKET_RESUMED: "Trading resumed",
  ORDER_RELEASED: "Order released",
  ORDER_FAILED: "Order failed by an admin",
  SIGNING_KEY_ADDED: "Signing key added",
  SIGNING_KEY_REMOVED: "Signing key removed",
};

/** The kind of an event: "Sign-in". One of a later release is read from its name. */
export function eventInWords(event: string): string {
  const name = event.toLowerCase().replaceAll("_", " ");
  return EVENTS[event] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** Whether an event was done, was about to be, or was refused. */
export function EventOutcome({ outcome }: { readonly outcome: string }): ReactNode {
  if (outcome === "DONE") {
    return <Badge tone="good">Done</Badge>;
  }
  return outcome === "INTENDED" ? <Badge tone="warn">Intended</Badge> : <Badge tone="bad">Refused</Badge>;
}

/** All that is known of an event. `person` shows a user by the id. */
export function EventFacts({
  event,
  person = (id) => <code className="font-mono text-xs break-all">{id}</code>,
}: {
  readonly event: AuditEvent;
  readonly person?: (userId: string) => ReactNode;
}): ReactNode {
  const isRefused = event.outcome !== "DONE" && event.outcome !== "INTENDED";
  const items: (readonly [string, ReactNode])[] = [
    ["What", eventInWords(event.event)],
    ["Outcome", <EventOutcome key="outcome" outcome={event.outcome} />],
    ...(isRefused ? ([["Why", reasonInWords(event.outcome)]] as const) : []),
    ["When", <Time key="time" value={event.occurred_at} />],
    ["User", event.user_id === "" ? "Unknown" : person(event.user_id)],
    ["By", actor(event, person)],
    [
      "Object",
      <code key="object" className="font-mono text-xs break-all">
        {event.subject}
      </code>,
    ],
    ...Object.entries(event.facts).map(([name, value]) => [words(name), value] as const),
    ["Address", event.client_address === "" ? "Not known" : <bdi key="address">{event.client_address}</bdi>],
    ["Device", event.user_agent === "" ? "Not known" : `${deviceInWords(event.user_agent)} (${event.user_agent})`],
    [
      "Request",
      <code key="request" className="font-mono text-xs break-all">
        {event.request_id}
      </code>,
    ],
  ];
  return <Facts items={items} />;
}

function actor({ actor_id: id }: AuditEvent, person: (userId: string) => ReactNode): ReactNode {
  if (id === "") {
    return "Unknown";
  }
  return id === "operator" ? "Operator (a command)" : person(id);
}

function words(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
