import { isArray } from '../../guard/read.ts'
import { PARTS, PARTS_KEPT } from './parts.ts'
import { SET_BACK } from './set-back.ts'
import { countedWindow, MAX_WINDOW } from '../window.ts'
import { MAX_INTEGER } from '../numbers.ts'
import { idOf } from './identity.ts'
import type { Decision, Limit, Standing } from './store.ts'

/**
 * Counts one request against all limits, or against none when one refuses, in two commands. All counters of a client
 * are one value, a MessagePack map from limit to counter. A counter is a list that begins with its end in milliseconds
 * since the epoch; the rest belongs to its algorithm. A fixed window has its count. A sliding window, which
 * never lets more than the limit into any span as long, has the number of its newest part, that part's count, the count
 * of the part before, and so on. An old part counts until a window has passed since its end, the newest until a window
 * has passed since its last request. The time is the server's: the machines' clocks do not matter. Values are read as
 * hostile: one that this script did not write stays as it is, and nothing here takes longer for it.
 *
 * Machines with another version of this script may count in the same value. A script leaves counters that it does not
 * know until their end, and an algorithm that counts otherwise needs another name in `idOf`.
 */
export const SCRIPT = `
local DAY = 86400000
local PARTS = ${PARTS}
local PARTS_KEPT = ${PARTS_KEPT}
local SHORTEST = {day = DAY, month = 28 * DAY}
local LONGEST = {day = DAY, month = 31 * DAY}
local MAX_WINDOW = ${countedWindow(MAX_WINDOW)}
local SET_BACK = ${SET_BACK}
-- No value is as large, whatever windows a client has open.
local MAX_BYTES = 65536
local MAX_WHOLE = 9007199254740991
local MAX_LIMIT = ${MAX_INTEGER}

local function foreign()
  return redis.error_reply('WRONGTYPE The value is none of the rate limiter')
end

-- NaN compares to nothing.
local function is_whole(number, max)
  return type(number) == 'number' and number >= 0 and number <= max and number % 1 == 0
end

-- A calendar window, which ends at midnight, is kept for as long as the clock may be set back into it.
local function kept_until(ends)
  return ends % DAY == 0 and ends + SET_BACK or ends
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local cost = tonumber(ARGV[1])

local packed = redis.call('GET', KEYS[1])
local counters = {}
if packed then
  if #packed > MAX_BYTES then return foreign() end
  local ok, rest, unpacked = pcall(cmsgpack.unpack_one, packed)
  if not ok or rest ~= -1 or type(unpacked) ~= 'table' or not next(unpacked) then return foreign() end
  for id, counter in pairs(unpacked) do
    if type(id) ~= 'string' or type(counter) ~= 'table' or not is_whole(counter[1], MAX_WHOLE) then return foreign() end
    if kept_until(counter[1]) > now then counters[id] = counter end
  end
end
-- True once a window shows that the server's clock was set back. It then begins again with what was counted.
local set_back = false

local function end_of_month(time)
  local days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
  local year = 1970 + math.floor(time / DAY / 366)
  local day = 365 * (year - 1970) + math.floor((year - 1969) / 4) - math.floor((year - 1901) / 100) + math.floor((year - 1601) / 400)
  while true do
    local leap = (year % 4 == 0 and year % 100 ~= 0) or year % 400 == 0
    for month = 1, 12 do
      day = day + days[month] + (month == 2 and leap and 1 or 0)
      if day * DAY > time then return day * DAY end
    end
    year = year + 1
  end
end

local function end_of_window(window, time)
  if window == 'day' then return (math.floor(time / DAY) + 1) * DAY end
  if window == 'month' then return end_of_month(time) end
  return time + window
end

-- Tells whether a calendar window is the next one, which had begun before the clock was set back by a little.
local function has_begun(window, ends, next_ends)
  return LONGEST[window] and ends - now <= SET_BACK and end_of_window(window, ends) == next_ends
end

local function fixed(counter, limit, window)
  local ends
  if not counter then
    ends = end_of_window(window, now)
    counter = {ends, 0}
  elseif #counter ~= 2 or not is_whole(counter[2], MAX_LIMIT) then
    return nil
  elseif counter[1] - now > (SHORTEST[window] or window) then
    ends = end_of_window(window, now)
    if counter[1] > ends and not has_begun(window, ends, counter[1]) then
      counter[1] = ends
      set_back = true
    end
  else
    ends = counter[1]
  end
  local wait = 0
  if cost > limit then
    wait = LONGEST[window] or window
  elseif counter[2] + cost > limit then
    wait = ends - now
  end
  return counter, counter[2], wait, ends
end

local function is_sliding(counter)
  if #counter ~= PARTS_KEPT + 2 or not is_whole(counter[2], MAX_WHOLE) then return false end
  for i = 3, PARTS_KEPT + 2 do
    if not is_whole(counter[i], MAX_LIMIT) then return false end
  end
  return true
end

local function sliding(counter, limit, window)
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

local policies = {}
local allowed = true
for i = 2, #ARGV, 4 do
  local id, limit = ARGV[i], tonumber(ARGV[i + 1])
  local window = tonumber(ARGV[i + 2]) or ARGV[i + 2]
  local kind = ARGV[i + 3] == 'sliding' and sliding or fixed
  local before = counters[id]
  if before and before[1] <= now then before = nil end
  local counter, used, wait, ends = kind(before, limit, window)
  if not counter then return foreign() end
  if wait > 0 then allowed = false end
  policies[#policies + 1] = {id, limit, window, kind, counter, used, wait, ends}
end

local answer = {}
for i, policy in ipairs(policies) do
  local id, limit, window, kind, counter, used, wait, ends = unpack(policy)
  if allowed then
    used = used + cost
    if kind == sliding then
      ends = now + window
      counter[1] = ends
      counter[3] = counter[3] + cost
    else
      counter[2] = counter[2] + cost
    end
  end
  if used > 0 then counters[id] = counter end
  -- More than the limit is used where it was lowered, or where the clock was set back and old parts count once more.
  answer[3 * i - 2] = math.max(0, limit - used)
  answer[3 * i - 1] = used > 0 and ends - now or 0
  answer[3 * i] = wait
end

if allowed or set_back then
  local last = now
  for _, counter in pairs(counters) do last = math.max(last, math.min(kept_until(counter[1]), now + MAX_WINDOW)) end
  redis.call('SET', KEYS[1], cmsgpack.pack(counters), 'PX', last - now)
end
return answer
`

/** Returns the arguments of the script that stand for the limits. */
export function scriptArguments(limits: readonly Limit[]): string[] {
  return limits.flatMap((limit) => [
    idOf(limit),
    String(limit.limit!),
    String(countedWindow(limit.window)),
    limit.algorithm,
  ])
}

/**
 * Reads the answer of the script.
 *
 * @throws Error - when another script must have answered
 */
export function readDecision(answer: unknown, limits: number): Decision {
  if (!isArray(answer) || answer.length !== 3 * limits) throw new Error('Redis answered something else')
  const standings: Standing[] = []
  const violated: number[] = []
  let retryAfter = 0
  for (let index = 0; index < limits; index++) {
    const wait = readNumber(answer[3 * index + 2]) / 1000
    standings.push({
      remaining: readNumber(answer[3 * index]),
      resetAfter: readNumber(answer[3 * index + 1]) / 1000,
    })
    if (wait > 0) violated.push(index)
    if (wait > retryAfter) retryAfter = wait
  }
  return { allowed: violated.length === 0, standings, violated, retryAfter }
}

/** Clients can be told to return numbers as strings. */
function readNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number === 'number' && number >= 0 && Number.isSafeInteger(number)) return number
  throw new Error('Redis answered something else')
}
