import { createScript } from './client.ts'
import type { RedisPolicy } from './policy.ts'
import { IS_OURS, VALUE } from './value.ts'

/** Forgets what policies have counted, and their blocks. What is given back later was counted before. */
export const RESET = createScript(`${VALUE}${IS_OURS}
local changed = false
for i = 1, #ARGV, 3 do
  local id, algorithm, tail = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if not is_ours(id, algorithm) then return foreign() end
  local counter, reset = entries[id], entries[id .. '~']
  changed = changed or counter or entries[id .. '!']
  if counter then
    local last = math.min(counter[1], now + MAX_WINDOW) + tail
    entries[id .. '~'] = {math.max(last, reset and reset[1] or 0), microseconds}
  end
  entries[id] = nil
  entries[id .. '!'] = nil
end
if changed then write() end
return 0
`)

export function resetArguments(policies: readonly RedisPolicy[]): string[] {
  return policies.flatMap(({ id, algorithm, tail }) => [id, algorithm, String(tail)])
}
