/** What may be paid in and out, in words. The limits of a day are told by the system when they are reached. */

import { broken, contract } from "@/shared/api";
import type { Rule } from "@/shared/api";
import { decimal } from "@/shared/numbers";
import type { Formats } from "@/shared/numbers";

export type Kind = "deposit" | "withdraw";

const RULE: Record<Kind, Rule> = {
  deposit: contract.DepositRequest.amount,
  withdraw: contract.WithdrawRequest.amount,
};

/** The most dollars of one deposit or withdrawal, as the contract says it; undefined if it does not. */
export function mostAtOnce(kind: Kind): string | undefined {
  return /at most (\d+\.\d\d)/.exec(RULE[kind].message ?? "")?.[1];
}

/** What is wrong with an amount, in words; undefined if nothing. */
export function problemWith(
  kind: Kind,
  amount: string,
  available: string | undefined,
  { money }: Pick<Formats, "money">,
  own: Pick<Formats, "money">,
): string | undefined {
  const most = mostAtOnce(kind);
  if (decimal(amount)?.eq(0)) {
    return "It must be above zero.";
  }
  if (most !== undefined && decimal(amount)?.gt(most)) {
    return `At most ${money(most)} at once.`;
  }
  if (kind === "withdraw" && available !== undefined && decimal(amount)?.gt(available)) {
    return `You have only ${own.money(available)}.`;
  }
  return broken(RULE[kind], amount);
}

/** The most that can be withdrawn now. */
export function maxWithdrawal(available: string): string {
  const most = mostAtOnce("withdraw");
  return most !== undefined && decimal(available)?.gt(most) ? most : available;
}

/** When the limits of a day begin anew, in milliseconds since 1970: at midnight in UTC. */
export function nextDayMs(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
}
