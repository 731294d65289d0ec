export { Change, CompactMoney, LivePrice, Money, Price, Quantity, SignedMoney, Time, toneOf } from "./amounts";
export { AmountField, typed, useAmount } from "./AmountField";
export type { Amount } from "./AmountField";
export { EventFacts, EventOutcome, eventInWords } from "./audit";
export { Badge, Facts, Notice, Pagination, Star } from "./bits";
export type { BadgeTone } from "./bits";
export { Button, ButtonLink, IconButton, Link, TextLink } from "./Button";
export type { Variant } from "./Button";
export { Choice, Tabs } from "./Choice";
export { ConfirmDialog, SubmitButton } from "./ConfirmDialog";
export { CopyButton } from "./CopyButton";
export { CsvButton } from "./CsvButton";
export { deviceInWords } from "./device";
export { Dialog } from "./Dialog";
export { Checkbox, Field, PasswordField, SelectField, TextField } from "./Field";
export * from "./icons";
export { ORDER_STATUS, ORDER_TYPE, PRICE_SOURCE, SIDE, TRADING_STATUS, TRANSACTION_TYPE } from "./labels";
export { Page, Panel } from "./Page";
export { RuleList } from "./RuleList";
export { PageNav } from "./PageNav";
export { PeriodFields } from "./PeriodFields";
export { SearchField } from "./SearchField";
export { startShortcuts, useShortcut, useShortcutList } from "./shortcuts";
export {
  Countdown,
  EmptyState,
  ErrorState,
  RequestId,
  Skeleton,
  SkeletonRows,
  TableSkeleton,
  useSecondsUntil,
} from "./states";
export { sortRows, Table } from "./Table";
export type { Column, Sort } from "./Table";
export { announce, closeBadNews, toast, Toaster } from "./Toast";
export type { Tone } from "./Toast";
export { useHeldOrder } from "./useHeldOrder";
