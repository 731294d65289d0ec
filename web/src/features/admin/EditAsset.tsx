import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";

import { api, dataOf, fieldErrors } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { useFormDraft } from "@/shared/lib";
import { useLocale } from "@/shared/settings";
import { Button, ConfirmDialog, Facts, SubmitButton, toast } from "@/shared/ui";

import { AssetFields } from "./AssetFields";
import { changedValues, plainValues, valuesOf } from "./assetValues";
import type { AssetValues } from "./assetValues";
import { useChange } from "./useChange";

type Asset = Schemas["Asset"];

const NAMES: Record<keyof AssetValues, string> = {
  name: "Name",
  category: "Category",
  description: "Description",
  image: "Image",
  circulating_supply: "Units in circulation",
  max_supply: "Units at most",
  quantity_increment: "Step of quantities",
  price_increment: "Step of prices",
  order_value_min: "Smallest order",
  order_value_max: "Largest order",
};

/** The description and the rules of an asset. What is changed is shown before it is sent. */
export function EditAsset({ asset }: { readonly asset: Asset }): ReactNode {
  const locale = useLocale();
  const [changes, setChanges] = useState<Partial<AssetValues>>();
  const values = valuesOf(asset, locale);
  const form = useForm<AssetValues>({ mode: "onTouched", defaultValues: values });
  const clearDraft = useFormDraft(`admin.edit.${asset.asset_id}`, form, values);
  const { handleSubmit, reset, formState } = form;
  const ask = handleSubmit((after) => {
    const changed = changedValues(plainValues(values, locale), plainValues(after, locale));
    if (Object.keys(changed).length > 0) {
      setChanges(changed);
    }
  });
  return (
    <form noValidate className="flex flex-col gap-3 pt-4" onSubmit={(event) => void ask(event)}>
      <AssetFields form={form} unit={asset.asset_id} />
      <div className="flex gap-2">
        <SubmitButton isBusy={false} isDisabled={!formState.isDirty}>
          Save…
        </SubmitButton>
        {formState.isDirty && <Button onClick={() => reset()}>Undo</Button>}
      </div>
      {changes !== undefined && (
        <EditDialog
          asset={asset}
          changes={changes}
          onRefused={(error) => {
            for (const { field, message } of fieldErrors(error)) {
              form.setError(field as keyof AssetValues, { message });
            }
          }}
          onDone={clearDraft}
          onClose={() => setChanges(undefined)}
        />
      )}
    </form>
  );
}

interface EditDialogProps {
  readonly asset: Asset;
  readonly changes: Partial<AssetValues>;
  readonly onRefused: (error: unknown) => void;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function EditDialog({ asset, changes, onRefused, onDone, onClose }: EditDialogProps): ReactNode {
  const { asset_id } = asset;
  const { run, isBusy, error } = useChange(`edit.${asset_id}`, async (body: Partial<AssetValues>, request_id) =>
    dataOf(
      await api.PATCH("/api/v1/admin/assets/{asset_id}", {
        params: { path: { asset_id } },
        body: { ...body, request_id },
      }),
    ),
  );
  useEffect(() => {
    if (error !== undefined) {
      onRefused(error);
    }
  }, [error, onRefused]);
  const confirm = async (): Promise<void> => {
    if (await run(changes)) {
      toast("good", `${asset_id} is changed.`);
      onDone();
      onClose();
    }
  };
  return (
    <ConfirmDialog
      title={`Change ${asset_id}?`}
      action={`Change ${asset_id}`}
      variant="primary"
      isOpen
      isBusy={isBusy}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>This applies to everybody, from the next order on:</p>
      <Facts
        items={Object.entries(changes).map(([name, value]) => [
          NAMES[name as keyof AssetValues],
          <span key={name}>
            <s className="text-mute">
              <span className="sr-only">was </span>
              {asset[name as keyof AssetValues] || "none"}
            </s>{" "}
            <strong>
              <span className="sr-only">will be </span>
              {value || "none"}
            </strong>
          </span>,
        ])}
      />
    </ConfirmDialog>
  );
}
