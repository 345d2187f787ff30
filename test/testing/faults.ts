/** What can be wrong with a store, as a change of the guide's. */
export interface Fault {
  readonly fault: string
  /** Texts that the guide's store has once, and what stands there instead. */
  readonly edits: readonly (readonly [from: string, to: string])[]
  /** The cases of the contract that find it: these, and no others. */
  readonly found: readonly string[]
}

const COUNTED = 'return { ...decision, standings: standingsOf(rows, numbers, now), receipt }'
const REFUSED = 'if (!decision.allowed) return decision'
const CONSUME = 'consume(key, cost, numbers = own) {'
const PEEK = 'return decide(key, cost, numbers, Date.now())'
const GIVE_BACK = 'table = table.filter((row) => !isOurs(row, key) || row.request !== receipt)'
const RESET = 'table = table.filter((row) => !isOurs(row, key))'
const CLEAR_BLOCK = 'table = table.filter((row) => !isOurs(row, key) || row.request !== BLOCK)'
const END = "return algorithm === 'fixed' && open ? open.ends : now + lengthOf(window)"
const CALENDAR = "if (typeof window !== 'number') return window.periodAt(now).end"
const IDENTITY = "return JSON.stringify([name, typeof window === 'number' ? window : window.name, algorithm])"
const IDS = 'const ids = limits.map(idOf)'
const VIOLATED = 'violated: waits.flatMap((wait, i) => (wait > 0 ? [i] : []))'
const FREE = 'usedAfter(time, own) + cost <= number'

/** Has each refused request counted by some of the limits. */
const countRefused = (numbers: string): string =>
  `if (!decision.allowed) { add(key, cost, ${numbers}, ++requests, now); return decision }`

