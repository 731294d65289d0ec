import type { ReactNode } from "react";

import type { CsvColumn } from "@/shared/numbers";
import { Link, Money, Quantity, SignedMoney, Time, TRANSACTION_TYPE } from "@/shared/ui";
import type { Column } from "@/shared/ui";

import type { Transaction } from "./queries";

/** The ledger. */
export const LEDGER_COLUMNS: readonly Column<Transaction>[] = [
  { key: "entry", title: "Entry", cell: (entry) => <Name entry={entry} />, isHeading: true, isWide: true },
  { key: "time", title: "Time", cell: ({ created_at }) => <Time value={created_at} format="moment" /> },
  {
    key: "fee",
    title: "Fee",
    cell: ({ fee }) => <Money value={fee} isOwn />,
    isEnd: true,
    className: "sm:max-xl:hidden",
  },
  { key: "amount", title: "Amount", cell: ({ amount }) => <SignedMoney value={amount} isOwn />, isEnd: true },
  { key: "balance", title: "Balance", cell: (entry) => <Money value={entry.balance_after} isOwn />, isEnd: true },
];

/** The file of the ledger: decimals with a point, times in UTC. */
export const LEDGER_CSV: readonly CsvColumn<Transaction>[] = [
  { title: "created_at", value: ({ created_at }) => created_at ?? "" },
  { title: "transaction_id", value: ({ transaction_id }) => transaction_id },
  { title: "type", value: ({ transaction_type }) => transaction_type },
  { title: "amount_usd", value: ({ amount }) => amount },
  { title: "fee_usd", value: ({ fee }) => fee },
  { title: "balance_usd", value: ({ balance_after }) => balance_after },
  { title: "asset", value: ({ asset_id }) => asset_id },
  { title: "quantity", value: ({ quantity }) => quantity },
  { title: "order_id", value: ({ order_id }) => order_id },
];

/** What an entry is; that of a trade leads to its order. */
function Name({
  entry: { transaction_type, order_id, asset_id, quantity },
}: {
  readonly entry: Transaction;
}): ReactNode {
  const label = TRANSACTION_TYPE[transaction_type];
  if (order_id === "") {
    return <span className="font-medium">{label}</span>;
  }
  return (
    <Link
      to="/orders/$orderId"
      params={{ orderId: order_id }}
      className="tap-text text-ink decoration-edge font-medium underline hover:decoration-current"
    >
      <span>
        {label} <Quantity value={quantity.replace("-", "")} unit={asset_id} isOwn />
      </span>
    </Link>
  );
}
