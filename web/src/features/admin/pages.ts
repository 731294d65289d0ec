/** How lists of the API are paged, for useInfiniteQuery. */
export const nextPage = {
  pageParamName: "page_token",
  initialPageParam: "",
  getNextPageParam: ({ next_page_token }: { readonly next_page_token: string }) => next_page_token || undefined,
};
