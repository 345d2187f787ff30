import { createScript } from './client.ts'
import type { RedisPolicy } from './policy.ts'
import { IS_OURS, VALUE } from './value.ts'
import type { Limits } from '../store.ts'

/** Takes off what a request was counted with, where it still counts: never below zero. */
export const GIVE_BACK = createScript(`${VALUE}${IS_OURS}
local cost = tonumber(ARGV[1])
local receipt = tonumber(ARGV[2])
local counted = math.floor(receipt / 1000)

-- Each returns the place of the request in its counter, if it is there.
local KINDS = {}

function KINDS.fixed(counter, window)
  return counter[1] - tonumber(window) <= counted and counted < counter[1] and 2
end

function KINDS.calendar(counter, window)
  local starts, ends = string.match(window, '(%S+) (%S+)')
  return counter[1] == ends + SET_BACK and tonumber(starts) <= now and now < tonumber(ends) and 2
end

function KINDS.sliding(counter, window)
  local place = 3 + counter[2] - math.floor(counted / (window / PARTS))
  return place >= 3 and place <= PARTS_KEPT + 2 and place
end

local changed = false
for i = 3, #ARGV, 3 do
  local id, window, algorithm = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if not is_ours(id, algorithm) then return foreign() end
  local counter, reset = entries[id], entries[id .. '~']
  if counter and not (reset and receipt <= reset[2]) then
    local place = KINDS[algorithm](counter, window)
    if place and counter[place] > 0 then
      changed = true
      counter[place] = math.max(0, counter[place] - cost)
      -- The next request begins a window.
      if algorithm == 'fixed' and counter[2] == 0 then entries[id] = nil end
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
