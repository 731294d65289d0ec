import { useMemo } from "react";
import type { ReactNode } from "react";

import { AssetList, moversOf, PriceSource, useAssets } from "@/shared/assets";
import type { Asset } from "@/shared/assets";
import { useSettings } from "@/shared/settings";
import { ButtonLink, EmptyState, ErrorState, Panel, TableSkeleton, TextLink } from "@/shared/ui";

const COUNT = 5;

/** The assets with a star. */
export function Watchlist(): ReactNode {
  const { watchlist } = useSettings();
  const select = (assets: readonly Asset[]): readonly Asset[] =>
    assets.filter(({ is_active, asset_id }) => is_active && watchlist.includes(asset_id)).slice(0, COUNT);
  const all = watchlist.length > 0 && (
    <TextLink to="/assets" search={{ isStarred: true }} className="tap inline-flex items-center justify-end text-sm">
      {watchlist.length > COUNT ? `All ${watchlist.length}` : "Edit"}
    </TextLink>
  );
  return (
    <Block title="Watchlist" actions={all} select={select}>
      <EmptyState
        title="Nothing to watch yet"
        text="Click the star of an asset to keep it here."
        action={<ButtonLink to="/assets">Choose assets</ButtonLink>}
      />
    </Block>
  );
}

/** Where the prices of the page come from. */
export function MarketSource(): ReactNode {
  return <PriceSource assets={useAssets().data} />;
}

/** What has moved most in 24 hours. */
export function Movers(): ReactNode {
  const { data } = useAssets();
  const { gainers, losers } = useMemo(() => moversOf(data ?? [], COUNT), [data]);
  return (
    <>
      <Block title="Gainers of 24 h" select={() => gainers}>
        <EmptyState title="No asset has gained" text="Those that rise within 24 hours are listed here." />
      </Block>
      <Block title="Losers of 24 h" select={() => losers}>
        <EmptyState title="No asset has lost" text="Those that fall within 24 hours are listed here." />
      </Block>
    </>
  );
}

interface BlockProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly select: (assets: readonly Asset[]) => readonly Asset[];
  /** What is shown when there are none. */
  readonly children: ReactNode;
}

function Block({ title, actions, select, children }: BlockProps): ReactNode {
  const { data, error, refetch, isFetching } = useAssets();
  const assets = data && select(data);
  return (
    <Panel title={title} isFlush actions={actions} className="min-h-58">
      {assets === undefined ? (
        error === null ? (
          <TableSkeleton rowCount={COUNT} />
        ) : (
          <ErrorState
            title="The market could not be loaded."
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        )
      ) : assets.length > 0 ? (
        <AssetList caption={title} assets={assets} />
      ) : (
        children
      )}
    </Panel>
  );
}
