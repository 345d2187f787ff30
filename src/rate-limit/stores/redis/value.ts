import { MAX_INTEGER } from '../../numbers.ts'
import { MAX_WINDOW } from '../../window.ts'
import { PARTS, PARTS_KEPT } from '../parts.ts'
import { SET_BACK } from '../set-back.ts'

/**
 * Every script begins with this. All that is kept of a client is one value, a MessagePack map from ids to lists. Each
 * list begins with the time until which it matters, in milliseconds since the epoch. The rest belongs to its kind:
 *
 * - A fixed window has its count.
 * - A calendar window has its count. It matters for as long after its end as the clock may be set back into it.
 * - A sliding window, which never lets more than the limit into any span as long, has the number of its newest part,
 *   that part's count, the count of the part before, and so on. An old part counts until a window has passed since its
 *   end, the newest until a window has passed since its last request.
 * - A block (`{id}!`) has its length.
 * - A reset (`{id}~`) has its own time in microseconds. What was counted before may not be given back any more.
 *
 * The time is the server's: the machines' clocks do not matter. Values are read as hostile: one that these scripts did
 * not write stays as it is, and nothing here takes longer for it.
 *
 * Machines with other versions of the scripts may use the same value. A script leaves lists that it does not know until
 * their time, and an algorithm that counts otherwise needs another name in `idOf`.
 */
export const VALUE = `
local PARTS = ${PARTS}
local PARTS_KEPT = ${PARTS_KEPT}
local SET_BACK = ${SET_BACK}
local MAX_WINDOW = ${MAX_WINDOW * 1000}
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

local function is_fixed(counter)
  return #counter == 2 and is_whole(counter[2], MAX_LIMIT)
end

local function is_sliding(counter)
  if #counter ~= PARTS_KEPT + 2 or not is_whole(counter[2], MAX_WHOLE) then return false end
  for i = 3, PARTS_KEPT + 2 do
    if not is_whole(counter[i], MAX_LIMIT) then return false end
  end
  return true
end

local time = redis.call('TIME')
local microseconds = time[1] * 1000000 + time[2]
local now = math.floor(microseconds / 1000)

local packed = redis.call('GET', KEYS[1])
local entries = {}
if packed then
  if #packed > MAX_BYTES then return foreign() end
  local ok, rest, unpacked = pcall(cmsgpack.unpack_one, packed)
  if not ok or rest ~= -1 or type(unpacked) ~= 'table' or not next(unpacked) then return foreign() end
  for id, entry in pairs(unpacked) do
    if type(id) ~= 'string' or type(entry) ~= 'table' or not is_whole(entry[1], MAX_WHOLE) then return foreign() end
    if entry[1] > now then entries[id] = entry end
  end
end

local function write()
  local last = now
  for _, entry in pairs(entries) do
    if entry[1] > last then last = entry[1] end
  end
  if last == now then return redis.call('DEL', KEYS[1]) end
  redis.call('SET', KEYS[1], cmsgpack.pack(entries), 'PX', math.min(last - now, MAX_WINDOW))
end
`

/** Scripts that tell no decision go on with this. */
export const IS_OURS = `
-- Tells whether all that is kept of a policy is as these scripts write it.
local function is_ours(id, algorithm)
  local counter, block, reset = entries[id], entries[id .. '!'], entries[id .. '~']
  if block and not (#block == 2 and is_whole(block[2], MAX_WINDOW)) then return false end
  if reset and not (#reset == 2 and is_whole(reset[2], MAX_WHOLE)) then return false end
  if algorithm == 'sliding' then return not counter or is_sliding(counter) end
  return not counter or is_fixed(counter)
end
`
