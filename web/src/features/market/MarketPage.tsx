import type { ReactNode } from "react";

import { AssetList, moversOf, PriceSource, useAssets } from "@/shared/assets";
import type { Asset } from "@/shared/assets";
import { ButtonLink, EmptyState, ErrorState, Page, Panel, TableSkeleton, TextLink } from "@/shared/ui";

import { Highlights, HighlightSkeletons } from "./Highlights";

const HIGHLIGHTS = 4;
const ROWS = 10;

/** What a visitor sees first: what this is, and that its prices move. */
export function MarketPage(): ReactNode {
  const assets = useAssets();
  const listed = assets.data?.filter(({ is_active }) => is_active);
  const actions = (
    <>
      <ButtonLink to="/assets">See all assets</ButtonLink>
      <ButtonLink to="/register" variant="primary">
        Register
      </ButtonLink>
    </>
  );
  return (
    <Page
      title="Trade crypto at the price you see"
      tabTitle="Market"
      lead={<Pitch assets={listed} />}
      actions={actions}
    >
      {listed !== undefined ? (
        <Market assets={listed} />
      ) : assets.error !== null ? (
        <Panel>
          <ErrorState
            title="The market could not be loaded."
            error={assets.error}
            onRetry={() => void assets.refetch()}
            isRetrying={assets.isFetching}
          />
        </Panel>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Pitch({ assets }: { readonly assets: readonly Asset[] | undefined }): ReactNode {
  return (
    <>
      <p className="max-w-[76ch]">
        Live prices, the worst price shown before you confirm, and every order filled once or not at all. Look at any
        asset without an account.
      </p>
      <div className="mt-2">
        <PriceSource assets={assets} />
      </div>
    </>
  );
}

function Market({ assets }: { readonly assets: readonly Asset[] }): ReactNode {
  if (assets.length === 0) {
    return (
      <Panel>
        <EmptyState title="No asset is listed yet" text="As soon as one is, its price moves here." />
      </Panel>
    );
  }
  const { gainers, losers } = moversOf(assets, ROWS);
  return (
    <div className="flex flex-col gap-3">
      <Highlights assets={assets.slice(0, HIGHLIGHTS)} />
      <div className="grid grid-cols-3 gap-3 max-lg:grid-cols-2 max-sm:grid-cols-1">
        <List
          title="More by market cap"
          assets={assets.slice(HIGHLIGHTS, HIGHLIGHTS + ROWS)}
          empty="The next largest assets are listed here."
          search={{}}
        />
        <List
          title="Gainers of 24 h"
          assets={gainers}
          empty="Assets that rise within 24 hours are listed here."
          search={{ sort: "change", isDescending: true }}
        />
        <List
          title="Losers of 24 h"
          assets={losers}
          empty="Assets that fall within 24 hours are listed here."
          search={{ sort: "change" }}
        />
      </div>
    </div>
  );
}

interface ListProps {
  readonly title: string;
  readonly assets: readonly Asset[];
  /** What will appear while there is none. */
  readonly empty: string;
  readonly search: { readonly sort?: "change"; readonly isDescending?: boolean };
}

function List({ title, assets, search, empty }: ListProps): ReactNode {
  const all = (
    <TextLink
      to="/assets"
      search={search}
      aria-label={`All: ${title}`}
      className="tap inline-flex items-center justify-end text-sm"
    >
      All
    </TextLink>
  );
  return (
    <Panel title={title} isFlush actions={all}>
      {assets.length > 0 ? (
        <AssetList caption={title} assets={assets} />
      ) : (
        <EmptyState title="None at the moment" text={empty} />
      )}
    </Panel>
  );
}

function Loading(): ReactNode {
  return (
    <div className="flex flex-col gap-3">
      <HighlightSkeletons count={HIGHLIGHTS} />
      <div className="grid grid-cols-3 gap-3 max-lg:grid-cols-2 max-sm:grid-cols-1">
        {["More by market cap", "Gainers of 24 h", "Losers of 24 h"].map((title) => (
          <Panel key={title} title={title} isFlush>
            <TableSkeleton rowCount={ROWS} />
          </Panel>
        ))}
      </div>
    </div>
  );
}
