-- Sends GET / with an Accept-Language that is always the same, one of a thousand in turn, new each time, or new in
-- each of its 32 languages.
-- Arguments: fixed <header> | cycle | unique <where to begin> | ranges <where to begin>

local LETTERS = 'abcdefghijklmnopqrstuvwxyz'

local function language(n)
  local first, second = n % 26 + 1, math.floor(n / 26) % 26 + 1
  return LETTERS:sub(first, first) .. LETTERS:sub(second, second)
end

local function header(n)
  return string.format('%s-%s;q=0.%03d,de;q=0.%03d,en;q=0.%03d',
    language(n), language(n + 7):upper(), n % 1000, math.floor(n / 676) % 1000, math.floor(n / 676000) % 1000)
end

-- Languages have three letters here, and regions three digits.
local function ranges(n)
  local made = {}
  for i = 1, 32 do
    local m = n * 32 + i
    made[i] = string.format('%s%s-%03d', language(m), LETTERS:sub(m % 25 + 1, m % 25 + 1), m % 1000)
  end
  return table.concat(made, ',')
end

function init(args)
  local mode, value = args[1], args[2]
  if mode == 'fixed' then
    if value ~= '' then wrk.headers['Accept-Language'] = value end
    return
  end
  local n = tonumber(value) or 0
  local new = mode == 'unique' and header or mode == 'ranges' and ranges
  local made = {}
  function request()
    n = n + 1
    if new then
      wrk.headers['Accept-Language'] = new(n)
      return wrk.format()
    end
    local turn = n % 1000
    if made[turn] == nil then
      wrk.headers['Accept-Language'] = header(turn)
      made[turn] = wrk.format()
    end
    return made[turn]
  end
end

function done(summary)
  local errors = summary.errors
  io.write(string.format('{"requests":%d,"microseconds":%d,"refused":%d,"failed":%d}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
