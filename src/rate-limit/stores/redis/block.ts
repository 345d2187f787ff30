import { createScript } from './client.ts'
import type { RedisPolicy } from './policy.ts'
import { IS_OURS, VALUE } from './value.ts'

/** Blocks policies. The last block counts, also a shorter one. */
export const BLOCK = createScript(`${VALUE}${IS_OURS}
local length = tonumber(ARGV[1])
for i = 2, #ARGV, 2 do
  local id, algorithm = ARGV[i], ARGV[i + 1]
  if not is_ours(id, algorithm) then return foreign() end
  entries[id .. '!'] = {now + length, length}
end
write()
return 0
`)

export function blockArguments(seconds: number, policies: readonly RedisPolicy[]): string[] {
  return [String(Math.round(seconds * 1000)), ...policies.flatMap(({ id, algorithm }) => [id, algorithm])]
}
