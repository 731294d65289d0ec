import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { $api, ApiError } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { usePrice } from "@/shared/live";
import { useSession, useUser } from "@/shared/session";
import { useFormats } from "@/shared/settings";
import { ButtonLink, EmptyState, ErrorState, Page, Panel, Skeleton } from "@/shared/ui";

import { AssetFigures, HeadSkeleton, PriceLine, TradingNotice } from "./AssetHead";
import { ChartPanel } from "./chart/ChartPanel";
import type { Interval } from "./chart/candles";
import { HoldingPanel } from "./HoldingPanel";
import { OrdersPanel } from "./OrdersPanel";
import type { Side } from "./ticket/size";
import { Ticket } from "./ticket/Ticket";
import { VisitorPanel } from "./VisitorPanel";

const REFRESH_MS = 60_000; // the figures of 24 hours are computed once a minute

export function TradePage(): ReactNode {
  const { assetId } = useParams({ from: "/trade/$assetId" });
  return <Trade key={assetId} assetId={assetId.toUpperCase()} />;
}

function Trade({ assetId }: { readonly assetId: string }): ReactNode {
  const asset = $api.useQuery(
    "get",
    "/api/v1/inventory/assets/{asset_id}",
    { params: { path: { asset_id: assetId } } },
    { refetchInterval: REFRESH_MS },
  );
  const error = asset.error === null ? undefined : ApiError.from(asset.error);
  if (asset.data === undefined && (error?.reason === "ASSET_NOT_FOUND" || error?.reason === "INVALID_FIELD")) {
    return <NoSuchAsset assetId={assetId} />;
  }
  if (asset.data === undefined && error !== undefined) {
    return (
      <Page title={assetId}>
        <ErrorState
          title={`${assetId} could not be loaded.`}
          error={error}
          onRetry={() => void asset.refetch()}
          isRetrying={asset.isFetching}
        />
      </Page>
    );
  }
  return <Frame assetId={assetId} asset={asset.data} />;
}

function NoSuchAsset({ assetId }: { readonly assetId: string }): ReactNode {
  return (
    <Page title="No such asset">
      <EmptyState
        title={`There is no asset with the symbol ${assetId}.`}
        action={
          <ButtonLink to="/assets" variant="primary">
            Look at all assets
          </ButtonLink>
        }
      />
    </Page>
  );
}

interface FrameProps {
  readonly assetId: string;
  readonly asset: Schemas["Asset"] | undefined;
}

/** The page, also while the asset is on its way: everything has its place already. */
function Frame({ assetId, asset }: FrameProps): ReactNode {
  const { side = "BUY", interval = "1h" } = useSearch({ from: "/trade/$assetId" });
  const navigate = useNavigate({ from: "/trade/$assetId" });
  const show = (change: { side?: Side; interval?: Interval }): void => {
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });
  };
  return (
    <TitledPage assetId={assetId} asset={asset}>
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_340px] lg:grid-rows-[auto_1fr]">
        <div className="lg:col-start-1">
          <ChartPanel assetId={assetId} interval={interval} onInterval={(next) => show({ interval: next })} />
        </div>
        <div className="flex flex-col gap-3 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <TicketOrCall assetId={assetId} asset={asset} side={side} onSide={(next) => show({ side: next })} />
          <ForUser>
            <HoldingPanel assetId={assetId} />
          </ForUser>
        </div>
        <div className="min-w-0 lg:col-start-1">
          <ForUser>
            <OrdersPanel assetId={assetId} />
          </ForUser>
        </div>
      </div>
    </TitledPage>
  );
}

/** The heading; the title of the tab has the live price. What is below does not render with each price. */
function TitledPage({ assetId, asset, children }: FrameProps & { readonly children: ReactNode }): ReactNode {
  const tick = usePrice(assetId);
  const { price } = useFormats();
  const shown = tick?.price ?? asset?.price_usd;
  return (
    <Page
      title={asset === undefined ? assetId : `${asset.name} (${assetId})`}
      tabTitle={shown === undefined ? assetId : `${price(shown)} ${assetId}`}
    >
      <div className="mb-3 flex flex-wrap items-center gap-x-8 gap-y-3">
        {asset === undefined ? (
          <HeadSkeleton />
        ) : (
          <>
            <PriceLine asset={asset} />
            <AssetFigures asset={asset} />
            <div className="basis-full empty:hidden">
              <TradingNotice asset={asset} />
            </div>
          </>
        )}
      </div>
      {children}
    </Page>
  );
}

function ForUser({ children }: { readonly children: ReactNode }): ReactNode {
  return useUser() === undefined ? null : children;
}

interface TicketOrCallProps {
  readonly assetId: string;
  readonly asset: Schemas["Asset"] | undefined;
  readonly side: Side;
  readonly onSide: (side: Side) => void;
}

function TicketOrCall({ assetId, asset, side, onSide }: TicketOrCallProps): ReactNode {
  const { status } = useSession();
  const user = useUser();
  if (user === undefined && status !== "starting") {
    return <VisitorPanel assetId={assetId} name={asset?.name ?? assetId} />;
  }
  return asset === undefined || user === undefined ? (
    <Panel title={`Trade ${assetId}`}>
      <Skeleton className="h-[418px] max-sm:h-[490px]" />
    </Panel>
  ) : (
    <Ticket key={user.userId} asset={asset} side={side} onSide={onSide} />
  );
}
