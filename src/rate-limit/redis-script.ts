import { createHash } from 'node:crypto'
import { isArray } from '../core/read.ts'
import type { Policy } from './policy.ts'
import type { Decision, Standing } from './store.ts'

/** Parts in one sliding window. A window may begin and end inside a part, and rounding may cost one more. */
const PARTS = 8

/**
 * Counts one request against all policies, or against none when one refuses, in two commands. All counters of a client
 * are one value, a map from policy to `{ end, count }`. A sliding window, which never lets more than the limit into any
 * span as long, counts by eighths: `{ end, newest part, its count, that of the part before, … }`. An old part counts
 * until a window has passed since its end, the newest until a window has passed since its last request. The time is the
 * server's: the machines' clocks do not matter.
 */
export const SCRIPT = `
local DAY = 86400000
local PARTS = ${PARTS}
local LONGEST = {day = DAY, month = 31 * DAY}
local FOREIGN = 'WRONGTYPE The value is none of the rate limiter'

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local cost = tonumber(ARGV[1])

local packed = redis.call('GET', KEYS[1])
local counters = {}
if packed then
  local ok, unpacked = pcall(cmsgpack.unpack, packed)
  if not ok or type(unpacked) ~= 'table' then return redis.error_reply(FOREIGN) end
  for id, counter in pairs(unpacked) do
    if type(counter) ~= 'table' or type(counter[1]) ~= 'number' then return redis.error_reply(FOREIGN) end
    if counter[1] > now then counters[id] = counter end
  end
end
-- Whether the server's clock was set back. Windows then begin again with what was counted.
local set_back = false

local function end_of_month()
  local days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
  local year = 1970 + math.floor(now / DAY / 366)
  local day = 365 * (year - 1970) + math.floor((year - 1969) / 4) - math.floor((year - 1901) / 100) + math.floor((year - 1601) / 400)
  while true do
    local leap = (year % 4 == 0 and year % 100 ~= 0) or year % 400 == 0
    for month = 1, 12 do
      day = day + days[month] + (month == 2 and leap and 1 or 0)
      if day * DAY > now then return day * DAY end
    end
    year = year + 1
  end
end

local function end_of_window(window)
  if window == 'day' then return (math.floor(now / DAY) + 1) * DAY end
  if window == 'month' then return end_of_month() end
  return now + window
end

local function fixed(counter, limit, window)
  local longest = LONGEST[window] or window
  if not counter then
    counter = {end_of_window(window), 0}
  elseif counter[1] - now > longest then
    counter[1] = end_of_window(window)
    set_back = true
  end
  local wait = 0
  if cost > limit then
    wait = longest
  elseif counter[2] + cost > limit then
    wait = counter[1] - now
  end
  return counter, counter[2], wait
end

local function sliding(counter, limit, window)
  local length = window / PARTS
  local part = math.floor(now / length)
  if not counter then
    counter = {0, part}
    for i = 3, PARTS + 4 do counter[i] = 0 end
  elseif counter[1] - window > now then
    counter[1] = now + window
    counter[2] = part
    set_back = true
  end
  while counter[2] < part do
    table.remove(counter)
    table.insert(counter, 3, 0)
    counter[2] = counter[2] + 1
  end
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
    while over > 0 do
      over = over - counter[i]
      local from = part + 3 - i
      wait = from < newest and math.ceil((from + 1) * length + window - now) or counter[1] - now
      i = i - 1
    end
  end
  return counter, used, wait, now + window
end

local policies = {}
local allowed = true
for i = 2, #ARGV, 4 do
  local id, limit = ARGV[i], tonumber(ARGV[i + 1])
  local window = tonumber(ARGV[i + 2]) or ARGV[i + 2]
  local kind = ARGV[i + 3] == 'sliding' and sliding or fixed
  local counter, used, wait, ends = kind(counters[id], limit, window)
  if wait > 0 then allowed = false end
  policies[#policies + 1] = {id, limit, counter, used, wait, ends}
end

local answer = {}
for i, policy in ipairs(policies) do
  local id, limit, counter, used, wait, ends = unpack(policy)
  if allowed then
    used = used + cost
    counter[ends and 3 or 2] = counter[ends and 3 or 2] + cost
    counter[1] = ends or counter[1]
  end
  if used > 0 then counters[id] = counter end
  answer[3 * i - 2] = limit - used
  answer[3 * i - 1] = used > 0 and counter[1] - now or 0
  answer[3 * i] = wait
end

if allowed or set_back then
  local last = now
  for _, counter in pairs(counters) do last = math.max(last, counter[1]) end
  redis.call('SET', KEYS[1], cmsgpack.pack(counters), 'PX', last - now)
end
return answer
`

/** The arguments of the script that stand for the policies. */
export function scriptArguments(policies: readonly Policy[]): string[] {
  return policies.flatMap((policy) => [
    idOf(policy),
    String(policy.limit),
    String(policy.window),
    policy.algorithm,
  ])
}

/** What one policy is counted under: a policy that is changed starts afresh. */
function idOf({ name, limit, window, algorithm }: Policy): string {
  const definition = JSON.stringify([name, limit, window, algorithm])
  return createHash('sha256').update(definition).digest('base64url').slice(0, 6)
}

/**
 * Reads the answer of the script.
 *
 * @throws Error - when it is none of this script's
 */
export function readDecision(answer: unknown, policies: number): Decision {
  if (!isArray(answer) || answer.length !== 3 * policies) throw new Error('Redis answered something else')
  const standings: Standing[] = []
  const violated: number[] = []
  let retryMs = 0
  for (let index = 0; index < policies; index++) {
    const wait = readNumber(answer[3 * index + 2])
    standings.push({
      remaining: readNumber(answer[3 * index]),
      resetMs: readNumber(answer[3 * index + 1]),
    })
    if (wait > 0) violated.push(index)
    if (wait > retryMs) retryMs = wait
  }
  return { allowed: violated.length === 0, standings, violated, retryMs }
}

/** Clients can be told to return numbers as strings. */
function readNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number === 'number' && number >= 0 && Number.isSafeInteger(number)) return number
  throw new Error('Redis answered something else')
}
