import { getOrMake } from '../../guard/memo.ts'

/** Groups items by what a function returns for each, in the order in which groups are met. */
export function groupedBy<TItem, TGroup>(
  items: readonly TItem[],
  groupOf: (item: TItem) => TGroup,
): ReadonlyMap<TGroup, readonly TItem[]> {
  const groups = new Map<TGroup, TItem[]>()
  for (const item of items) getOrMake(groups, groupOf(item), () => []).push(item)
  return groups
}
