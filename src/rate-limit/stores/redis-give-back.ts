import { createScript } from './redis-client.ts'
import type { RedisPolicy } from './redis-policy.ts'
import { VALUE } from './redis-value.ts'
import type { Limits } from './store.ts'

/** Takes off what a request was counted with, where it still counts: never below zero. */
export const GIVE_BACK = createScript(`${VALUE}
local cost = tonumber(ARGV[1])
local receipt = tonumber(ARGV[2])
local counted = math.floor(receipt / 1000)

-- Each returns the place of the request in the counter, if it is there, and nil for a counter that is none of ours.
local KINDS = {}

function KINDS.fixed(counter, window)
  if not is_fixed(counter) then return nil end
  return counter[1] - tonumber(window) <= counted and counted < counter[1] and 2
end

function KINDS.calendar(counter, window)
  if not is_fixed(counter) then return nil end
  local starts, ends = string.match(window, '(%S+) (%S+)')
  return counter[1] == ends + SET_BACK and tonumber(starts) <= now and now < tonumber(ends) and 2
end

function KINDS.sliding(counter, window)
  if not is_sliding(counter) then return nil end
  local place = 3 + counter[2] - math.floor(counted / (window / PARTS))
  return place >= 3 and place <= PARTS_KEPT + 2 and place
end

local changed = false
for i = 3, #ARGV, 3 do
  local id, window, kind = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local counter, reset = entries[id], entries[id .. '~']
  if reset and (#reset ~= 2 or not is_whole(reset[2], MAX_WHOLE)) then return foreign() end
  if counter and not (reset and receipt <= reset[2]) then
    local place = KINDS[kind](counter, window)
    if place == nil then return foreign() end
    if place and counter[place] > 0 then
      changed = true
      counter[place] = math.max(0, counter[place] - cost)
      -- The next request begins a window.
      if kind == 'fixed' and counter[2] == 0 then entries[id] = nil end
    end
  end
end
if changed then write() end
return 0
`)

/** Returns its arguments for a request that was counted at a time, in microseconds since the epoch. */
export function giveBackArguments(
  cost: number,
  policies: readonly RedisPolicy[],
  limits: Limits,
  receipt: number,
): string[] {
  const args = [String(cost), String(receipt)]
  for (const [index, { id, algorithm, windowAt }] of policies.entries()) {
    if (limits[index] !== undefined) args.push(id, windowAt(receipt / 1000), algorithm)
  }
  return args
}
