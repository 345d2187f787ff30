import { expect, test } from 'vitest'
import { JsonError, parseJson } from '../../../src/contract/lint/json.ts'

/** What JSON.parse makes of a text, and nothing where it refuses it. */
function parsed(parse: (text: string) => unknown, text: string): readonly unknown[] {
  try {
    return [parse(text)]
  } catch {
    return []
  }
}

const WHOLE = [
  '{}',
  ' [ ] ',
  '\r\n\t{"a":{"b":["c",1,-0.5e+3,true,false,null]},"":"" }\n',
  '"\\u00e9\\n\\"\\\\\\/\\ud83d\\ude00"',
  '"\\ud800"',
  '-0',
  '1e999',
  '{"1006":"x","b":"y","7":"z"}',
  '{"__proto__":{"polluted":true},"constructor":1}',
  '{"a":1,"a":2}',
  '"\u2028\u007f"',
]
const BROKEN = [
  '',
  ' ',
  '{',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,}',
  '{,}',
  '{"a":1,,"b":2}',
  '{"a":1 "b":2}',
  '{"a" 1}',
  '{a:1}',
  "{'a':1}",
  '{"a":\'b\'}',
  '{"a":b}',
  '[1,]',
  '[1 2]',
  '[',
  '["',
  '"\n"',
  '"\t"',
  '"\\x"',
  '"\\u12"',
  '01',
  '1.',
  '.5',
  '+1',
  '1a',
  'nul',
  'nulls',
  'NaN',
  'undefined',
  '{} {}',
  '{"a":1}}',
  '// a comment\n{}',
  '{"a":1 /* a comment */}',
  '\u00a0{}',
  '\ufeff{}',
]

test.for([...WHOLE, ...BROKEN])('reads %j as JSON.parse does, or refuses it as well', (text) => {
  expect(parsed((json) => parseJson(json).value, text)).toEqual(parsed(JSON.parse, text))
})

test('reads what is left of JSON as JSON.parse does, when any of its characters is gone, doubled or another', () => {
  const whole = '{"a": {"message": "x\\n\\u00e9", "n": [-1.5e2, true, null]}, "b_one": "{{left}}"}'
  let refused = 0
  for (let at = 0; at < whole.length; at++) {
    for (const put of ['', whole[at]!.repeat(2), '"', '\\', ',', '{', ']', '0', 'e', '\n', '\u0001', "'"]) {
      const text = whole.slice(0, at) + put + whole.slice(at + 1)
      const expected = parsed(JSON.parse, text)
      refused += expected.length === 0 ? 1 : 0
      expect(
        parsed((json) => parseJson(json).value, text),
        text,
      ).toEqual(expected)
    }
  }
  expect(refused).toBeGreaterThan(500)
})

test('says where members stand, and which stand twice', () => {
  const text = '{"a":{"message":"x","message":"y"},\n "a":"z"}'
  const { value, offsetOf, duplicates } = parseJson(text)
  expect(offsetOf(value as object, 'a')).toBe(text.lastIndexOf('"a"'))
  expect(offsetOf(value as object, 'b')).toBeUndefined()
  expect(offsetOf({}, 'a')).toBeUndefined()
  expect(duplicates.map(({ name, offset }) => [name, offset])).toEqual([
    ['message', text.lastIndexOf('"message"')],
    ['a', text.lastIndexOf('"a"')],
  ])
})

test.for([
  ['', 'The file ends too early. Write what is missing', 0],
  ['{"a":"b"', 'The file ends too early. Write the } that is missing', 8],
  ['{"a":"b",}', 'Take away the comma before }', 8],
  ['{"a":"b",,"c":"d"}', 'Take away one comma', 9],
  ['{"a":"b"\n "c":"d"}', 'Write a comma here', 8],
  ['{"a":"b"; "c":"d"}', 'Write a comma or } here', 8],
  ['{"a" "b"}', 'Write a colon after "a"', 5],
  ['{a:"b"}', 'Write a name in double quotes', 1],
  ['{\'a\':"b"}', 'Write a name in double quotes', 1],
  ['{"a":\'b\'}', 'Write a text in double quotes', 5],
  ['{"a":b}', 'Write a text in double quotes', 5],
  ['{"a":}', 'Write a text in double quotes before }', 5],
  ['// a\n{}', 'Take away the comment', 0],
  ['{"a":"b" // c\n}', 'Take away the comment', 8],
  ['{"a":"b\nc"}', 'Close the quotes, or write \\n for a line break', 7],
  ['{"a":"b\tc"}', 'Write \\t for a tab', 7],
  ['{"a":"b\u0007c"}', 'Write \\u0007 for this character', 7],
  ['{"a":"C:\\x"}', 'Write \\\\ for a backslash', 8],
  ['{"a":"b', 'Close the quotes of this text', 5],
  ['{"a":1.}', 'This is no number. Write a text in double quotes', 6],
  ['{} x', 'Take away what follows the end', 3],
  ['['.repeat(1e6), 'More than 64 objects stand in each other. Take some away', 64],
] as const)('says of %j what to do', ([text, message, offset]) => {
  let thrown: unknown
  try {
    parseJson(text)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(JsonError)
  expect([(thrown as JsonError).message, (thrown as JsonError).offset]).toEqual([message, offset])
})

test('a name that all objects have is a member like others, and changes no object', () => {
  const { value } = parseJson('{"__proto__":{"polluted":true}}')
  expect(Object.keys(value as object)).toEqual(['__proto__'])
  expect('polluted' in {}).toBe(false)
})
