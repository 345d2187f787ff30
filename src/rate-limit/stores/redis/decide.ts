import { createScript } from './client.ts'
import type { RedisPolicy } from './policy.ts'
import { VALUE } from './value.ts'
import type { Limits } from '../store.ts'

/** Counts a request, or tells only what would be decided. */
export type DecideCommand = 'consume' | 'peek'

/**
 * Counts one request against all limits, or against none when one refuses, in two commands. To `peek` writes nothing.
 *
 * The answer is the time in microseconds at which the request was counted, or 0, then for each policy what remains, the
 * time to its reset and the time to wait. It is the server's time alone where that lies in none of the windows of a
 * calendar that the arguments tell.
 */
export const DECIDE = createScript(`${VALUE}
local counts = ARGV[1] == 'consume'
local cost = tonumber(ARGV[2])
-- True once an entry shows that the server's clock was set back. It then begins again with what was counted.
local set_back = false

local function fixed(counter, limit, window)
  window = tonumber(window)
  if not counter then
    counter = {now + window, 0}
  elseif not is_fixed(counter) then
    return nil
  elseif counter[1] - now > window then
    counter[1] = now + window
    set_back = true
  end
  local ends, used, wait = counter[1], counter[2], 0
  if cost > limit then
    wait = window
  elseif used + cost > limit then
    wait = ends - now
  end
  return counter, used, wait, ends
end

-- Returns the ends of the window that holds the time, and of the next one.
local function window_now(window)
  local starts, ends, next_ends, rest = string.match(window, '(%S+) (%S+) (%S+) (.+)')
  starts, ends = tonumber(starts), tonumber(ends)
  if now >= starts and now < ends then return ends, next_ends end
  -- The clocks differ, or it was midnight on the way.
  local last_ends, first_starts = string.match(rest, '(%S+) (%S+)')
  if now >= ends and now < tonumber(next_ends) then return tonumber(next_ends), last_ends end
  if now < starts and now >= tonumber(first_starts) then return starts, ends end
end

-- True once the windows of a calendar are not told for the server's time.
local elsewhere = false

local function calendar(counter, limit, window)
  local ends, next_ends = window_now(window)
  if not ends then
    elsewhere = true
    return nil
  end
  if counter and not is_fixed(counter) then return nil end
  if not counter or counter[1] - SET_BACK <= now then
    counter = {ends + SET_BACK, 0}
  else
    local counted = counter[1] - SET_BACK
    -- A machine with other rules for the time zone has another end.
    if counted < ends then ends = counted end
    -- The next window may have begun before the clock was set back by a little.
    if counted > ends and not (counted == tonumber(next_ends) and ends - now <= SET_BACK) then
      counter[1] = ends + SET_BACK
      set_back = true
    end
  end
  local used, wait = counter[2], 0
  if cost > limit then
    wait = tonumber(string.match(window, '%S+$'))
  elseif used + cost > limit then
    wait = ends - now
  end
  return counter, used, wait, ends
end

local function sliding(counter, limit, window)
  window = tonumber(window)
  local length = window / PARTS
  local part = math.floor(now / length)
  if not counter then
    counter = {0, part}
    for i = 3, PARTS_KEPT + 2 do counter[i] = 0 end
  elseif not is_sliding(counter) then
    return nil
  elseif counter[1] - window > now then
    counter[1] = now + window
    counter[2] = part
    set_back = true
  end
  for _ = 1, math.min(part - counter[2], PARTS_KEPT) do
    table.remove(counter)
    table.insert(counter, 3, 0)
  end
  counter[2] = part
  local oldest = part + 3 - math.floor((now - window) / length)
  local used = 0
  for i = 3, oldest do used = used + counter[i] end
  local wait = 0
  if cost > limit then
    wait = window
  else
    local newest = math.floor((counter[1] - window) / length)
    local over = used + cost - limit
    local i = oldest
    while over > 0 and i >= 3 do
      over = over - counter[i]
      local from = part + 3 - i
      wait = from < newest and math.ceil((from + 1) * length + window - now) or counter[1] - now
      i = i - 1
    end
  end
  return counter, used, wait, counter[1]
end

-- Returns how long a policy is blocked, and nil for a block that is none of ours.
local function time_of(block)
  if #block ~= 2 or not is_whole(block[2], MAX_WINDOW) then return nil end
  if block[1] - now > block[2] then
    block[1] = now + block[2]
    set_back = true
  end
  return block[1] - now
end

local KINDS = {fixed = fixed, calendar = calendar, sliding = sliding}
local policies = {}
local allowed = true
for i = 3, #ARGV, 4 do
  local id, limit, window, kind = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2], KINDS[ARGV[i + 3]]
  local counter, used, wait, ends = nil, 0, 0, now
  if limit then
    counter, used, wait, ends = kind(entries[id], limit, window)
    if elsewhere then return now end
    if not counter then return foreign() end
  end
  local block = entries[id .. '!']
  if block then
    block = time_of(block)
    if not block then return foreign() end
    wait = math.max(wait, block)
  end
  if wait > 0 then allowed = false end
  policies[#policies + 1] = {id, limit, window, kind, counter, used, wait, ends, block}
end

local counted = false
local answer = {0}
for i, policy in ipairs(policies) do
  local id, limit, window, kind, counter, used, wait, ends, block = unpack(policy, 1, 9)
  local remaining, reset = 0, 0
  if limit then
    if allowed and counts then
      counted = true
      used = used + cost
      if kind == sliding then
        ends = now + window
        counter[1] = ends
        counter[3] = counter[3] + cost
      else
        counter[2] = counter[2] + cost
      end
    end
    if used > 0 then
      entries[id] = counter
      reset = ends - now
    end
    if block then
      reset = math.max(reset, block)
    elseif used < limit then
      -- More may be used: where the limit was lowered, or where the clock was set back and old parts count once more.
      remaining = limit - used
    end
  end
  answer[3 * i - 1] = remaining
  answer[3 * i] = reset
  answer[3 * i + 1] = wait
end
if counted then answer[1] = microseconds end
if counted or (set_back and counts) then write() end
return answer
`)

/** Returns its arguments for a request at a time, in milliseconds since the epoch. */
export function decideArguments(
  command: DecideCommand,
  cost: number,
  policies: readonly RedisPolicy[],
  limits: Limits,
  time: number,
): string[] {
  const args = [command, String(cost)]
  for (const [index, { id, algorithm, windowAround }] of policies.entries()) {
    args.push(id, String(limits[index] ?? '-'), windowAround(time), algorithm)
  }
  return args
}
