import { createScript } from './redis-client.ts'
import type { RedisPolicy } from './redis-policy.ts'
import { VALUE } from './redis-value.ts'

/** Blocks policies. The last block counts, also a shorter one. */
export const BLOCK = createScript(`${VALUE}
local length = tonumber(ARGV[1])
for i = 2, #ARGV do entries[ARGV[i] .. '!'] = {now + length, length} end
write()
return 0
`)

export function blockArguments(seconds: number, policies: readonly RedisPolicy[]): string[] {
  return [String(Math.round(seconds * 1000)), ...policies.map(({ id }) => id)]
}
