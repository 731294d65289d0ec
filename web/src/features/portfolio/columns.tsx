import type { ReactNode } from "react";

import { AssetName, valued } from "@/shared/assets";
import { usePrice } from "@/shared/live";
import { compareDecimals } from "@/shared/numbers";
import { useFormats } from "@/shared/settings";
import { ButtonLink, Change, LivePrice, Money, Price, Quantity, SignedMoney } from "@/shared/ui";
import type { Column } from "@/shared/ui";

import { compareUnknown } from "./rows";
import type { Row } from "./rows";

export function portfolioColumns(changes: ReadonlyMap<string, string>): readonly Column<Row>[] {
  return [
    {
      key: "asset",
      title: "Asset",
      isHeading: true,
      isWide: true,
      className: "sm:w-0 sm:grow",
      cell: ({ id, holding }) => <AssetName assetId={id} name={holding.asset_name} />,
      compare: (one, other) => one.id.localeCompare(other.id),
    },
    {
      key: "quantity",
      title: "Quantity",
      isEnd: true,
      className: "sm:w-[12%]",
      cell: ({ holding }) => <Quantity value={holding.quantity} isOwn />,
      compare: (one, other) => compareDecimals(one.holding.quantity, other.holding.quantity),
    },
    {
      key: "cost",
      title: "Average cost",
      isEnd: true,
      className: "sm:w-[10%] sm:max-lg:hidden",
      cell: ({ holding }) => <Price value={holding.average_cost} />,
      compare: (one, other) => compareDecimals(one.holding.cost_basis, other.holding.cost_basis),
    },
    {
      key: "price",
      title: "Price",
      isEnd: true,
      className: "sm:w-[10%]",
      cell: ({ id, price }) => <LivePrice assetId={id} fallback={price} />,
    },
    {
      key: "change",
      title: "24 h",
      isEnd: true,
      className: "sm:w-[8%] sm:max-lg:hidden",
      cell: ({ id }) => <Change value={changes.get(id)} />,
      compare: (one, other) => compareDecimals(changes.get(one.id), changes.get(other.id)),
    },
    {
      key: "value",
      title: "Value",
      isEnd: true,
      className: "sm:w-[11%]",
      cell: (row) => <LiveValue row={row} />,
      compare: (one, other) => compareUnknown(one.value, other.value),
    },
    {
      key: "pnl",
      title: "Unrealised P&L",
      isEnd: true,
      className: "sm:w-[13%]",
      cell: (row) => <LivePnl row={row} />,
      compare: (one, other) => compareUnknown(one.pnl, other.pnl),
    },
    {
      key: "share",
      title: "Share",
      isEnd: true,
      className: "sm:w-[7%]",
      cell: ({ share }) => <Share row={share} />,
    },
    {
      key: "trade",
      title: "Trade",
      isEnd: true,
      isWide: true,
      className: "sm:w-32",
      cell: ({ id }) => <Actions assetId={id} />,
    },
  ];
}

function useLiveRow({ id, holding, price }: Row): ReturnType<typeof valued> {
  const tick = usePrice(id);
  return valued(holding, tick?.price ?? price);
}

function LiveValue({ row }: { readonly row: Row }): ReactNode {
  return <Money value={useLiveRow(row).value} isOwn className="live" />;
}

function LivePnl({ row }: { readonly row: Row }): ReactNode {
  const { pnl, pnlPercent } = useLiveRow(row);
  return (
    <span className="inline-flex flex-col items-end max-sm:items-start">
      <SignedMoney value={pnl} isOwn className="live" />
      {pnlPercent !== undefined && <Change value={pnlPercent} className="text-xs" />}
    </span>
  );
}

function Share({ row }: { readonly row: Row["share"] }): ReactNode {
  const { percent } = useFormats();
  return <bdi>{percent(row)}</bdi>;
}

function Actions({ assetId }: { readonly assetId: string }): ReactNode {
  return (
    <span className="inline-flex gap-1 max-sm:flex max-sm:*:border-line max-sm:*:flex-1 max-sm:*:border">
      <ButtonLink
        to="/trade/$assetId"
        params={{ assetId }}
        search={{ side: "BUY" }}
        variant="quiet"
        aria-label={`Buy ${assetId}`}
      >
        Buy
      </ButtonLink>
      <ButtonLink
        to="/trade/$assetId"
        params={{ assetId }}
        search={{ side: "SELL" }}
        variant="quiet"
        aria-label={`Sell ${assetId}`}
      >
        Sell
      </ButtonLink>
    </span>
  );
}