export const FAULTS: readonly Fault[] = [
  // consume
  {
    fault: 'standings are in the opposite order',
    edits: [[COUNTED, COUNTED.replace('now)', 'now).toReversed()')]],
    found: [
      'an allowed request has a standing with each limit, in their order and after it was counted',
      'a standing tells the seconds until the whole limit is free again',
      'the numbers of a request go before those that the store was made with',
      'a calendar window ends when its calendar says so',
      'the number of a limit is no part of what is counted together, nor is its place',
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
    ],
  },
  {
    fault: 'an allowed request has something to wait for',
    edits: [[COUNTED, COUNTED.replace('receipt', 'retryAfter: 1, receipt')]],
    found: [
      'an allowed request violates nothing and has nothing to wait for',
      'a limit that is undefined for a request has no standing and refuses nobody',
    ],
  },
  {
    fault: 'violated is left out of what is allowed',
    edits: [[COUNTED, COUNTED.replace('receipt', 'violated: undefined!, receipt')]],
    found: [
      'an allowed request violates nothing and has nothing to wait for',
      'a limit that is undefined for a request has no standing and refuses nobody',
    ],
  },
  {
    fault: 'a limit holds one unit more',
    edits: [[FREE, `${FREE} + 1`]],
    found: [
      'the request that fills a limit passes, and the next one is refused',
      'a request counts against all limits, or against none of them when one refuses',
      'a refusal names all limits that refuse, in their order',
      'a refusal tells the seconds until the same request would pass: the longest wait of all limits',
      'a request takes as many units as it costs',
      'the longest window, of 400 days, is counted in',
      'the highest limit and cost are counted exactly',
      'a request without numbers has those that the store was made with',
      'a fixed window ends when it was told to, and the next one is whole',
      'a fixed window is prolonged by no request',
      'a sliding window never lets more than the limit into any span as long',
      'a sliding window comes free bit by bit, when it was told to',
      'with the next calendar window a key counts anew',
      'keys count apart, whatever is in them',
      'parallel requests are counted one by one, and exactly as many pass as the limit says',
      'parallel requests to two stores pass exactly as often as the limit says',
      'peek tells what a request would get, with the standings before it',
      'while a key is blocked, the longer of the block and the limits is waited for',
    ],
  },
  {
    fault: 'a limit of one holds none',
    edits: [[FREE, 'usedAfter(time, own) + cost <= (number < 2 ? 0 : number)']],
    found: [
      'a refusal tells the seconds until the same request would pass: the longest wait of all limits',
      'the longest window, of 400 days, is counted in',
      'a limit that is undefined for a request has no standing and refuses nobody',
      'the shortest window, of a millisecond, passes',
      'keys count apart, whatever is in them',
    ],
  },
  {
    fault: 'a refused request is counted',
    edits: [[REFUSED, countRefused('numbers')]],
    found: [
      'a request counts against all limits, or against none of them when one refuses',
      'a request takes as many units as it costs',
      'the highest limit and cost are counted exactly',
      'a sliding window comes free bit by bit, when it was told to',
      'parallel requests are counted one by one, and exactly as many pass as the limit says',
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
      'requests of a blocked key are not counted, and what was counted before stays',
    ],
  },
  {
    fault: 'a refused request is counted by the limits before the one that refuses',
    edits: [
      [REFUSED, countRefused('numbers.map((number, i) => i < decision.violated[0]! ? number : undefined)')],
    ],
    found: [
      'a request counts against all limits, or against none of them when one refuses',
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
    ],
  },
  {
    fault: 'a refused request is counted by the limits that have room',
    edits: [
      [
        REFUSED,
        countRefused('numbers.map((number, i) => decision.violated.includes(i) ? undefined : number)'),
      ],
    ],
    found: [
      'a request counts against all limits, or against none of them when one refuses',
      'parallel requests are counted one by one, and exactly as many pass as the limit says',
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
    ],
  },
  {
    fault: 'only the first limit that refuses is named',
    edits: [[VIOLATED, `${VIOLATED}.slice(0, 1)`]],
    found: [
      'a refusal names all limits that refuse, in their order',
      'block uses up all limits of a key, for as long as it lasts',
      'peek tells of a block',
    ],
  },
  {
    fault: 'limits that refuse are named backwards',
    edits: [[VIOLATED, `${VIOLATED}.toReversed()`]],
    found: [
      'a refusal names all limits that refuse, in their order',
      'block uses up all limits of a key, for as long as it lasts',
      'peek tells of a block',
    ],
  },
  {
    fault: 'the shortest wait is told',
    edits: [
      [
        'Math.max(block - now, ...waits)',
        'Math.max(block - now, waits.some((wait) => wait > 0) ? Math.min(...waits.filter((wait) => wait > 0)) : 0)',
      ],
    ],
    found: [
      'a refusal tells the seconds until the same request would pass: the longest wait of all limits',
      'while a key is blocked, the longer of the block and the limits is waited for',
    ],
  },
  {
    fault: 'a cost beyond the limit waits for nothing',
    edits: [['if (cost > number) return lengthOf(window)', 'if (cost > number) return 1']],
    found: [
      'a cost beyond the limit is refused for as long as the window, and counts nothing',
      'a limit of 0 refuses every request for as long as the window, and counts nothing',
      'a cost beyond the limit of a calendar window waits for as long as the longest',
      'peek takes the numbers of a request',
    ],
  },
  {
    fault: 'times have 32 bits',
    edits: [['* 1000)\n}', '* 1000) | 0\n}']],
    found: ['the longest window, of 400 days, is counted in'],
  },
  {
    fault: 'counts are of single precision',
    edits: [['(ends > time ? sum + cost : sum), 0)', '(ends > time ? Math.fround(sum + cost) : sum), 0)']],
    found: ['the highest limit and cost are counted exactly'],
  },
  {
    fault: 'remaining may be negative',
    edits: [['Math.max(0, number - usedAfter(now, own))', 'number - usedAfter(now, own)']],
    found: [
      'a number below what was counted refuses, with nothing left and not less',
      'a limit that is undefined for a request has no standing and refuses nobody',
      'block uses up all limits of a key, for as long as it lasts',
      'block also refuses a request that no limit counts',
      'peek tells of a block',
    ],
  },
  // limits of the request
  {
    fault: 'the numbers of a request stay for the next one',
    edits: [
      ['const own = limits', 'let own: Limits = limits'],
      [CONSUME, `${CONSUME}\n own = numbers`],
    ],
    found: [
      'a request without numbers has those that the store was made with',
      'a limit that is undefined for a request does not count it',
      'giveBack leaves out the limits that did not count the request',
    ],
  },
  {
    fault: 'a count begins anew with another number',
    edits: [
      ['const ids = limits', 'let ids = limits'],
      [
        CONSUME,
        `${CONSUME}\n ids = limits.map((limit, i) => idOf(limit) + (numbers[i] === limit.limit ? '' : numbers[i]))`,
      ],
    ],
    found: [
      'a request without numbers has those that the store was made with',
      'a number that changes keeps what was counted',
      'a number below what was counted refuses, with nothing left and not less',
      'a limit that is undefined for a request has no standing and refuses nobody',
      'block also refuses a request that no limit counts',
    ],
  },
  {
    fault: 'undefined does not refuse, and is counted',
    edits: [['if (numbers[i] === undefined) return []\n', '']],
    found: ['a limit that is undefined for a request does not count it'],
  },
  {
    fault: 'undefined is a limit of 0',
    edits: [[CONSUME, `${CONSUME}\n numbers = numbers.map((number) => number ?? 0)`]],
    found: [
      'a limit that is undefined for a request has no standing and refuses nobody',
      'a limit that is undefined for a request does not count it',
      'block also refuses a request that no limit counts',
    ],
  },
  {
    fault: 'a limit of undefined is left out of the standings',
    edits: [[COUNTED, COUNTED.replace('now)', 'now).filter((one) => one !== undefined)')]],
    found: ['a limit that is undefined for a request has no standing and refuses nobody'],
  },
  {
    fault: 'a limit of 0 is none',
    edits: [['if (number === undefined) return 0\n', 'if (!number) return 0\n']],
    found: [
      'a limit of 0 refuses every request for as long as the window, and counts nothing',
      'peek takes the numbers of a request',
    ],
  },
  // windows
  {
    fault: 'a fixed window is prolonged by each request',
    edits: [
      [END, END.replace('open.ends', 'now + lengthOf(window)')],
      [
        'table = [...table, ...added]',
        'table = [...table.map((row) => { const same = added.find(({ limit }) => limit === row.limit && row.key === key); return same && row.request !== BLOCK ? { ...row, ends: same.ends } : row }), ...added]',
      ],
    ],
    found: [
      'a fixed window is prolonged by no request',
      'a sliding window comes free bit by bit, when it was told to',
    ],
  },
  {
    fault: 'a sliding window is a fixed one',
    edits: [[END, END.replace("algorithm === 'fixed' && open", 'open')]],
    found: [
      'a sliding window never lets more than the limit into any span as long',
      'a sliding window is free again a window after the last request',
    ],
  },
  {
    fault: 'a fixed window slides',
    edits: [[END, 'return now + lengthOf(window)']],
    found: ['a fixed window is prolonged by no request'],
  },
  {
    fault: 'a sliding window waits for its last request',
    edits: [
      [
        'const free = [now, ...endsOf(own)].find((time) => usedAfter(time, own) + cost <= number)',
        'const free = [now, endsOf(own).at(-1)!].find((time) => usedAfter(time, own) + cost <= number)',
      ],
    ],
    found: [
      'a sliding window comes free bit by bit, when it was told to',
      'while a key is blocked, the longer of the block and the limits is waited for',
    ],
  },
  {
    fault: 'all windows of a key end with the longest',
    edits: [
      [
        'table = [...table, ...added]',
        'const last = Math.max(0, ...added.map(({ ends }) => ends))\n table = [...table, ...added.map((row) => ({ ...row, ends: last }))]',
      ],
    ],
    found: [
      'a standing tells the seconds until the whole limit is free again',
      'windows of one key pass on their own',
      'a calendar window ends when its calendar says so',
      'peek tells what a request would get, with the standings before it',
      'reset forgets what was counted of a key, by all limits',
      'while a key is blocked, the longer of the block and the limits is waited for',
    ],
  },
  {
    fault: 'windows are whole minutes',
    edits: [
      [
        "return Math.round((typeof window === 'number' ? window : window.length) * 1000)",
        "return Math.ceil((typeof window === 'number' ? window : window.length) / 60) * 60_000",
      ],
    ],
    found: [
      'a fixed window ends when it was told to, and the next one is whole',
      'windows of one key pass on their own',
      'the shortest window, of a millisecond, passes',
      'a sliding window comes free bit by bit, when it was told to',
    ],
  },
  {
    fault: 'a window of a millisecond never ends',
    edits: [['return Math.round((', 'return window === 0.001 ? 1e9 : Math.round((']],
    found: ['the shortest window, of a millisecond, passes'],
  },
  // calendars
  {
    fault: 'a calendar window is a fixed one of its length',
    edits: [[CALENDAR, '']],
    found: [
      'a calendar window ends when its calendar says so',
      'with the next calendar window a key counts anew',
      'giveBack gives nothing back to the next calendar window',
    ],
  },
  {
    fault: 'a calendar window ends at midnight',
    edits: [[CALENDAR, "if (typeof window !== 'number') return new Date(now).setUTCHours(24, 0, 0, 0)"]],
    found: [
      'a calendar window ends when its calendar says so',
      'with the next calendar window a key counts anew',
      'giveBack gives nothing back to the next calendar window',
    ],
  },
  {
    fault: 'a calendar window is as long as a day',
    edits: [['window.length) * 1000', '86_400) * 1000']],
    found: ['a cost beyond the limit of a calendar window waits for as long as the longest'],
  },
  // keys
  {
    fault: 'keys are trimmed',
    edits: [[CONSUME, `${CONSUME}\n key = key.trim()`]],
    found: ['keys count apart, whatever is in them'],
  },
  {
    fault: 'keys have no case',
    edits: [[CONSUME, `${CONSUME}\n key = key.toLowerCase()`]],
    found: ['keys count apart, whatever is in them'],
  },
  {
    fault: 'keys are cut',
    edits: [[CONSUME, `${CONSUME}\n key = key.slice(0, 127)`]],
    found: ['keys count apart, whatever is in them'],
  },
  {
    fault: 'keys end at a colon',
    edits: [[CONSUME, `${CONSUME}\n key = key.split(':')[0]!`]],
    found: ['keys count apart, whatever is in them'],
  },
  {
    fault: 'keys with a quote fail',
    edits: [[CONSUME, `${CONSUME}\n if (key.includes("'")) throw new Error('syntax error')`]],
    found: ['keys count apart, whatever is in them'],
  },
  {
    fault: 'a request is decided before it is counted, and others in between',
    edits: [
      [CONSUME, `async ${CONSUME}`],
      [REFUSED, `${REFUSED}\n await null`],
    ],
    found: [
      'parallel requests are counted one by one, and exactly as many pass as the limit says',
      'parallel requests to two stores pass exactly as often as the limit says',
    ],
  },
  // stores of one factory
  {
    fault: 'each store counts for itself',
    edits: [
      ['  let table: readonly Row[] = []\n', ''],
      ['return (limits) => {', 'return (limits) => {\n let table: readonly Row[] = []'],
    ],
    found: [
      'the stores of one factory count together',
      'parallel requests to two stores pass exactly as often as the limit says',
      'the number of a limit is no part of what is counted together, nor is its place',
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
      'a store that is closed leaves the others of its factory open',
    ],
  },
  {
    fault: 'the number is part of what is counted together',
    edits: [[IDENTITY, IDENTITY.replace('name,', 'arguments[0].limit, name,')]],
    found: [
      'the number of a limit is no part of what is counted together, nor is its place',
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
    ],
  },
  {
    fault: 'the place is part of what is counted together',
    edits: [
      [IDS, 'const ids = limits.map((limit, i) => `${i}${idOf(limit)}`)'],
      ['row.limit === idOf(limit)', 'row.limit.endsWith(idOf(limit))'],
    ],
    found: [
      'the number of a limit is no part of what is counted together, nor is its place',
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
    ],
  },
  {
    fault: 'a limit is known by its window and algorithm alone',
    edits: [[IDENTITY, IDENTITY.replace('name,', '')]],
    found: [
      'limits with another name count apart',
      'reset leaves the limits of other stores as they are',
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
    ],
  },
  {
    fault: 'a limit is known by its name and algorithm alone',
    edits: [[IDENTITY, 'return JSON.stringify([name, algorithm])']],
    found: ['limits with another window count apart'],
  },
  {
    fault: 'a limit is known by its name and window alone',
    edits: [[IDENTITY, IDENTITY.replace(', algorithm]', ']')]],
    found: ['limits with another algorithm count apart'],
  },
  {
    fault: 'closing forgets all',
    edits: [['close() {}', 'close() { table = [] }']],
    found: ['a store that is closed leaves the others of its factory open'],
  },
  // peek
  {
    fault: 'peek counts',
    edits: [[PEEK, 'return this.consume(key, cost, numbers)']],
    found: [
      'peek tells what a request would get, with the standings before it',
      'peek counts nothing and begins no window',
    ],
  },
  {
    fault: 'peek begins a window',
    edits: [
      [PEEK, 'add(key, 0, numbers, ++requests, Date.now())\n return decide(key, cost, numbers, Date.now())'],
    ],
    found: [
      'peek tells what a request would get, with the standings before it',
      'peek counts nothing and begins no window',
    ],
  },
  {
    fault: 'peek ignores the cost',
    edits: [[PEEK, PEEK.replace('cost', '1')]],
    found: ['peek tells what a request would get, with the standings before it'],
  },
  {
    fault: 'peek ignores the numbers',
    edits: [[PEEK, PEEK.replace('numbers', 'own')]],
    found: ['peek takes the numbers of a request'],
  },
  {
    fault: 'peek knows no block',
    edits: [
      [
        PEEK,
        'const before = table\n table = table.filter(({ request }) => request !== BLOCK)\n const seen = decide(key, cost, numbers, Date.now())\n table = before\n return seen',
      ],
    ],
    found: ['peek tells of a block'],
  },
  // giveBack
  {
    fault: 'giveBack does nothing',
    edits: [[GIVE_BACK, '']],
    found: [
      'giveBack gives nothing back to the next calendar window',
      'giveBack gives all limits back what the request took',
      'giveBack never gives back more than was counted',
      'giveBack leaves out the limits that did not count the request',
      'a fixed window that giveBack has emptied is over',
      'giveBack takes out of a sliding window what has not passed out of it',
    ],
  },
  {
    fault: 'giveBack gives back to the first limit alone',
    edits: [[GIVE_BACK, GIVE_BACK.replace('row.request', 'row.limit !== ids[0] || row.request')]],
    found: [
      'giveBack gives all limits back what the request took',
      'giveBack leaves out the limits that did not count the request',
    ],
  },
  {
    fault: 'giveBack gives back all',
    edits: [[GIVE_BACK, RESET]],
    found: [
      'giveBack gives nothing back to the next calendar window',
      'giveBack gives all limits back what the request took',
      'giveBack leaves out the limits that did not count the request',
      'giveBack gives nothing back to a fixed window that began later',
      'giveBack takes out of a sliding window what has not passed out of it',
      'giveBack gives nothing back of what was counted before a reset',
    ],
  },
  {
    fault: 'giveBack gives back to all keys',
    edits: [
      [
        GIVE_BACK,
        'const from = table.find(({ request }) => request === receipt)\n table = table.map((row) => ids.includes(row.limit) && from ? { ...row, cost: Math.max(0, row.cost - from.cost) } : row)',
      ],
    ],
    found: [
      'giveBack gives nothing back to the next calendar window',
      'giveBack gives all limits back what the request took',
      'giveBack gives back to its own key alone',
      'giveBack leaves out the limits that did not count the request',
      'a fixed window that giveBack has emptied is over',
      'giveBack takes out of a sliding window what has not passed out of it',
    ],
  },
  {
    fault: 'giveBack lets counts fall below zero',
    edits: [[GIVE_BACK, 'add(key, -_cost, _numbers ?? own, ++requests, Date.now())']],
    found: [
      'giveBack gives nothing back to the next calendar window',
      'giveBack never gives back more than was counted',
      'a fixed window that giveBack has emptied is over',
      'giveBack gives nothing back to a fixed window that began later',
      'giveBack takes out of a sliding window what has not passed out of it',
      'giveBack gives nothing back of what was counted before a reset',
    ],
  },
  {
    fault: 'giveBack takes off what is counted now',
    edits: [
      [
        GIVE_BACK,
        'for (const id of ids.filter((_, i) => (_numbers ?? own)[i] !== undefined)) { let left = _cost\n table = table.map((row) => { if (!isOurs(row, key) || row.limit !== id || row.request === BLOCK) return row\n const off = Math.min(left, row.cost)\n left -= off\n return { ...row, cost: row.cost - off } }).filter(({ cost }) => cost > 0) }',
      ],
    ],
    found: [
      'giveBack gives nothing back to the next calendar window',
      'giveBack gives nothing back to a fixed window that began later',
      'giveBack takes out of a sliding window what has not passed out of it',
      'giveBack gives nothing back of what was counted before a reset',
    ],
  },
  {
    fault: 'giveBack leaves an empty window open',
    edits: [
      [
        GIVE_BACK,
        'table = table.map((row) => isOurs(row, key) && row.request === receipt ? { ...row, cost: 0 } : row)',
      ],
    ],
    found: ['a fixed window that giveBack has emptied is over'],
  },
  {
    fault: 'giveBack also gives back what did not count',
    edits: [
      [
        GIVE_BACK,
        'table = table.flatMap((row) => { if (!isOurs(row, key) || row.request === receipt) return row.request === receipt ? [] : [row]\n const i = ids.indexOf(row.limit)\n return _numbers && _numbers[i] === undefined ? [{ ...row, cost: Math.max(0, row.cost - _cost) }] : [row] })',
      ],
    ],
    found: ['giveBack leaves out the limits that did not count the request'],
  },
  // reset
  {
    fault: 'reset does nothing',
    edits: [['reset(key) {\n        ' + RESET, 'reset(key) {\n']],
    found: [
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
      'reset forgets what was counted of a key, by all limits',
      'reset ends a block',
    ],
  },
  {
    fault: 'reset forgets the first limit alone',
    edits: [
      [
        'reset(key) {\n        ' + RESET,
        'reset(key) {\n        ' +
          RESET.replace('!isOurs(row, key)', '!isOurs(row, key) || row.limit !== ids[0]'),
      ],
    ],
    found: ['reset forgets what was counted of a key, by all limits'],
  },
  {
    fault: 'reset forgets all limits of the key',
    edits: [
      ['reset(key) {\n        ' + RESET, 'reset(key) {\n table = table.filter((row) => row.key !== key)'],
    ],
    found: ['reset leaves the limits of other stores as they are'],
  },
  {
    fault: 'reset forgets keys that begin alike',
    edits: [
      [
        'reset(key) {\n        ' + RESET,
        'reset(key) {\n table = table.filter((row) => !row.key.startsWith(key))',
      ],
    ],
    found: ['reset leaves the limits of other stores as they are', 'reset leaves other keys as they are'],
  },
  {
    fault: 'reset leaves the block',
    edits: [
      [
        'reset(key) {\n        ' + RESET,
        'reset(key) {\n table = table.filter((row) => !isOurs(row, key) || row.request === BLOCK)',
      ],
    ],
    found: [
      'a limit that is blocked or reset is so in every store that has it, and no other limit is',
      'reset ends a block',
    ],
  },
  {
    fault: 'reset leaves the window open',
    edits: [
      [
        'reset(key) {\n        ' + RESET,
        'reset(key) {\n table = table.map((row) => isOurs(row, key) && row.request !== BLOCK ? { ...row, cost: 0, request: -1 } : row).filter((row) => !isOurs(row, key) || row.request !== BLOCK)',
      ],
    ],
    found: ['reset forgets what was counted of a key, by all limits'],
  },
  // block
  {
    fault: 'block uses up the first limit alone',
    edits: [['const blocks = ids.map(', 'const blocks = ids.slice(0, 1).map(']],
    found: [
      'block uses up all limits of a key, for as long as it lasts',
      'block also refuses a request that no limit counts',
      'peek tells of a block',
    ],
  },
  {
    fault: 'block leaves alone what no limit counts',
    edits: [['Math.max(block - now, ...waits)', 'Math.max(...waits)']],
    found: ['block also refuses a request that no limit counts'],
  },
  {
    fault: 'block waits for itself alone',
    edits: [
      [
        'const wait = Math.max(block - now, ...waits)',
        'const wait = block > now ? block - now : Math.max(...waits)',
      ],
    ],
    found: ['while a key is blocked, the longer of the block and the limits is waited for'],
  },
  {
    fault: 'block ends later than told',
    edits: [
      ['const ends = Date.now() + seconds * 1000', 'const ends = Date.now() + seconds * 100_000'],
      ['retryAfter: wait / 1000', 'retryAfter: wait / (block > now ? 100_000 : 1000)'],
      [
        'resetAfter: ((endsOf(own).at(-1) ?? now) - now) / 1000',
        'resetAfter: ((endsOf(own).at(-1) ?? now) - now) / (own.some(({ request }) => request === BLOCK) ? 100_000 : 1000)',
      ],
    ],
    found: [
      'while a key is blocked, the longer of the block and the limits is waited for',
      'requests of a blocked key are not counted, and what was counted before stays',
      'a block ends by itself, when it was told to',
    ],
  },
  {
    fault: 'block is never shortened',
    edits: [[CLEAR_BLOCK, '']],
    found: ['of several blocks the last one holds, also a shorter one'],
  },
  {
    fault: 'block forgets what was counted',
    edits: [[CLEAR_BLOCK, RESET]],
    found: [
      'while a key is blocked, the longer of the block and the limits is waited for',
      'requests of a blocked key are not counted, and what was counted before stays',
    ],
  },
  {
    fault: 'requests of a blocked key are counted',
    edits: [
      [
        REFUSED,
        `if (!decision.allowed && decision.standings.every((standing) => standing?.remaining === 0)) ${countRefused('numbers').slice('if (!decision.allowed) '.length)}\n ${REFUSED}`,
      ],
    ],
    found: [
      'a sliding window comes free bit by bit, when it was told to',
      'requests of a blocked key are not counted, and what was counted before stays',
    ],
  },
  {
    fault: 'block holds for keys that begin alike',
    edits: [
      [
        'const isOurs = (row: Row, key: string): boolean => row.key === key',
        'const isOurs = (row: Row, key: string): boolean => (row.request === BLOCK ? key.startsWith(row.key) : row.key === key)',
      ],
    ],
    found: ['block leaves other keys as they are'],
  },
  {
    fault: 'block holds for all limits of the key',
    edits: [
      [
        'const block = endsOf(rows.filter(({ request }) => request === BLOCK)).at(-1) ?? now',
        'const block = endsOf(table.filter((row) => row.key === key && row.request === BLOCK)).at(-1) ?? now',
      ],
    ],
    found: ['a limit that is blocked or reset is so in every store that has it, and no other limit is'],
  },
  {
    fault: 'block holds in its own store alone',
    edits: [
      [IDS, `${IDS}\n  let blocked: readonly Row[] = []`],
      ['table = [...table, ...blocks]', 'blocked = blocks'],
      [
        'const rows = table.filter((row) => isOurs(row, key))\n      const waits',
        'blocked = blocked.filter(({ ends }) => ends > now)\n const rows = [...table, ...blocked].filter((row) => isOurs(row, key))\n      const waits',
      ],
      ['reset(key) {', 'reset(key) {\n blocked = []'],
    ],
    found: ['a limit that is blocked or reset is so in every store that has it, and no other limit is'],
  },
  // closing
  {
    fault: 'closing twice fails',
    edits: [
      [IDS, `${IDS}\n let closed = false`],
      ['close() {}', "close() { if (closed) throw new Error('closed')\n closed = true }"],
    ],
    found: ['a store can be closed twice'],
  },
  {
    fault: 'a timer goes on',
    edits: [
      [
        IDS,
        `${IDS}\n  const timer = setInterval(() => {}, 1000)\n setTimeout(() => timer.unref(), 2000).unref()`,
      ],
    ],
    found: ['a store that is closed keeps no timer, so that the process can end'],
  },
  {
    fault: 'a timer of a request goes on',
    edits: [[CONSUME, `${CONSUME}\n setTimeout(() => {}, 2000)`]],
    found: ['a store that is closed keeps no timer, so that the process can end'],
  },
]
